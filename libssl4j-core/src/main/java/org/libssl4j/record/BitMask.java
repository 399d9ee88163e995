// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

/** Comparisons of secret numbers without a branch: each answer is -1, all bits set, or 0. For numbers less than 2^31 apart. */
final class BitMask {
    private BitMask() {}

    /** Whether {@code a < b}. */
    static int less(int a, int b) {
        return a - b >> 31;
    }

    /** Whether {@code a == b}. */
    static int equal(int a, int b) {
        int x = a ^ b;
        return ~((x | -x) >> 31);
    }

    /** 0 if the bytes are the same, something else if not. */
    static int differ(byte[] a, int aOff, byte[] b, int bOff, int length) {
        int x = 0;
        for (int i = 0; i < length; i++) {
            x |= a[aOff + i] ^ b[bOff + i];
        }
        return x;
    }
}
