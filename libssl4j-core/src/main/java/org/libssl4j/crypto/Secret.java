// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Bytes that must stay secret: wiped by {@link #close()}, compared in constant time, never printed. It is a {@link SecretKey}, so a JCA provider can take it as it is; {@link #getEncoded()} gives each caller a copy, which the caller has to wipe.
 *
 * <p>Not for use by several threads at once while one of them closes it.
 */
public final class Secret implements SecretKey, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private transient boolean closed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over: the caller must neither keep nor change it. */
    public static Secret of(byte[] taken) {
        return new Secret(taken);
    }

    /** Copies {@code length} bytes from {@code offset} on. */
    public static Secret copyOf(byte[] source, int offset, int length) {
        return new Secret(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** {@code length} zero bytes, which the key schedule uses where there is no secret (RFC 9846 §7.1). */
    public static Secret zeros(int length) {
        return new Secret(new byte[length]);
    }

    /** Length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. The caller wipes it. */
    @Override
    public byte[] getEncoded() {
        return open().clone();
    }

    /** Copies the bytes to {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(open(), 0, target, offset, bytes.length);
    }

    @Override
    public String getAlgorithm() {
        return "AES"; // the JDK's AES ciphers insist on this name; its HMAC and ChaCha20 take any
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** Wipes the bytes. Further use throws {@link IllegalStateException}; closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public void destroy() {
        close();
    }

    @Override
    public boolean isDestroyed() {
        return closed;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Secret s && MessageDigest.isEqual(open(), s.open());
    }

    @Override
    public int hashCode() {
        return bytes.length; // says nothing about the bytes
    }

    @Override
    public String toString() {
        return "Secret of " + bytes.length + " bytes" + (closed ? ", wiped" : "");
    }

    private byte[] open() {
        if (closed) {
            throw new IllegalStateException("this secret was wiped");
        }
        return bytes;
    }

    private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
        throw new java.io.NotSerializableException("secrets are never serialised");
    }

    private void readObject(java.io.ObjectInputStream in) throws java.io.IOException {
        throw new java.io.NotSerializableException("secrets are never serialised");
    }
}
