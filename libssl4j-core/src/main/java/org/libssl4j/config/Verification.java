// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.time.Clock;
import java.util.List;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/**
 * How a peer's certificate is judged.
 *
 * @param mode whether it is asked for and whether a failure ends the handshake; null for the default of the role: PEER for a client, NONE for a server
 * @param anchors who is trusted
 * @param hosts names, or IP addresses in text form, of which the certificate has to bear one; empty for no check of names
 * @param nameNeeded whether a client that has no name to check refuses the server
 * @param depth how many intermediate certificates may stand between the peer's and the anchor's (SSL_CTX_set_verify_depth(3))
 * @param callback has the last word, or null
 * @param clock tells the time that validity is measured against
 */
public record Verification(
        VerifyMode mode,
        TrustAnchors anchors,
        List<String> hosts,
        boolean nameNeeded,
        int depth,
        VerifyCb callback,
        Clock clock) {
    public Verification {
        hosts = List.copyOf(hosts);
    }

    /** What a context begins with: the default of the role, nobody trusted, a name needed. */
    public static final Verification DEFAULT =
            new Verification(null, TrustAnchors.NONE, List.of(), true, 100, null, Clock.systemUTC());

    /** The mode, or the default of the role. */
    public VerifyMode modeFor(boolean client) {
        return mode != null ? mode : client ? VerifyMode.PEER : VerifyMode.NONE;
    }

    public Verification withNameNeeded(boolean n) {
        return new Verification(mode, anchors, hosts, n, depth, callback, clock);
    }

    public Verification with(VerifyMode m) {
        return new Verification(m, anchors, hosts, nameNeeded, depth, callback, clock);
    }

    public Verification with(TrustAnchors a) {
        return new Verification(mode, a, hosts, nameNeeded, depth, callback, clock);
    }

    public Verification withHosts(List<String> h) {
        return new Verification(mode, anchors, h, nameNeeded, depth, callback, clock);
    }

    public Verification withDepth(int d) {
        return new Verification(mode, anchors, hosts, nameNeeded, d, callback, clock);
    }

    public Verification with(VerifyCb c) {
        return new Verification(mode, anchors, hosts, nameNeeded, depth, c, clock);
    }

    public Verification with(Clock c) {
        return new Verification(mode, anchors, hosts, nameNeeded, depth, callback, c);
    }
}
