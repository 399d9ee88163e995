// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Modes of a context or connection (SSL_CTX_set_mode(3)). */
public enum SslMode {
    /** SSL_MODE_ENABLE_PARTIAL_WRITE: a write returns as soon as one record is out. */
    ENABLE_PARTIAL_WRITE(0x1),
    /** SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER: a write may be tried again from another buffer. Always so here. */
    ACCEPT_MOVING_WRITE_BUFFER(0x2),
    /** SSL_MODE_AUTO_RETRY: a read goes on after a record that was no application data. On by default. */
    AUTO_RETRY(0x4),
    /** SSL_MODE_RELEASE_BUFFERS: empty buffers are given back. Always so here. */
    RELEASE_BUFFERS(0x10),
    /** SSL_MODE_SEND_FALLBACK_SCSV: a client says that it has tried a newer version before (RFC 7507), so that a server that speaks one knows that somebody has meddled. */
    SEND_FALLBACK_SCSV(0x80);

    private final int bit;

    SslMode(int bit) {
        this.bit = bit;
    }

    /**
     * The value of OpenSSL's SSL_MODE_* constant.
     *
     * @return one bit
     */
    public int bit() {
        return bit;
    }
}
