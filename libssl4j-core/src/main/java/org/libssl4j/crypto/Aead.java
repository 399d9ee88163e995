// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

/**
 * An authenticated cipher under one key (RFC 5116). The nonce is the caller's concern. Not thread-safe.
 *
 * <p>Never is the input shifted within one array: {@code in} and {@code out} are either different arrays or the same one at the same offset (sealing in place); the JDK allocates a whole second array otherwise.
 */
public interface Aead extends AutoCloseable {
    /** Writes ciphertext and tag to {@code out}; returns their length, {@code inLen + tagLength()}. */
    int seal(byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff);

    /** Writes the plaintext to {@code out} and returns its length, or -1 if the tag is wrong (nothing that stands in {@code out} then may be used). */
    int open(byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff);

    /** Length of the tag in bytes. */
    int tagLength();

    /** Drops the key. */
    @Override
    void close();
}
