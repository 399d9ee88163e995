// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Authenticated ciphers of the TLS 1.3 suites (RFC 9846 §B.4, RFC 5116, RFC 8439). */
public enum AeadAlgorithm {
    AES_128_GCM(16, 23_726_566L),
    AES_256_GCM(32, 23_726_566L),
    CHACHA20_POLY1305(32, Long.MAX_VALUE);

    private final int keyLength;
    private final long recordLimit;

    AeadAlgorithm(int keyLength, long recordLimit) {
        this.keyLength = keyLength;
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
        return 16;
    }

    /** How many full-size records one key may protect: 2^24.5 for AES-GCM (RFC 9846 §5.5); no limit short of the sequence number for ChaCha20-Poly1305. */
    public long recordLimit() {
        return recordLimit;
    }
}
