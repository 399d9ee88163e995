// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import java.util.Arrays;

/**
 * Writes the presentation language of RFC 9846 §3 into an array that grows. A vector is bracketed by {@code int mark = beginU16()} and {@code endU16(mark)}, which fills in the length.
 */
public final class WireWriter {
    private byte[] array;
    private int size;

    /** @param capacity bytes to begin with */
    public WireWriter(int capacity) {
        array = new byte[Math.max(16, capacity)];
    }

    public WireWriter u8(int v) {
        room(1);
        array[size++] = (byte) v;
        return this;
    }

    public WireWriter u16(int v) {
        room(2);
        array[size++] = (byte) (v >>> 8);
        array[size++] = (byte) v;
        return this;
    }

    public WireWriter u24(int v) {
        return u8(v >>> 16).u16(v);
    }

    public WireWriter u32(long v) {
        return u16((int) (v >>> 16)).u16((int) v);
    }

    public WireWriter u64(long v) {
        return u32(v >>> 32).u32(v);
    }

    public WireWriter bytes(byte[] b) {
        return bytes(b, 0, b.length);
    }

    public WireWriter bytes(byte[] b, int off, int len) {
        room(len);
        System.arraycopy(b, off, array, size, len);
        size += len;
        return this;
    }

    /** An opaque vector with a length of one byte in front. */
    public WireWriter opaque8(byte[] b) {
        fits(b.length, 0xff);
        return u8(b.length).bytes(b);
    }

    /** An opaque vector with a length of two bytes in front. */
    public WireWriter opaque16(byte[] b) {
        fits(b.length, 0xffff);
        return u16(b.length).bytes(b);
    }

    /** An opaque vector with a length of three bytes in front. */
    public WireWriter opaque24(byte[] b) {
        fits(b.length, 0xffffff);
        return u24(b.length).bytes(b);
    }

    /** The numbers, two bytes each, with no length in front. */
    public WireWriter u16List(int[] list) {
        for (int v : list) {
            u16(v);
        }
        return this;
    }

    public int beginU8() {
        u8(0);
        return size;
    }

    public void endU8(int mark) {
        int n = size - mark;
        fits(n, 0xff);
        array[mark - 1] = (byte) n;
    }

    public int beginU16() {
        u16(0);
        return size;
    }

    public void endU16(int mark) {
        int n = size - mark;
        fits(n, 0xffff);
        array[mark - 2] = (byte) (n >>> 8);
        array[mark - 1] = (byte) n;
    }

    public int beginU24() {
        u24(0);
        return size;
    }

    public void endU24(int mark) {
        int n = size - mark;
        fits(n, 0xffffff);
        array[mark - 3] = (byte) (n >>> 16);
        array[mark - 2] = (byte) (n >>> 8);
        array[mark - 1] = (byte) n;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(array, size);
    }

    private void room(int n) {
        if (n > array.length - size) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + n));
        }
    }

    private static void fits(int n, int max) {
        if (n > max) {
            throw new IllegalStateException("a vector of " + n + " bytes; at most " + max + " can be written");
        }
    }
}
