// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/** Gives a client's certificate when the server asks for one and none that is set fits (SSL_CTX_set_client_cert_cb(3)). Called on the thread that drives the handshake. */
@FunctionalInterface
public interface ClientCertCb {
    /** What a callback says. */
    final class Answer {
        /** There is none: the client goes on without a certificate; 0 of OpenSSL. */
        public static final Answer NONE = new Answer(List.of(), null);

        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again; less than 0 of OpenSSL. */
        public static final Answer LATER = new Answer(List.of(), null);

        private final List<X509Certificate> chain;
        private final PrivateKey key;

        private Answer(List<X509Certificate> chain, PrivateKey key) {
            this.chain = List.copyOf(chain);
            this.key = key;
        }

        /**
         * A certificate; 1 of OpenSSL.
         *
         * @param chain ours first, then those that lead to an anchor
         * @param key of the first
         * @return the answer
         */
        public static Answer of(List<X509Certificate> chain, PrivateKey key) {
            return new Answer(chain, Objects.requireNonNull(key, "key"));
        }

        List<X509Certificate> chain() {
            return chain;
        }

        PrivateKey key() {
            return key;
        }
    }

    /**
     * Gives a certificate.
     *
     * @param ssl the connection
     * @return the answer; null counts as {@link Answer#NONE}, as does a certificate that does not fit the server's request
     */
    Answer clientCert(Ssl ssl);
}
