// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Bio that keeps what is written until it is read (BIO_s_mem(3)).
 *
 * <p>Read while empty it gives -1 and is to be tried again; {@link #setEofReturn} changes that. It grows as needed, or up to a limit; then {@link #write} takes what fits, and gives -1 when nothing does.
 */
public final class MemoryBio extends Bio {
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final boolean readOnly;
    private final int limit;
    private byte[] array = NOTHING;
    private int start;
    private int end;
    private int mark; // where reading stood when the last write ended
    private boolean clearedByReset = true;
    private volatile int eofReturn = -1;

    /** An empty Bio that grows without limit (BIO_new(BIO_s_mem())). */
    public MemoryBio() {
        this(Integer.MAX_VALUE - 8);
    }

    /**
     * An empty Bio that grows up to a limit.
     *
     * @param limit bytes it holds at most
     */
    public MemoryBio(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("a limit of " + limit + " bytes; more than 0 are needed");
        }
        this.limit = limit;
        this.readOnly = false;
    }

    /**
     * A Bio with these bytes that cannot be written to and ends after them (BIO_new_mem_buf(3)).
     *
     * @param content copied
     */
    public MemoryBio(byte[] content) {
        this(content, 0, content.length);
    }

    /**
     * A Bio with some bytes of an array that cannot be written to and ends after them (BIO_new_mem_buf(3)).
     *
     * @param content copied
     * @param off where they begin
     * @param len their number
     */
    public MemoryBio(byte[] content, int off, int len) {
        Objects.checkFromIndexSize(off, len, content.length);
        this.limit = len;
        this.readOnly = true;
        this.array = Arrays.copyOfRange(content, off, off + len);
        this.end = len;
        this.eofReturn = 0;
    }

    /**
     * What {@link #read} gives when the Bio is empty (BIO_set_mem_eof_return(3)).
     *
     * @param value 0: the end of the stream; -1, as it is at first: try again
     */
    public void setEofReturn(int value) {
        if (value != 0 && value != -1) {
            throw new IllegalArgumentException("an end of file return of " + value + "; 0 or -1 are possible");
        }
        eofReturn = value;
    }

    /**
     * Whether {@link #reset} drops everything, as it does at first, or makes what was read since the last write readable again (BIO_FLAGS_NONCLEAR_RST of BIO_s_mem(3)). A read-only Bio does the latter anyway.
     *
     * @param yes true: drops everything
     */
    public void setClearedByReset(boolean yes) {
        lock.lock();
        try {
            clearedByReset = yes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        lock.lock();
        try {
            return take(b, off, Math.min(len, end - start));
        } finally {
            lock.unlock();
        }
    }

    /** A line as far as the Bio has it: it may end without a line feed where the Bio is empty after it. */
    @Override
    public int gets(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        lock.lock();
        try {
            int most = Math.min(len, end - start);
            int n = 0;
            while (n < most && array[start + n++] != '\n') {
                // on to the end of the line
            }
            return take(b, off, n);
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] b, int off, int n) {
        if (n == 0) {
            return eofReturn == 0 ? 0 : retryRead();
        }
        System.arraycopy(array, start, b, off, n);
        start += n;
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (readOnly) {
            throw new IOException("this memory Bio is read-only");
        }
        if (len == 0) {
            return 0;
        }
        lock.lock();
        try {
            int n = Math.min(len, limit - (end - start));
            if (n == 0) {
                return retryWrite();
            }
            makeRoom(n);
            System.arraycopy(b, off, array, end, n);
            end += n;
            mark = start;
            return n;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int pending() {
        lock.lock();
        try {
            return end - start;
        } finally {
            lock.unlock();
        }
    }

    /** Always: a memory Bio never waits. */
    @Override
    public boolean readyToRead() {
        return true;
    }

    /**
     * Whether it is empty (BIO_eof(3) of a memory BIO).
     *
     * @return whether
     */
    @Override
    public boolean eof() {
        return pending() == 0;
    }

    /**
     * A copy of what can be read; it stays (BIO_get_mem_data(3)).
     *
     * @return the bytes
     */
    public byte[] data() {
        lock.lock();
        try {
            return Arrays.copyOfRange(array, start, end);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces what the Bio holds (BIO_set_mem_buf(3)).
     *
     * @param content copied
     * @throws IllegalStateException if the Bio is read-only
     * @throws IllegalArgumentException if it is more than the Bio's limit
     */
    public void setData(byte[] content) {
        if (readOnly) {
            throw new IllegalStateException("this memory Bio is read-only");
        }
        if (content.length > limit) {
            throw new IllegalArgumentException(content.length + " bytes for a Bio of at most " + limit);
        }
        lock.lock();
        try {
            array = content.clone();
            start = 0;
            end = content.length;
            mark = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what can be read (BIO_reset(3)), unless {@link #setClearedByReset} says otherwise; a read-only Bio begins anew. */
    @Override
    public void reset() {
        lock.lock();
        try {
            if (!readOnly && clearedByReset) {
                end = 0;
                mark = 0;
            }
            start = mark;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int n) {
        int size = end - start;
        if (size == 0) {
            start = 0;
            end = 0;
        }
        if (array.length - end >= n) {
            return;
        }
        byte[] target = array;
        // Moving much to gain little, write by write, would make small writes into a full Bio slow: it grows instead.
        if (array.length < limit && (array.length - size < n || size > array.length / 2)) {
            long grown = Math.max((long) size + n, Math.max(FIRST_CAPACITY, 2L * array.length));
            target = new byte[(int) Math.min(grown, limit)];
        }
        System.arraycopy(array, start, target, 0, size);
        array = target;
        start = 0;
        end = size;
    }
}
