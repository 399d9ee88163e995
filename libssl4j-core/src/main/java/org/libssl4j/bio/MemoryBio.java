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
        this.limit = content.length;
        this.readOnly = true;
        this.array = content.clone();
        this.end = content.length;
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

    @Override
    public int read(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        lock.lock();
        try {
            int n = Math.min(len, end - start);
            if (n == 0) {
                return eofReturn == 0 ? 0 : retryRead();
            }
            System.arraycopy(array, start, b, off, n);
            start += n;
            if (start == end) {
                empty();
            }
            return n;
        } finally {
            lock.unlock();
        }
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

    /** Drops what can be read (BIO_reset(3)); a read-only Bio begins anew. */
    public void reset() {
        lock.lock();
        try {
            start = 0;
            if (readOnly) {
                end = array.length;
            } else {
                empty();
            }
        } finally {
            lock.unlock();
        }
    }

    private void empty() {
        if (!readOnly) {
            start = 0;
            end = 0;
        }
    }

    private void makeRoom(int n) {
        if (array.length - end >= n) {
            return;
        }
        int size = end - start;
        byte[] target = array;
        if (array.length - size < n) {
            long grown = Math.max((long) size + n, Math.max(FIRST_CAPACITY, 2L * array.length));
            target = new byte[(int) Math.min(grown, limit)];
        }
        System.arraycopy(array, start, target, 0, size);
        array = target;
        start = 0;
        end = size;
    }
}
