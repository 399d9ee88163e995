// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Cipher suites that we can speak (RFC 9846 §B.4). Lists off the wire stay numbers, so unknown ones survive. */
public enum CipherSuite {
    TLS_AES_128_GCM_SHA256(0x1301, AeadAlgorithm.AES_128_GCM, HashAlgorithm.SHA256),
    TLS_AES_256_GCM_SHA384(0x1302, AeadAlgorithm.AES_256_GCM, HashAlgorithm.SHA384),
    TLS_CHACHA20_POLY1305_SHA256(0x1303, AeadAlgorithm.CHACHA20_POLY1305, HashAlgorithm.SHA256),
    TLS_AES_128_CCM_SHA256(0x1304, AeadAlgorithm.AES_128_CCM, HashAlgorithm.SHA256),
    TLS_AES_128_CCM_8_SHA256(0x1305, AeadAlgorithm.AES_128_CCM_8, HashAlgorithm.SHA256);

    private final int code;
    private final AeadAlgorithm aead;
    private final HashAlgorithm hash;

    CipherSuite(int code, AeadAlgorithm aead, HashAlgorithm hash) {
        this.code = code;
        this.aead = aead;
        this.hash = hash;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The cipher that protects records. */
    public AeadAlgorithm aead() {
        return aead;
    }

    /** The hash of the transcript and of the key schedule. */
    public HashAlgorithm hash() {
        return hash;
    }

    /** The suite with this number, or null for one that we do not know. */
    public static CipherSuite of(int code) {
        for (CipherSuite s : VALUES) {
            if (s.code == code) {
                return s;
            }
        }
        return null;
    }

    private static final CipherSuite[] VALUES = values();
}
