// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

/** What an operation waits for. Neither an error nor an exception; SSL_want(3) has the numbers. */
public enum Want {
    /** Nothing: it is over. */
    NOTHING(1, 0),
    /** Output has to be taken first. */
    WRITE(2, 3),
    /** Input has to be given. */
    READ(3, 2),
    /** The callback for a certificate or for a pre-shared key has to be asked again. */
    X509_LOOKUP(4, 4),
    /** A started operation has to end. */
    ASYNC(5, 9),
    /** An executor had no room; to be tried again. */
    ASYNC_JOB(6, 10),
    /** The callback for the ClientHello, for the server name or for ALPN has to be asked again. */
    CLIENT_HELLO_CB(7, 11),
    /** Verification has to be asked again. */
    RETRY_VERIFY(8, 12);

    private final int sslWant;
    private final int sslError;

    Want(int sslWant, int sslError) {
        this.sslWant = sslWant;
        this.sslError = sslError;
    }

    /** What SSL_want(3) returns. */
    public int sslWant() {
        return sslWant;
    }

    /** What SSL_get_error(3) returns. */
    public int sslError() {
        return sslError;
    }
}
