// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.io.IOException;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.record.RecordHeader;

/**
 * Bytes from the peer that are not opened yet. Not thread-safe.
 *
 * <pre>
 *   0        start                  end        array.length
 *   |  used  |  header  body  head… |  room    |
 * </pre>
 *
 * <p>Without bytes it has no array but one for a header, so that a connection that waits for its next record holds nothing. What it has held is what went over the wire: there is nothing to be wiped.
 */
final class InBuffer {
    private final BufferPool pool;
    private final byte[] forHeader = new byte[RecordHeader.SIZE];
    private byte[] array = forHeader;
    private int start;
    private int end;

    InBuffer(BufferPool pool) {
        this.pool = pool;
    }

    byte[] array() {
        return array;
    }

    /** Where the record under way begins. */
    int start() {
        return start;
    }

    /** How many bytes there are. */
    int size() {
        return end - start;
    }

    /** The first bytes are used up. */
    void skip(int n) {
        start += n;
        if (start == end) {
            clear();
        }
    }

    /** Asks {@code source} once for {@code wanted} bytes, or for all there is room for if {@code ahead}; returns what it returned. */
    int fill(DataCarrier.Source source, int wanted, boolean ahead) throws IOException {
        makeRoom(ahead ? Math.max(wanted, BufferPool.SMALL - size()) : wanted);
        int most = ahead ? array.length - end : wanted;
        byte[] into = array;
        int n;
        try {
            n = source.read(into, end, most);
        } catch (IOException | RuntimeException e) {
            clearIfEmpty();
            throw e;
        }
        if (n > most) {
            throw new IllegalStateException("the source gave " + n + " bytes; " + most + " were asked for");
        }
        if (into != array) {
            return n; // closed meanwhile
        }
        if (n > 0) {
            end += n;
        } else {
            clearIfEmpty();
        }
        return n;
    }

    /** Drops all bytes and the array. */
    void clear() {
        if (array != forHeader) {
            pool.give(array);
            array = forHeader;
        }
        start = 0;
        end = 0;
    }

    /** As {@link #clear()}, but the array goes to the collector: a source that another thread or a callback closes us under may still write into it, and nobody else's bytes may stand there then. */
    void drop() {
        array = forHeader;
        start = 0;
        end = 0;
    }

    private void clearIfEmpty() {
        if (start == end) {
            clear();
        }
    }

    private void makeRoom(int n) {
        if (array.length - end >= n) {
            return;
        }
        int size = size();
        if (array.length >= size + n) {
            System.arraycopy(array, start, array, 0, size);
        } else {
            byte[] larger = pool.take(size + n);
            System.arraycopy(array, start, larger, 0, size);
            if (array != forHeader) {
                pool.give(array);
            }
            array = larger;
        }
        start = 0;
        end = size;
    }
}
