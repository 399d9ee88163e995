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
    DISABLE_TLSEXT_CA_NAMES(1L << 9),
    /** SSL_OP_NO_TLSv1: TLS 1.0 is not spoken. As with the other versions: what a client leaves out above one that it speaks takes all newer ones with it. */
    NO_TLSV1(1L << 26),
    /** SSL_OP_NO_TLSv1_1: TLS 1.1 is not spoken. */
    NO_TLSV1_1(1L << 28),
    /** SSL_OP_NO_TLSv1_2: TLS 1.2 is not spoken. */
    NO_TLSV1_2(1L << 27),
    /** SSL_OP_NO_TLSv1_3: TLS 1.3 is not spoken. */
    NO_TLSV1_3(1L << 29),
    /** SSL_OP_NO_EXTENDED_MASTER_SECRET: extended_master_secret (RFC 7627) is neither offered nor agreed to. */
    NO_EXTENDED_MASTER_SECRET(1L),
    /** SSL_OP_NO_ENCRYPT_THEN_MAC: encrypt_then_mac (RFC 7366) is neither offered nor agreed to. */
    NO_ENCRYPT_THEN_MAC(1L << 19),
    /** SSL_OP_NO_TICKET: no session tickets in TLS 1.2 and before (RFC 5077), and in TLS 1.3 none that hold a session: what a client gets there is the id under which the server's cache has it. */
    NO_TICKET(1L << 14),
    /** SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION: a server resumes nothing in a second handshake of TLS 1.2 and before. */
    NO_SESSION_RESUMPTION_ON_RENEGOTIATION(1L << 16),
    /** SSL_OP_ALLOW_NO_DHE_KEX: a session of TLS 1.3 may be resumed without a key exchange besides, and so without forward secrecy (RFC 9846 §4.3.9). */
    ALLOW_NO_DHE_KEX(1L << 10),
    /** SSL_OP_NO_RENEGOTIATION: no second handshake in TLS 1.2 and before, neither begun nor answered. On by default; not so with OpenSSL. */
    NO_RENEGOTIATION(1L << 30),
    /** SSL_OP_ALLOW_CLIENT_RENEGOTIATION: a server lets a client begin a second handshake; only without NO_RENEGOTIATION. */
    ALLOW_CLIENT_RENEGOTIATION(1L << 8),
    /** SSL_OP_LEGACY_SERVER_CONNECT: a client goes on with a server that does not know renegotiation_info (RFC 5746), and so may join somebody else's beginning to ours. */
    LEGACY_SERVER_CONNECT(1L << 2),
    /** SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS: TLS 1.0 with CBC sends no empty records, which are there to make the next IV unpredictable. */
    DONT_INSERT_EMPTY_FRAGMENTS(1L << 11);

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
