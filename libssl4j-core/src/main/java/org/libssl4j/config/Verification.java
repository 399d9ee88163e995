// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** How a peer's certificate is judged. Immutable. */
public final class Verification {
    /** What a context begins with: the default of the role, nobody trusted, a name needed. */
    public static final Verification DEFAULT = new Verification();

    private VerifyMode mode;
    private TrustAnchors anchors = TrustAnchors.NONE;
    private List<String> hosts = List.of();
    private boolean nameNeeded = true;
    private int depth = 100;
    private VerifyCb callback;
    private CertVerifyCb replacement;

    private Verification() {}

    private Verification(Verification o) {
        mode = o.mode;
        anchors = o.anchors;
        hosts = o.hosts;
        nameNeeded = o.nameNeeded;
        depth = o.depth;
        callback = o.callback;
        replacement = o.replacement;
    }

    /** Whether a certificate is asked for and whether a failure ends the handshake; null for the default of the role: PEER for a client, NONE for a server. */
    public VerifyMode mode() {
        return mode;
    }

    public Verification with(VerifyMode m) {
        Verification next = new Verification(this);
        next.mode = m;
        return next;
    }

    /** Who is trusted. */
    public TrustAnchors anchors() {
        return anchors;
    }

    public Verification with(TrustAnchors a) {
        Verification next = new Verification(this);
        next.anchors = a;
        return next;
    }

    /** Names, or IP addresses in text form, of which the certificate has to bear one; empty for no check of names. */
    public List<String> hosts() {
        return hosts;
    }

    public Verification withHosts(List<String> h) {
        Verification next = new Verification(this);
        next.hosts = List.copyOf(h);
        return next;
    }

    /** Whether a client that has no name to check refuses the server. */
    public boolean nameNeeded() {
        return nameNeeded;
    }

    public Verification withNameNeeded(boolean n) {
        Verification next = new Verification(this);
        next.nameNeeded = n;
        return next;
    }

    /** How many intermediate certificates may stand between the peer's and the anchor's (SSL_CTX_set_verify_depth(3)). */
    public int depth() {
        return depth;
    }

    public Verification withDepth(int d) {
        Verification next = new Verification(this);
        next.depth = d;
        return next;
    }

    /** Has the last word, or null. */
    public VerifyCb callback() {
        return callback;
    }

    public Verification with(VerifyCb c) {
        Verification next = new Verification(this);
        next.callback = c;
        return next;
    }

    /** Judges in place of the library, or null. */
    public CertVerifyCb replacement() {
        return replacement;
    }

    public Verification with(CertVerifyCb c) {
        Verification next = new Verification(this);
        next.replacement = c;
        return next;
    }

    /** The mode, or the default of the role. */
    public VerifyMode modeFor(boolean client) {
        return mode != null ? mode : client ? VerifyMode.PEER : VerifyMode.NONE;
    }
}
