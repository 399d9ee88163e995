// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import java.util.Arrays;

/**
 * Reads the presentation language of RFC 9846 §3 from a stretch of an array: big-endian numbers, and vectors that carry their length in front. A read past the end throws {@link DecodeException}; nothing is allocated for a length before the bytes are known to be there.
 */
public final class WireReader {
    private final byte[] array;
    private final int limit;
    private int position;

    /** Reads {@code length} bytes of {@code array} from {@code offset} on; the array is not copied. */
    public WireReader(byte[] array, int offset, int length) {
        this.array = array;
        this.position = offset;
        this.limit = offset + length;
    }

    /** Reads all of {@code array}. */
    public WireReader(byte[] array) {
        this(array, 0, array.length);
    }

    /** Bytes not read yet. */
    public int remaining() {
        return limit - position;
    }

    /** Whether bytes are left. */
    public boolean hasMore() {
        return position < limit;
    }

    public int u8() throws DecodeException {
        need(1);
        return array[position++] & 0xff;
    }

    public int u16() throws DecodeException {
        need(2);
        int v = (array[position] & 0xff) << 8 | array[position + 1] & 0xff;
        position += 2;
        return v;
    }

    public int u24() throws DecodeException {
        need(3);
        int v = (array[position] & 0xff) << 16 | (array[position + 1] & 0xff) << 8 | array[position + 2] & 0xff;
        position += 3;
        return v;
    }

    public long u32() throws DecodeException {
        need(4);
        return (long) u16() << 16 | u16();
    }

    public long u64() throws DecodeException {
        need(8);
        return u32() << 32 | u32();
    }

    /** A copy of the next {@code length} bytes. */
    public byte[] bytes(int length) throws DecodeException {
        need(length);
        byte[] b = Arrays.copyOfRange(array, position, position + length);
        position += length;
        return b;
    }

    /** A copy of all that is left. */
    public byte[] rest() {
        byte[] b = Arrays.copyOfRange(array, position, limit);
        position = limit;
        return b;
    }

    /** A reader of the next {@code length} bytes, which this reader skips. */
    public WireReader sub(int length) throws DecodeException {
        need(length);
        WireReader r = new WireReader(array, position, length);
        position += length;
        return r;
    }

    /** A vector with a length of one byte in front, as a reader of its own. */
    public WireReader vector8() throws DecodeException {
        return sub(u8());
    }

    /** A vector with a length of two bytes in front, as a reader of its own. */
    public WireReader vector16() throws DecodeException {
        return sub(u16());
    }

    /** A vector with a length of three bytes in front, as a reader of its own. */
    public WireReader vector24() throws DecodeException {
        return sub(u24());
    }

    /** An opaque vector with a length of one byte in front that has to lie between {@code min} and {@code max}. */
    public byte[] opaque8(int min, int max, String what) throws DecodeException {
        return opaque(u8(), min, max, what);
    }

    /** An opaque vector with a length of two bytes in front that has to lie between {@code min} and {@code max}. */
    public byte[] opaque16(int min, int max, String what) throws DecodeException {
        return opaque(u16(), min, max, what);
    }

    /** An opaque vector with a length of three bytes in front that has to lie between {@code min} and {@code max}. */
    public byte[] opaque24(int min, int max, String what) throws DecodeException {
        return opaque(u24(), min, max, what);
    }

    /** The rest as numbers of two bytes; at least {@code min} of them. */
    public int[] u16List(int min, String what) throws DecodeException {
        if (remaining() % 2 != 0 || remaining() < 2 * min) {
            throw new DecodeException(
                    what + ": a list of " + remaining() + " bytes; even and at least " + 2 * min + " allowed");
        }
        int[] list = new int[remaining() / 2];
        for (int i = 0; i < list.length; i++) {
            list[i] = u16();
        }
        return list;
    }

    /** Refuses bytes that follow the last field. */
    public void end(String what) throws DecodeException {
        if (position != limit) {
            throw new DecodeException(what + ": " + (limit - position) + " bytes follow the last field; none allowed");
        }
    }

    private byte[] opaque(int length, int min, int max, String what) throws DecodeException {
        if (length < min || length > max) {
            throw new DecodeException(what + ": length " + length + "; " + min + " to " + max + " allowed");
        }
        return bytes(length);
    }

    private void need(int n) throws DecodeException {
        if (n > limit - position) {
            throw new DecodeException("a field of " + n + " bytes; only " + (limit - position) + " are left");
        }
    }
}
