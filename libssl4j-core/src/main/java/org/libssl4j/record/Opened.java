// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

/** What a record held: the content's type and place. One object is used again for each record. */
public final class Opened {
    private int type;
    private byte[] array;
    private int offset;
    private int length;

    void set(int contentType, byte[] in, int off, int len) {
        this.type = contentType;
        this.array = in;
        this.offset = off;
        this.length = len;
    }

    /** Copies the content to another array and stands for it there. */
    public void moveTo(byte[] other, int off) {
        System.arraycopy(array, offset, other, off, length);
        array = other;
        offset = off;
    }

    /** Lets go of the array. */
    public void clear() {
        set(0, null, 0, 0);
    }

    /** The number of the content type; any from 1 to 255. */
    public int type() {
        return type;
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    /** Length of the content, without type and padding. */
    public int length() {
        return length;
    }
}
