// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Why a call of an {@link Ssl} did not succeed (SSL_get_error(3)). */
public enum SslError {
    /** Nothing failed. */
    NONE(0),
    /** A fault, ours, the peer's or the caller's; {@link Ssl#failure()} has it. After a fault of the protocol nothing but {@link Ssl#close()} is of use any more; after the end of the stream ({@link org.libssl4j.fault.Reason#UNEXPECTED_EOF_WHILE_READING}) writing still is, and a call that was refused for what it asked leaves all as it was. */
    SSL(1),
    /** The read Bio has to have more bytes; then the same call again. */
    WANT_READ(2),
    /** The write Bio has to have room; then the same call again. */
    WANT_WRITE(3),
    /** The certificate callback asked to be called again. */
    WANT_X509_LOOKUP(4),
    /** A Bio failed; {@link Ssl#failure()} has its exception. If it failed to write, nothing more can be written, and a handshake is over; reading of data is not affected, and asks the Bio anew. */
    SYSCALL(5),
    /** The peer has closed its side with close_notify; no more data will come. So it is, too, after an end of the stream that {@link SslOption#IGNORE_UNEXPECTED_EOF} lets pass, and where {@link Ssl#setShutdown} or a quiet {@link Ssl#shutdown} said that it is so: {@link Ssl#closeNotifyReceived} tells them apart. */
    ZERO_RETURN(6),
    /** A connect Bio has to finish connecting. */
    WANT_CONNECT(7),
    /** An accept Bio has to have a connection. */
    WANT_ACCEPT(8),
    /** A started operation has to end. */
    WANT_ASYNC(9),
    /** An executor had no room. */
    WANT_ASYNC_JOB(10),
    /** The callback for the ClientHello, for the server name or for ALPN asked to be called again. */
    WANT_CLIENT_HELLO_CB(11),
    /** The verification callback asked to be called again. */
    WANT_RETRY_VERIFY(12);

    private final int code;

    SslError(int code) {
        this.code = code;
    }

    /**
     * The value of OpenSSL's SSL_ERROR_* constant.
     *
     * @return 0 to 12
     */
    public int code() {
        return code;
    }

    static SslError of(int code) {
        return values()[code]; // the codes are the ordinals, which a test holds
    }
}
