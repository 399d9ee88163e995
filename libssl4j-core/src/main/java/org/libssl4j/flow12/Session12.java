// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.Hash;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.handshake.Env;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.message.NewSessionTicket12;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;

/** The session that comes of a handshake of TLS 1.2 or before, and who is told of it (RFC 5246 §7.3, RFC 5077 §3.3). */
final class Session12 {
    private Session12() {}

    /**
     * A client's, once the server's Finished was right.
     *
     * @param ticket that the server gave; null if it gave none
     */
    static void ofClient(Env env, Established12 e, ServerAnswer12 answer, NewSessionTicket12 ticket) {
        boolean given = ticket != null && ticket.ticket().length > 0;
        SessionSettings settings = env.config().sessions();
        SessionState.Builder b = answer.resumed() == null
                ? SessionParameters.of(env, e.master().secret()).id(answer.sessionId())
                : answer.resumed().toBuilder();
        if (given) {
            b.ticket(ticket.ticket(), ticket.lifetimeHint(), 0)
                    .id(named(env, ticket.ticket()))
                    .created(env.config().clock().instant(), settings.timeout());
        }
        SessionState session = b.build();
        env.negotiated().session(session);
        SessionStore store = settings.store();
        if (store == null) {
            return;
        }
        // RFC 5077 §3.3: a new ticket takes the place of the one that was used.
        if (answer.resumed() != null && given) {
            store.remove(answer.resumed());
        }
        if ((answer.resumed() == null || given) && session.resumable()) {
            store.created(session);
        }
    }

    /** As OpenSSL: a ticket is named by its hash, so that a cache can tell it from others. */
    private static byte[] named(Env env, byte[] ticket) {
        Hash h = env.crypto().hash(HashAlgorithm.SHA256);
        h.update(ticket, 0, ticket.length);
        return h.digest();
    }

    /** A server's of a full handshake, as soon as the client's Finished was right, so that a ticket can be made of it. */
    static SessionState ofServer(Env env, Established12 e, byte[] id) {
        SessionState s = SessionParameters.of(env, e.master().secret()).id(id).build();
        env.negotiated().session(s);
        return s;
    }

    /** The handshake is over: the server's store is told of a session that has an id to be found by. */
    static void keep(Env env, SessionState session) {
        SessionStore store = env.config().sessions().store();
        if (session.id().length > 0 && store != null && store.keepsServerSessions()) {
            store.created(session);
        }
    }
}
