// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

/**
 * Bounds on what a peer may make us keep.
 *
 * @param certificateMessage bytes of a Certificate message (SSL_CTX_set_max_cert_list(3))
 * @param tickets how many NewSessionTicket messages a client keeps of one connection
 */
public record Limits(int certificateMessage, int tickets) {
    /** OpenSSL's 100 KiB; eight tickets. */
    public static final Limits DEFAULT = new Limits(102_400, 8);

    /** Bytes of early data that a server drops when it takes none: what OpenSSL's servers allow, so what clients with a ticket of another server may send. */
    public int refusedEarlyData() {
        return 16_384;
    }

    /** Bytes of any other handshake message: a ClientHello may be as long (OpenSSL's SSL3_RT_MAX_PLAIN_LENGTH and more for post-quantum shares fit well). */
    public int handshakeMessage() {
        return 65_536;
    }
}
