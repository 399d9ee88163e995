// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Authenticated ciphers of the suites (RFC 9846 §B.4, RFC 5116, RFC 6655, RFC 8439); those of AES-256-CCM are for TLS 1.2 alone. */
public enum AeadAlgorithm {
    AES_128_GCM(16, 16, 23_726_566L),
    AES_256_GCM(32, 16, 23_726_566L),
    CHACHA20_POLY1305(32, 16, Long.MAX_VALUE),
    AES_128_CCM(16, 16, 1L << 23),
    AES_128_CCM_8(16, 8, 1L << 23),
    AES_256_CCM(32, 16, 1L << 23),
    AES_256_CCM_8(32, 8, 1L << 23);

    private final int keyLength;
    private final int tagLength;
    private final long recordLimit;

    AeadAlgorithm(int keyLength, int tagLength, long recordLimit) {
        this.keyLength = keyLength;
        this.tagLength = tagLength;
        this.recordLimit = recordLimit;
    }

    /** Key length in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** Nonce length in bytes. */
    public int nonceLength() {
        return 12;
    }

    /** Length of the authentication tag in bytes. */
    public int tagLength() {
        return tagLength;
    }

    /**
     * How many full-size records one key may protect: 2^24.5 for AES-GCM, no limit short of the sequence number for ChaCha20-Poly1305 (RFC 9846 §5.5); 2^23 for AES-CCM, of which RFC 9846 says nothing and RFC 9147 §4.5.3 does.
     *
     * <p>The limits of forgeries that a receiver has to keep there (2^7 with a tag of 8 bytes) are met by TLS itself: the first record that does not authenticate ends the connection.
     */
    public long recordLimit() {
        return recordLimit;
    }
}
