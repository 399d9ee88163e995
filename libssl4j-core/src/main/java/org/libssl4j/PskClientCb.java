// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.nio.charset.StandardCharsets;
import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;

/**
 * Gives a client its pre-shared key (SSL_CTX_set_psk_client_callback(3)): before TLS 1.3 once the server has chosen a cipher suite that needs one (RFC 4279). A client that offers TLS 1.3 is asked before it sends anything, without a hint, and again if the server then speaks an older version. Called on the thread that drives the handshake.
 */
@FunctionalInterface
public interface PskClientCb {
    /** What a callback says. Each that has a key serves one handshake, which wipes it. */
    final class Answer {
        /** There is no key: a client of TLS 1.3 goes on without one, an older one ends the handshake with handshake_failure; 0 of OpenSSL. */
        public static final Answer NONE = new Answer(PskSource.Answer.NONE);

        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again. OpenSSL has no such answer. */
        public static final Answer LATER = new Answer(PskSource.Answer.LATER);

        private final PskSource.Answer inside;

        private Answer(PskSource.Answer inside) {
            this.inside = inside;
        }

        /**
         * A key by its name.
         *
         * @param identity the name, sent in UTF-8 (RFC 4279 §5.1) and unprotected: 256 bytes at most
         * @param key 1 to 512 bytes; copied, so that the caller may wipe its own
         * @return the answer
         * @throws IllegalArgumentException for another length of either
         */
        public static Answer of(String identity, byte[] key) {
            return of(identity.getBytes(StandardCharsets.UTF_8), key);
        }

        /**
         * A key whose name is no text.
         *
         * @param identity the name, sent as it is and unprotected: 256 bytes at most
         * @param key 1 to 512 bytes; copied, so that the caller may wipe its own
         * @return the answer
         * @throws IllegalArgumentException for another length of either
         */
        public static Answer of(byte[] identity, byte[] key) {
            PskSettings.checkIdentity(identity);
            return new Answer(PskSource.Answer.of(identity.clone(), PskSettings.key(key)));
        }

        PskSource.Answer inside() {
            return inside;
        }
    }

    /**
     * Gives identity and key.
     *
     * @param ssl the connection
     * @param hint what the server says to help choose, in UTF-8 if it keeps to RFC 4279 §5.1; null if it says nothing
     * @return the answer; null counts as {@link Answer#NONE}
     */
    Answer psk(Ssl ssl, byte[] hint);
}
