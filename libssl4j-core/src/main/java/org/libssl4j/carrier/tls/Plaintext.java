// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.util.Arrays;

/** The content of one opened record that is not used up: application data or handshake bytes. It has an array only while it has content, which is wiped before the array goes back. Not thread-safe. */
final class Plaintext {
    private static final byte[] NONE = {};

    private final BufferPool pool;
    private byte[] array = NONE;
    private int used;
    private int type;
    private int position;
    private int end;

    Plaintext(BufferPool pool) {
        this.pool = pool;
    }

    /** An array with room for {@code n} bytes to open a record into. Only while there is no content. */
    byte[] take(int n) {
        if (array.length < n) {
            clear();
            array = pool.take(n);
        }
        used = Math.max(used, n);
        return array;
    }

    /** The content is these bytes of the array. */
    void set(int contentType, int off, int len) {
        type = contentType;
        position = off;
        end = off + len;
        if (len == 0) {
            clear();
        }
    }

    /** Bytes of this content type that are left. */
    int remaining(int contentType) {
        return type == contentType ? end - position : 0;
    }

    boolean isEmpty() {
        return position == end;
    }

    byte[] array() {
        return array;
    }

    int position() {
        return position;
    }

    void skip(int n) {
        position += n;
        if (position == end) {
            clear();
        }
    }

    /** Wipes all and gives the array back. */
    void clear() {
        byte[] b = array;
        drop();
        if (b != NONE) {
            pool.give(b);
        }
    }

    /** Wipes all; the array goes to the collector, for somebody may be in the midst of using it. */
    void drop() {
        Arrays.fill(array, 0, used, (byte) 0);
        array = NONE;
        used = 0;
        position = 0;
        end = 0;
        type = 0;
    }
}
