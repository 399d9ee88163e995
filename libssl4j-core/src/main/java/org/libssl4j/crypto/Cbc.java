// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

/** A block cipher in CBC mode under one key (RFC 5246 §6.2.3.2): whole blocks in place, without padding, which is the caller's concern as the IV is. Not thread-safe. */
public interface Cbc extends AutoCloseable {
    /**
     * Encrypts {@code len} bytes of {@code b} in place.
     *
     * @param iv one block from {@code ivOff} on, which is read before anything is written: it may stand in {@code b}
     * @param len a multiple of the block's length
     */
    void encrypt(byte[] iv, int ivOff, byte[] b, int off, int len);

    /**
     * Decrypts {@code len} bytes of {@code b} in place.
     *
     * @param iv one block from {@code ivOff} on, which is read before anything is written: it may stand in {@code b}
     * @param len a multiple of the block's length
     */
    void decrypt(byte[] iv, int ivOff, byte[] b, int off, int len);

    /** Drops the key. */
    @Override
    void close();
}
