// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One way between two Bios: a ring buffer of bounded size, for one thread that writes and another one that reads.
 *
 * <p>Nothing but the lock of the pipe is ever taken while it is held, and no method waits for the other side. The reader never moves the place where the next byte is written, and the writer never touches bytes that were not read, nor reuses an array that it has outgrown: so neither side takes the other one's view away.
 */
final class BytePipe {
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final int size;
    private byte[] ring = NOTHING;
    private int start;
    private int length;
    private int offered; // bytes of the view that was given to the writer and that it has not committed
    private int request;
    private boolean noMoreWrites;
    private boolean noMoreReads;
    private boolean severed;

    BytePipe(int size) {
        this.size = size;
    }

    // ---- the reader's side -----------------------------------------------------------------------------------------

    /** Bytes read; 0 at the end, or if {@code len} is 0; -1 if there are none yet. */
    int read(byte[] b, int off, int len) throws IOException {
        lock.lock();
        try {
            int n = Math.min(len, length);
            if (!asked(len) || n == 0) {
                return len == 0 || noMoreWrites ? 0 : -1;
            }
            int first = Math.min(n, ring.length - start);
            System.arraycopy(ring, start, b, off, first);
            System.arraycopy(ring, 0, b, off + first, n - first);
            consume(n);
            return n;
        } finally {
            lock.unlock();
        }
    }

    /** What can be read in one piece; empty at the end; null if there is nothing yet. */
    ByteBuffer readable() throws IOException {
        lock.lock();
        try {
            if (!asked(1)) {
                return noMoreWrites ? ByteBuffer.allocate(0).asReadOnlyBuffer() : null;
            }
            return ByteBuffer.wrap(ring, start, piece()).slice().asReadOnlyBuffer();
        } finally {
            lock.unlock();
        }
    }

    /** Consumes up to {@code n} bytes of one piece; returns as {@link #read} does. */
    int skip(int n) throws IOException {
        lock.lock();
        try {
            if (!asked(n)) {
                return n == 0 || noMoreWrites ? 0 : -1;
            }
            int done = Math.min(n, piece());
            consume(done);
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the reader wants bytes; returns whether there are some. */
    private boolean asked(int wanted) throws IOException {
        if (severed) {
            throw new IOException("this Bio is not paired any more");
        }
        request = length == 0 && !noMoreWrites ? Math.min(wanted, size) : 0;
        return length > 0;
    }

    private int piece() {
        return Math.min(length, ring.length - start);
    }

    private void consume(int n) {
        start = at(n);
        length -= n;
    }

    /** The reader is gone: there is no use in writing. */
    void closeReading() {
        lock.lock();
        try {
            noMoreReads = true;
            drop();
        } finally {
            lock.unlock();
        }
    }

    boolean ended() {
        lock.lock();
        try {
            return length == 0 && noMoreWrites;
        } finally {
            lock.unlock();
        }
    }

    // ---- the writer's side -----------------------------------------------------------------------------------------

    /** Bytes written; -1 if there is no room. */
    int write(byte[] b, int off, int len) throws IOException {
        lock.lock();
        try {
            checkOpen();
            offered = 0;
            int n = Math.min(len, size - length);
            if (n == 0) {
                return -1;
            }
            makeRoom(n);
            int at = at(length);
            int first = Math.min(n, ring.length - at);
            System.arraycopy(b, off, ring, at, first);
            System.arraycopy(b, off + first, ring, 0, n - first);
            length += n;
            request = 0;
            return n;
        } finally {
            lock.unlock();
        }
    }

    /** The room that there is in one piece; null if there is none. */
    ByteBuffer writable() throws IOException {
        lock.lock();
        try {
            checkOpen();
            offered = 0;
            if (length == size) {
                return null;
            }
            makeRoom(size - length);
            int at = at(length);
            offered = Math.min(size - length, ring.length - at);
            return ByteBuffer.wrap(ring, at, offered).slice();
        } finally {
            lock.unlock();
        }
    }

    /** Counts up to {@code n} bytes of the view as written. */
    int commit(int n) throws IOException {
        lock.lock();
        try {
            checkOpen();
            if (n > 0 && offered == 0) {
                throw new IllegalStateException("there is no room that nwrite0 has shown");
            }
            int done = Math.min(n, offered);
            offered -= done;
            length += done;
            if (done > 0) {
                request = 0;
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() throws IOException {
        if (severed) {
            throw new IOException("this Bio is not paired any more");
        }
        if (noMoreReads) {
            throw new IOException("the other half of the pair is closed");
        }
        if (noMoreWrites) {
            throw new IOException("writing was shut down");
        }
    }

    /** The place in the ring {@code n} bytes behind the first that can be read; without a sum that may overflow. */
    private int at(int n) {
        int toEnd = ring.length - start;
        return n < toEnd ? start + n : n - toEnd;
    }

    /** Has the ring take {@code n} bytes more, which fit into the size. */
    private void makeRoom(int n) {
        if (length == 0) {
            start = 0; // in one piece, then; the reader has no view of anything
        }
        if (ring.length - length >= n) {
            return;
        }
        long grown = Math.max((long) length + n, Math.max(FIRST_CAPACITY, 2L * ring.length));
        byte[] target = new byte[(int) Math.min(grown, size)];
        int first = piece();
        System.arraycopy(ring, start, target, 0, first);
        System.arraycopy(ring, 0, target, first, length - first);
        ring = target;
        start = 0;
    }

    /** The writer has written its last. */
    void closeWriting() {
        lock.lock();
        try {
            noMoreWrites = true;
            request = 0;
            offered = 0;
        } finally {
            lock.unlock();
        }
    }

    int room() {
        lock.lock();
        try {
            return noMoreWrites || noMoreReads || severed ? 0 : size - length;
        } finally {
            lock.unlock();
        }
    }

    int request() {
        lock.lock();
        try {
            return request;
        } finally {
            lock.unlock();
        }
    }

    void forgetRequest() {
        lock.lock();
        try {
            request = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what was not read. A reader that waits goes on waiting. */
    void clear() {
        lock.lock();
        try {
            int waiting = request;
            drop();
            request = waiting;
        } finally {
            lock.unlock();
        }
    }

    // ---- both ------------------------------------------------------------------------------------------------------

    int held() {
        lock.lock();
        try {
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** The two sides have nothing to do with each other any more. */
    void sever() {
        lock.lock();
        try {
            severed = true;
            drop();
        } finally {
            lock.unlock();
        }
    }

    /** A reader's view stays what it is, and its array is left to the collector. */
    private void drop() {
        ring = NOTHING;
        start = 0;
        length = 0;
        offered = 0;
        request = 0;
    }
}
