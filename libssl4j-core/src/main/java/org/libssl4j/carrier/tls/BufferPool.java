// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Arrays in two sizes for connections that have bytes under way, so that idle ones need none. A fixed set of slots without locks; what finds no slot goes to the collector. Thread-safe.
 *
 * <p>It does not know what an array held: whoever had plaintext in one wipes it before giving it back.
 */
final class BufferPool {
    /** Enough for most handshakes and small records. */
    static final int SMALL = 4096;
    /** A record of the greatest length that any version of TLS allows: header, 2^14 and 2048 bytes. */
    static final int LARGE = 5 + 16_384 + 2048;

    private static final BufferPool SHARED = new BufferPool(32);

    private final AtomicReferenceArray<byte[]> small;
    private final AtomicReferenceArray<byte[]> large;

    /** @param slots how many arrays of each size are kept at most; a power of two */
    BufferPool(int slots) {
        small = new AtomicReferenceArray<>(slots);
        large = new AtomicReferenceArray<>(slots);
    }

    /** The one of this JVM: 700 KiB at most. */
    static BufferPool shared() {
        return SHARED;
    }

    /** An array of {@code length} bytes or more, with anything in it that is no secret. */
    byte[] take(int length) {
        if (length > LARGE) {
            return new byte[length];
        }
        boolean fitsSmall = length <= SMALL;
        AtomicReferenceArray<byte[]> slots = fitsSmall ? small : large;
        int first = firstSlot(slots.length());
        for (int i = 0; i < slots.length(); i++) {
            int slot = first + i & slots.length() - 1;
            if (slots.get(slot) != null) {
                byte[] b = slots.getAndSet(slot, null);
                if (b != null) {
                    return b;
                }
            }
        }
        return new byte[fitsSmall ? SMALL : LARGE];
    }

    /** Takes an array back, which the caller forgets. */
    void give(byte[] b) {
        AtomicReferenceArray<byte[]> slots = b.length == SMALL ? small : b.length == LARGE ? large : null;
        if (slots == null) {
            return;
        }
        int first = firstSlot(slots.length());
        for (int i = 0; i < slots.length(); i++) {
            int slot = first + i & slots.length() - 1;
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, b)) {
                return;
            }
        }
    }

    /** Threads begin at different slots, so that each mostly finds its own array, still in its cache. */
    private static int firstSlot(int slots) {
        long id = Thread.currentThread().getId() * 0x9E37_79B9_7F4A_7C15L;
        return (int) (id >>> 48) & slots - 1;
    }
}
