// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import java.util.Arrays;

/** Reads DER (X.690) as far as keys and certificates need it: definite lengths, tags of one byte, no recursion of its own. Throws {@link DecodeException} for anything else. */
public final class DerReader {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private final byte[] array;
    private final int limit;
    private int position;

    public DerReader(byte[] array, int offset, int length) {
        this.array = array;
        this.position = offset;
        this.limit = offset + length;
    }

    public DerReader(byte[] array) {
        this(array, 0, array.length);
    }

    /** Whether elements are left. */
    public boolean hasMore() {
        return position < limit;
    }

    /** The tag of the next element, or -1 at the end. */
    public int tag() {
        return hasMore() ? array[position] & 0xff : -1;
    }

    /** The content of the next element, which has to have this tag, as a reader of its own. */
    public DerReader read(int tag) throws DecodeException {
        int start = content(tag);
        DerReader r = new DerReader(array, start, position - start);
        return r;
    }

    /** A copy of the content of the next element, which has to have this tag. */
    public byte[] bytes(int tag) throws DecodeException {
        int start = content(tag);
        return Arrays.copyOfRange(array, start, position);
    }

    /** A copy of the next element, tag and length included. */
    public byte[] element() throws DecodeException {
        int start = position;
        content(tag());
        return Arrays.copyOfRange(array, start, position);
    }

    /** Passes over the next element. */
    public void skip() throws DecodeException {
        content(tag());
    }

    /** Refuses what follows. */
    public void end(String what) throws DecodeException {
        if (hasMore()) {
            throw new DecodeException(what + ": " + (limit - position) + " bytes follow the last element");
        }
    }

    /** Moves behind the next element; returns where its content begins. */
    private int content(int tag) throws DecodeException {
        if (limit - position < 2 || (array[position] & 0xff) != tag) {
            throw new DecodeException("DER: tag " + Integer.toHexString(tag) + " expected, "
                    + (hasMore() ? Integer.toHexString(array[position] & 0xff) : "the end") + " came");
        }
        int p = position + 1;
        int length = array[p++] & 0xff;
        if (length > 0x7f) {
            int n = length & 0x7f;
            if (n == 0 || n > 3 || n > limit - p) {
                throw new DecodeException("DER: a length of " + n + " bytes; 1 to 3 allowed");
            }
            length = 0;
            for (int i = 0; i < n; i++) {
                length = length << 8 | array[p++] & 0xff;
            }
        }
        if (length > limit - p) {
            throw new DecodeException("DER: an element of " + length + " bytes; only " + (limit - p) + " are left");
        }
        position = p + length;
        return p;
    }
}
