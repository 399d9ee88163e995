// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** What an {@link Ssl} waits for (SSL_want(3)). */
public enum SslWant {
    /** Nothing. */
    NOTHING(1),
    /** Room in the write Bio. */
    WRITING(2),
    /** Bytes in the read Bio. */
    READING(3),
    /** The certificate callback. */
    X509_LOOKUP(4),
    /** A started operation. */
    ASYNC_PAUSED(5),
    /** Room in an executor. */
    ASYNC_NO_JOBS(6),
    /** The callback for the ClientHello, for the server name or for ALPN. */
    CLIENT_HELLO_CB(7),
    /** The verification callback. */
    RETRY_VERIFY(8);

    private final int code;

    SslWant(int code) {
        this.code = code;
    }

    /**
     * The value of OpenSSL's constant.
     *
     * @return 1 to 8
     */
    public int code() {
        return code;
    }

    static SslWant of(int code) {
        return values()[code - 1];
    }
}
