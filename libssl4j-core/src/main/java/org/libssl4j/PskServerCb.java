// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;

/**
 * Gives a server the pre-shared key of a client (SSL_CTX_set_psk_server_callback(3), RFC 4279). In TLS 1.3 it is asked for each identity of up to 256 bytes that a client offers, in each of its ClientHellos, until one is known. Called on the thread that drives the handshake.
 */
@FunctionalInterface
public interface PskServerCb {
    /** What a callback says. Each that has a key serves one handshake, which wipes it. */
    final class Answer {
        /** The identity has no key: in TLS 1.3 it is passed over, for it may be a ticket; before, the handshake ends with unknown_psk_identity, which tells the client so; 0 of OpenSSL. To keep that from it give a random key: the handshake then fails as it does with a wrong one. */
        public static final Answer NONE = new Answer(PskSource.Answer.NONE);

        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again. OpenSSL has no such answer. */
        public static final Answer LATER = new Answer(PskSource.Answer.LATER);

        private final PskSource.Answer inside;

        private Answer(PskSource.Answer inside) {
            this.inside = inside;
        }

        /**
         * The key.
         *
         * @param key 1 to 512 bytes; copied, so that the caller may wipe its own
         * @return the answer
         * @throws IllegalArgumentException for another length
         */
        public static Answer of(byte[] key) {
            return new Answer(PskSource.Answer.of(null, PskSettings.key(key)));
        }

        PskSource.Answer inside() {
            return inside;
        }
    }

    /**
     * Gives the key.
     *
     * @param ssl the connection
     * @param identity the name that the client gives its key, in UTF-8 if it keeps to RFC 4279 §5.1; 256 bytes at most. Bytes of the peer's, to be compared as a whole: OpenSSL's callback sees them up to the first that is zero
     * @return the answer; null counts as {@link Answer#NONE}
     */
    Answer psk(Ssl ssl, byte[] identity);
}
