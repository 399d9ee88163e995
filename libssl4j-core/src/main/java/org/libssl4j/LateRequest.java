// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyMode;

/** A server's request for the client's certificate after the handshake (SSL_verify_client_post_handshake(3), RFC 9846 §4.7.2 [8446 4.6.2]). */
final class LateRequest {
    private LateRequest() {}

    /** Why it cannot be made now; null if it can. */
    static Reason hindrance(Role role, Transfer transfer, HandshakeConfig config) {
        if (role == Role.CLIENT) {
            return Reason.NOT_SERVER;
        }
        if (!transfer.established()) {
            return Reason.STILL_IN_INIT;
        }
        if (!transfer.connection().negotiated().postHandshakeAuth()) {
            return Reason.EXTENSION_NOT_RECEIVED;
        }
        if (transfer.connection().requestOutstanding()) {
            return Reason.REQUEST_SENT;
        }
        return config.verification().modeFor(false) == VerifyMode.NONE ? Reason.INVALID_CONFIG : null;
    }
}
