// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

/** What a call waits for that is neither reading nor writing: BIO_RR_* (BIO_should_retry(3)). */
public enum RetryReason {
    /** Nothing special. */
    NONE(0),
    /** A certificate callback that is to be asked again (BIO_RR_SSL_X509_LOOKUP). */
    SSL_X509_LOOKUP(1),
    /** A connection that is being made (BIO_RR_CONNECT). */
    CONNECT(2),
    /** A connection that is to be accepted (BIO_RR_ACCEPT). */
    ACCEPT(3);

    private final int code;

    RetryReason(int code) {
        this.code = code;
    }

    /**
     * OpenSSL's number.
     *
     * @return the number
     */
    public int code() {
        return code;
    }
}
