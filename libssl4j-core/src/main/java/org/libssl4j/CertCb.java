// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.GeneralSecurityException;

/**
 * May set our certificate and key just before they are needed (SSL_CTX_set_cert_cb(3)): in a server when the ClientHello was read, in a client when the server asks for its certificate. Called on the thread that drives the handshake.
 */
@FunctionalInterface
public interface CertCb {
    /** What a callback says. */
    enum Answer {
        /** To go on with the certificates that are set now; 1 of OpenSSL. */
        OK,
        /** To end the handshake with internal_error; 0 of OpenSSL. */
        FAIL,
        /** Not yet: the handshake waits with WANT_X509_LOOKUP and asks again; less than 0 of OpenSSL. */
        LATER
    }

    /**
     * Sets certificate and key, if others are wanted than those that are set, by {@link Ssl#useCertAndKey}; what the peer would take is told by {@link Ssl#getServername}, {@link Ssl#getSigalgs} and {@link Ssl#get0PeerCaList}.
     *
     * @param ssl the connection
     * @return the answer; null counts as {@link Answer#FAIL}
     * @throws GeneralSecurityException counts as {@link Answer#FAIL}
     */
    Answer cert(Ssl ssl) throws GeneralSecurityException;
}
