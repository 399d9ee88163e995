// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.io.IOException;
import java.util.Arrays;
import org.libssl4j.handshake.DataCarrier;

/**
 * Records on their way to the peer, and room behind them where the next one is made. Not thread-safe.
 *
 * <pre>
 *   0        start         end                       array.length
 *   |  gone  |  records    |  the next: header gap, content, room for the tag
 * </pre>
 *
 * <p>It has no array while there is nothing to be sent.
 */
final class OutBuffer {
    private static final byte[] NONE = {};

    private final BufferPool pool;
    private byte[] array = NONE;
    private int start;
    private int end;
    private int used;

    OutBuffer(BufferPool pool) {
        this.pool = pool;
    }

    /** The array; another one after {@link #reserve}. */
    byte[] array() {
        return array;
    }

    /** Where the next record begins. */
    int end() {
        return end;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Makes room for {@code n} bytes behind the records, of which the first {@code made} stand there already and stay. */
    byte[] reserve(int n, int made) {
        if (array.length - end < n) {
            int live = end - start + made;
            if (array.length >= end - start + n) {
                System.arraycopy(array, start, array, 0, live);
            } else {
                int needed = end - start + n;
                byte[] larger = pool.take(needed <= BufferPool.LARGE ? needed : Math.max(needed, 2 * array.length));
                System.arraycopy(array, start, larger, 0, live);
                giveBack(end + made);
                array = larger;
            }
            end -= start;
            start = 0;
        }
        used = Math.max(used, end + n);
        return array;
    }

    /** The next {@code n} bytes are a record. */
    void commit(int n) {
        end += n;
    }

    /** Offers the records to {@code sink} once; returns what it returned. */
    int drain(DataCarrier.Sink sink) throws IOException {
        byte[] from = array;
        int n = sink.write(from, start, end - start);
        if (from != array) {
            return n; // closed meanwhile
        }
        if (n > end - start) {
            throw new IllegalStateException("the sink took " + n + " bytes; " + (end - start) + " were there");
        }
        if (n > 0) {
            start += n;
        }
        return n;
    }

    /** Gives the array back. Content that was not made a record is wiped. */
    void release() {
        giveBack(used);
        array = NONE;
        start = 0;
        end = 0;
        used = 0;
    }

    /** As {@link #release()}, but the array goes to the collector: a sink that another thread or a callback closes us under may still read from it, and nobody else's plaintext may stand there then. */
    void drop() {
        wipe(used);
        array = NONE;
        start = 0;
        end = 0;
        used = 0;
    }

    // What lies before the end went over the wire, encrypted where it had to be; what lies behind may be plaintext.
    private void giveBack(int upTo) {
        if (array != NONE) {
            wipe(upTo);
            pool.give(array);
        }
    }

    private void wipe(int upTo) {
        Arrays.fill(array, end, Math.min(Math.max(end, upTo), array.length), (byte) 0);
    }
}
