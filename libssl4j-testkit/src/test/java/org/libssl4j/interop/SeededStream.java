// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

/** An endless stream of bytes of which each is known by its position, so that one that was lost, doubled or changed is seen where it happens. */
record SeededStream(long seed) {
    /** The bytes from a position on. */
    void fill(byte[] b, int length, long position) {
        long word = word(position);
        for (int i = 0; i < length; i++) {
            long p = position + i;
            word = (p & 7) == 0 ? word(p) : word;
            b[i] = (byte) (word >>> ((p & 7) << 3));
        }
    }

    /** Compares what came with what stands at that position. */
    void check(byte[] b, int length, long position) {
        long word = word(position);
        for (int i = 0; i < length; i++) {
            long p = position + i;
            word = (p & 7) == 0 ? word(p) : word;
            if (b[i] != (byte) (word >>> ((p & 7) << 3))) {
                throw new AssertionError("byte " + p + " of the stream is not the one that was sent");
            }
        }
    }

    /** The eight bytes in which the position is: a multiplication by an odd constant (that of the golden ratio) spreads seed and number over them. */
    private long word(long position) {
        long word = (seed + (position >>> 3)) * 0x9E37_79B9_7F4A_7C15L;
        return word ^ word >>> 29;
    }
}
