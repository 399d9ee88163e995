// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Block ciphers in CBC mode, which cipher suites of TLS 1.2 and before join to a MAC (RFC 5246 §6.2.3.2). */
public enum CbcAlgorithm {
    AES_128_CBC(16),
    AES_256_CBC(32);

    private final int keyLength;

    CbcAlgorithm(int keyLength) {
        this.keyLength = keyLength;
    }

    /** Key length in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** Length of a block, and so of an IV, in bytes. */
    public int blockLength() {
        return 16;
    }
}
