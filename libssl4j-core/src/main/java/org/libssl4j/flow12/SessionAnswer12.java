// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.session.SessionState;

/**
 * What a server's ServerHello says of sessions (RFC 5246 §7.4.1.3, RFC 5077 §3.2).
 *
 * @param id the session id; empty for none
 * @param resumed the session that is resumed; null in a full handshake
 * @param ticket whether a NewSessionTicket is to come
 */
record SessionAnswer12(byte[] id, SessionState resumed, boolean ticket) {
    private static final byte[] NONE = {};

    /** Of a full handshake. */
    static SessionAnswer12 full(ClientHello hello, HandshakeConfig config, Crypto crypto) {
        SessionSettings settings = config.sessions();
        // RFC 5077 §3.4: with a ticket the id stays empty.
        if (givesTicket(hello, config)) {
            return new SessionAnswer12(NONE, null, true);
        }
        if (settings.store() == null || !settings.store().keepsServerSessions()) {
            return new SessionAnswer12(NONE, null, false);
        }
        byte[] id = new byte[SessionSettings.MAX_ID];
        crypto.random(id);
        return new SessionAnswer12(id, null, false);
    }

    /**
     * Of a resumption: the client's id comes back, also one that it has made up beside a ticket (RFC 5077 §3.4).
     *
     * @param renew whether the ticket that it had is to be replaced
     */
    static SessionAnswer12 resuming(SessionState s, boolean renew, ClientHello hello, HandshakeConfig config) {
        // A client that came by an id and would have a ticket gets one.
        boolean byTicket = hello.extensions().body(ExtensionType.SESSION_TICKET.code()) != null
                && hello.extensions().body(ExtensionType.SESSION_TICKET.code()).length > 0;
        return new SessionAnswer12(hello.sessionId(), s, (renew || !byTicket) && givesTicket(hello, config));
    }

    private static boolean givesTicket(ClientHello hello, HandshakeConfig config) {
        return hello.extensions().has(ExtensionType.SESSION_TICKET)
                && config.sessions().sealer() != null
                && ResumptionRules12.tickets(config);
    }
}
