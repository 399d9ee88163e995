// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Objects;
import org.libssl4j.session.Lookup;

/** Finds a server the session of an id that its own cache does not have (SSL_CTX_sess_set_get_cb(3)). Called on the thread that drives the handshake. */
@FunctionalInterface
public interface GetSessionCb {
    /** What a callback says. */
    final class Answer {
        /** There is none: a full handshake follows. */
        public static final Answer NONE = new Answer(null);

        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again. OpenSSL has no such answer. */
        public static final Answer LATER = new Answer(null);

        private final SslSession session;

        private Answer(SslSession session) {
            this.session = session;
        }

        /**
         * A session.
         *
         * @param session is copied when the callback has returned, and stays the callback's
         * @return the answer
         */
        public static Answer of(SslSession session) {
            return new Answer(Objects.requireNonNull(session, "session"));
        }

        Lookup inside() {
            return this == LATER
                    ? Lookup.LATER
                    : session == null ? Lookup.NONE : Lookup.of(session.state().copy(), false);
        }
    }

    /**
     * Finds a session.
     *
     * @param ssl the connection
     * @param id what the client has sent, 1 to 32 bytes, or in TLS 1.3 with {@link SslOption#NO_TICKET} what it has brought in place of a ticket
     * @return the answer; null counts as {@link Answer#NONE}
     */
    Answer getSession(Ssl ssl, byte[] id);
}
