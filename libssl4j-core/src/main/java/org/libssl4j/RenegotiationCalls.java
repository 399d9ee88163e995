// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.function.Supplier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.iana.ProtocolVersion;

/** The calls of an {@link Ssl} that ask for another handshake on its connection, and count them; they return what OpenSSL's do. Not thread-safe. */
final class RenegotiationCalls {
    private final Supplier<HandshakeConfig> config;
    private final Transfer transfer;
    private final SslCalls calls;
    private int cleared; // renegotiations that are not counted any more

    /**
     * @param config the configuration of each moment
     * @param calls during which none of these may be made
     */
    RenegotiationCalls(Supplier<HandshakeConfig> config, Transfer transfer, SslCalls calls) {
        this.config = config;
        this.transfer = transfer;
        this.calls = calls;
    }

    /** As SSL_renegotiate(3): 1, or 0 if it cannot be. */
    int renegotiate() {
        calls.notBusy();
        transfer.begin();
        if (transfer.broken()) {
            transfer.brokenAgain();
            return 0;
        }
        if (!transfer.established()) {
            transfer.refuse(Reason.STILL_IN_INIT, "a renegotiation before the handshake is complete");
            return 0;
        }
        if (transfer.sealed()) {
            transfer.refuse(Reason.PROTOCOL_IS_SHUTDOWN, "a renegotiation after shutdown()");
            return 0;
        }
        ProtocolVersion version = transfer.connection().negotiated().version();
        if (version == ProtocolVersion.TLS1_3) {
            transfer.refuse(Reason.WRONG_SSL_VERSION, "a renegotiation, which " + version.text() + " does not have");
            return 0;
        }
        if (!config.get().legacy().renegotiation()) {
            transfer.refuse(Reason.NO_RENEGOTIATION, "a renegotiation with the option NO_RENEGOTIATION");
            return 0;
        }
        if (!transfer.connection().negotiated().secureRenegotiation()) {
            transfer.refuse(
                    Reason.UNSAFE_LEGACY_RENEGOTIATION_DISABLED,
                    "a renegotiation with a peer that does not know renegotiation_info");
            return 0;
        }
        transfer.connection().renegotiate();
        return 1;
    }

    boolean renegotiatePending() {
        return transfer.connection() != null && transfer.connection().renegotiationPending();
    }

    int totalRenegotiations() {
        return transfer.connection() == null ? 0 : transfer.connection().renegotiations();
    }

    /** Since the last {@link #clearNumRenegotiations()}. */
    int numRenegotiations() {
        return totalRenegotiations() - cleared;
    }

    int clearNumRenegotiations() {
        int n = numRenegotiations();
        cleared += n;
        return n;
    }

    /** The connection is another one. */
    void clear() {
        cleared = 0;
    }
}
