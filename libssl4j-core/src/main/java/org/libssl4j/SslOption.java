// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Options of a context or connection (SSL_CTX_set_options(3)). */
public enum SslOption {
    /** SSL_OP_ENABLE_MIDDLEBOX_COMPAT: a TLS 1.3 handshake looks like a resumed TLS 1.2 one (RFC 9846 §E.4). On by default. */
    ENABLE_MIDDLEBOX_COMPAT(1L << 20),
    /** SSL_OP_IGNORE_UNEXPECTED_EOF: an end of file without close_notify counts as one. Off by default: without it a truncation attack shows. */
    IGNORE_UNEXPECTED_EOF(1L << 7),
    /** SSL_OP_CIPHER_SERVER_PREFERENCE: a server goes by its own order of cipher suites, not by the client's. */
    CIPHER_SERVER_PREFERENCE(1L << 22),
    /** SSL_OP_PRIORITIZE_CHACHA: with {@link #CIPHER_SERVER_PREFERENCE}, a server puts its suites with ChaCha20-Poly1305 first for a client that does so itself, which has no fast AES then. */
    PRIORITIZE_CHACHA(1L << 21),
    /** SSL_OP_TLSEXT_PADDING: a client's ClientHello of 256 to 511 bytes is padded to 512 (RFC 7685 §4), for servers that stumble over such ones. */
    TLSEXT_PADDING(1L << 4),
    /** SSL_OP_CLEANSE_PLAINTEXT: what was decrypted is wiped once it was read. Always so here. */
    CLEANSE_PLAINTEXT(1L << 1),
    /** SSL_OP_NO_COMPRESSION: records are not compressed. On by default, and always so here: switched off, it changes nothing. */
    NO_COMPRESSION(1L << 17),
    /** SSL_OP_DISABLE_TLSEXT_CA_NAMES: names of authorities are not sent, neither by a client in its ClientHello nor by a server that asks for a certificate. */
    DISABLE_TLSEXT_CA_NAMES(1L << 9);

    private final long bit;

    SslOption(long bit) {
        this.bit = bit;
    }

    /**
     * The value of OpenSSL's SSL_OP_* constant.
     *
     * @return one bit
     */
    public long bit() {
        return bit;
    }
}
