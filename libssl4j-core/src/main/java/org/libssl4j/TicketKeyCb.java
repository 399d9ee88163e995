// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import org.libssl4j.session.TicketKey;
import org.libssl4j.session.TicketKeySource.Found;

/**
 * Knows the keys of a server's tickets (SSL_CTX_set_tlsext_ticket_key_evp_cb(3)). OpenSSL's callback is asked in both directions and sets up a cipher and a MAC; this one gives a key by its name, and how a ticket is sealed with it is the library's affair. Called on the thread that drives the handshake.
 *
 * <p>A key has 80 bytes: 16 of a name, which each ticket shows, and 64 of secret.
 */
public interface TicketKeyCb {
    /** What a callback says of a name. */
    final class Answer {
        /** There is no such key: a full handshake follows. OpenSSL's 0. */
        public static final Answer NONE = new Answer(Found.NONE);

        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again. OpenSSL has no such answer. */
        public static final Answer LATER = new Answer(Found.LATER);

        private final Found inside;

        private Answer(Found inside) {
            this.inside = inside;
        }

        /**
         * A key. OpenSSL's 1.
         *
         * @param key 80 bytes, the name first; copied, so that the caller may wipe its own
         * @return the answer, good for one handshake
         * @throws IllegalArgumentException for another length
         */
        public static Answer use(byte[] key) {
            return new Answer(Found.of(TicketKey.of(key), false));
        }

        /**
         * A key that is about to go: the client is given a new ticket. OpenSSL's 2. In TLS 1.3 it is always.
         *
         * @param key 80 bytes, the name first; copied, so that the caller may wipe its own
         * @return the answer, good for one handshake
         * @throws IllegalArgumentException for another length
         */
        public static Answer useAndRenew(byte[] key) {
            return new Answer(Found.of(TicketKey.of(key), true));
        }

        Found inside() {
            return inside;
        }
    }

    /**
     * Gives the key for a new ticket.
     *
     * @param ssl the connection
     * @return 80 bytes, the name first, which are copied; null if there is to be no ticket
     */
    byte[] sealingKey(Ssl ssl);

    /**
     * Gives the key of a ticket that a client has brought.
     *
     * @param ssl the connection
     * @param name 16 bytes
     * @return the answer; null counts as {@link Answer#NONE}
     */
    Answer openingKey(Ssl ssl, byte[] name);
}
