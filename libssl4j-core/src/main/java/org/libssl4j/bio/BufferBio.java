// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A filter that reads and writes the Bio behind it in larger pieces (BIO_f_buffer(3)), and can read lines of any Bio.
 *
 * <p>{@link #read} gives as many bytes as are asked for, unless the Bio behind has to be tried again, failed or ended: over one that waits, nothing may ask for more than is to come. What is written goes on only when the buffer is full, or by {@link #flush}; {@link #close} and {@link #pop} send nothing.
 *
 * <p>One thread may read (and call {@link #gets}, {@link #pending}, {@link #eof} and what else is about reading) while another one writes and flushes; {@link #reset}, {@link #setBufferSize} and {@link #close} want to be alone.
 */
public final class BufferBio extends FilterBio {
    /** Bytes of either buffer at first, and its least size. */
    public static final int DEFAULT_SIZE = 4096;

    private static final byte[] NOTHING = {};

    private int readSize = DEFAULT_SIZE;
    private byte[] in = NOTHING; // made when needed
    private int inStart;
    private int inEnd;
    private int noLineFeed; // so many bytes from inStart on are known to have none
    private Exception readFailure; // met by a call that had bytes to give

    private int writeSize = DEFAULT_SIZE;
    private byte[] out = NOTHING;
    private int outStart;
    private int outEnd;
    private Exception writeFailure;

    /** A filter at the end of a chain of its own, with buffers of {@link #DEFAULT_SIZE}. */
    public BufferBio() {}

    // ---- reading ---------------------------------------------------------------------------------------------------

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        Bio from = behind();
        clearRetry();
        int got = 0;
        while (true) {
            int n = Math.min(len - got, inEnd - inStart);
            System.arraycopy(in, inStart, b, off + got, n);
            consume(n);
            got += n;
            if (got == len) {
                return got;
            }
            boolean direct = len - got >= readSize;
            n = direct ? next(from, got > 0, b, off + got, len - got) : fill(from, got > 0, readSize);
            if (n <= 0) {
                return got > 0 ? got : n < 0 ? retryAs(from) : 0;
            }
            got += direct ? n : 0;
        }
    }

    /** A whole line, also if it comes in many pieces and the Bio behind has to be tried again: until it is there, or {@code len} bytes of it, nothing is given. */
    @Override
    public int gets(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        Bio from = behind();
        clearRetry();
        if (len == 0) {
            return 0;
        }
        int n = line(len);
        while (n == 0) {
            int held = inEnd - inStart;
            int more = fill(from, held > 0, Math.max(readSize, len));
            if (more < 0 && readFailure == null) {
                return retryAs(from);
            }
            n = more <= 0 ? held : line(len);
            if (n == 0 && more == 0) {
                return 0;
            }
        }
        System.arraycopy(in, inStart, b, off, n);
        consume(n);
        return n;
    }

    /** The length of the line that the buffer begins with, or {@code most} if it is longer; 0 if neither can be said yet. */
    private int line(int most) {
        int held = inEnd - inStart;
        for (int i = noLineFeed; i < Math.min(most, held); i++) {
            if (in[inStart + i] == '\n') {
                return i + 1;
            }
            noLineFeed = i + 1;
        }
        return held >= most ? most : 0;
    }

    private void consume(int n) {
        inStart += n;
        noLineFeed = Math.max(0, noLineFeed - n);
    }

    /** Adds to the read buffer what one read gives, room for {@code size} bytes in all being there; returns what it returned. */
    private int fill(Bio from, boolean some, int size) throws IOException {
        int held = inEnd - inStart;
        if (inEnd == in.length || held == 0) {
            byte[] target = in.length < size ? new byte[grown(held, size)] : in;
            System.arraycopy(in, inStart, target, 0, held);
            if (target != in) {
                Arrays.fill(in, (byte) 0);
            }
            in = target;
            inStart = 0;
            inEnd = held;
        }
        int n = next(from, some, in, inEnd, in.length - inEnd);
        inEnd += Math.max(0, n);
        return n;
    }

    /** A long line makes the buffer grow by and by: that a caller has room for it does not mean that it comes. */
    private int grown(int held, int size) {
        return (int) Math.min(size, Math.max(readSize, 2L * held));
    }

    /** One read of the Bio behind. If the call has bytes to give already, a failure is kept for the next one. */
    private int next(Bio from, boolean some, byte[] b, int off, int len) throws IOException {
        if (readFailure != null) {
            Exception e = readFailure;
            readFailure = null;
            throw rethrow(e);
        }
        try {
            return from.read(b, off, len);
        } catch (IOException | RuntimeException e) {
            if (!some) {
                throw e;
            }
            readFailure = e;
            return -1;
        }
    }

    private static IOException rethrow(Exception e) {
        if (e instanceof RuntimeException r) {
            throw r;
        }
        return (IOException) e;
    }

    /** What the buffer holds, and the Bio behind. */
    @Override
    public int pending() {
        return (int) Math.min(Integer.MAX_VALUE, (long) inEnd - inStart + super.pending());
    }

    @Override
    public boolean readyToRead() {
        return inEnd > inStart || super.readyToRead();
    }

    @Override
    public boolean eof() {
        return inEnd == inStart && super.eof();
    }

    /**
     * Line feeds in the read buffer (BIO_get_buffer_num_lines(3)).
     *
     * @return their number
     */
    public int getBufferNumLines() {
        int lines = 0;
        for (int i = inStart; i < inEnd; i++) {
            if (in[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /**
     * Has the read buffer hold these bytes in place of what it held; what the Bio behind has is read after them (BIO_set_buffer_read_data(3)). The buffer grows if it is too small.
     *
     * @param b copied
     * @param off where they begin
     * @param len their number
     */
    public void setBufferReadData(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearIn();
        in = Arrays.copyOfRange(b, off, off + len);
        inEnd = len;
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        Bio to = behind();
        clearRetry();
        throwWriteFailure(); // before anything is taken
        int taken = 0;
        while (true) {
            // Not behind bytes that were taken: who is told of fewer than all need not come with the rest again, which
            // a Bio behind that has begun with it, such as TLS, insists on.
            boolean direct = taken == 0 && outStart == outEnd && len >= writeSize;
            if (!direct) {
                taken += keep(b, off + taken, len - taken);
            }
            if (taken == len) {
                return len;
            }
            int n = direct ? send(to, taken > 0, b, off + taken, len - taken) : sendBuffer(to, taken > 0);
            if (n < 0) {
                return taken > 0 ? taken : retryAs(to);
            }
            taken += direct ? n : 0;
        }
    }

    /** Sends on what the buffer holds, and flushes the Bio behind. */
    @Override
    public int flush() throws IOException {
        Bio to = behind();
        clearRetry();
        throwWriteFailure();
        while (outStart < outEnd) {
            if (sendBuffer(to, false) < 0) {
                return retryAs(to);
            }
        }
        return super.flush();
    }

    /** Puts into the write buffer what fits. */
    private int keep(byte[] b, int off, int len) {
        int held = outEnd - outStart;
        int n = Math.min(len, writeSize - held);
        if (n == 0) {
            return 0;
        }
        if (out.length == 0) {
            out = new byte[writeSize];
        }
        if (out.length - outEnd < n) {
            System.arraycopy(out, outStart, out, 0, held);
            outStart = 0;
            outEnd = held;
        }
        System.arraycopy(b, off, out, outEnd, n);
        outEnd += n;
        return n;
    }

    private int sendBuffer(Bio to, boolean some) throws IOException {
        int n = send(to, some, out, outStart, outEnd - outStart);
        outStart += Math.max(0, n);
        if (outStart == outEnd) {
            outStart = 0;
            outEnd = 0;
        }
        return n;
    }

    private void throwWriteFailure() throws IOException {
        if (writeFailure != null) {
            Exception e = writeFailure;
            writeFailure = null;
            throw rethrow(e);
        }
    }

    /** One write to the Bio behind. If the call has taken bytes already, a failure is kept for the next one. */
    private int send(Bio to, boolean some, byte[] b, int off, int len) throws IOException {
        try {
            int n = to.write(b, off, len);
            if (n == 0) {
                throw new IOException("the Bio behind took nothing of " + len + " bytes, and does not wait");
            }
            return n;
        } catch (IOException | RuntimeException e) {
            if (!some) {
                throw e;
            }
            writeFailure = e;
            return -1;
        }
    }

    /** What the buffer holds, and the Bio behind. */
    @Override
    public int wpending() {
        return (int) Math.min(Integer.MAX_VALUE, (long) outEnd - outStart + super.wpending());
    }

    // ---- buffers ---------------------------------------------------------------------------------------------------

    /**
     * Sets the size of the read buffer (BIO_set_read_buffer_size(3)). One below {@link #DEFAULT_SIZE} is ignored; where the size changes, what is buffered is lost.
     *
     * @param size bytes, more than 0
     */
    public void setReadBufferSize(int size) {
        if (checked(size) >= DEFAULT_SIZE && size != readSize) {
            readSize = size;
            clearIn();
        }
    }

    /**
     * Sets the size of the write buffer (BIO_set_write_buffer_size(3)). One below {@link #DEFAULT_SIZE} is ignored; where the size changes, what is buffered is lost.
     *
     * @param size bytes, more than 0
     */
    public void setWriteBufferSize(int size) {
        if (checked(size) >= DEFAULT_SIZE && size != writeSize) {
            writeSize = size;
            clearOut();
        }
    }

    /**
     * Sets the size of both buffers (BIO_set_buffer_size(3)), each as the calls for one do.
     *
     * @param size bytes, more than 0
     */
    public void setBufferSize(int size) {
        setReadBufferSize(size);
        setWriteBufferSize(size);
    }

    private static int checked(int size) {
        if (size <= 0) {
            throw new IllegalArgumentException("a buffer of " + size + " bytes; more than 0 are needed");
        }
        return size;
    }

    /**
     * Drops what is buffered, and resets the Bio behind (BIO_reset(3)).
     *
     * @throws IOException if that one cannot be, or there is none; what was buffered is dropped all the same
     */
    @Override
    public void reset() throws IOException {
        close();
        super.reset();
    }

    /** Drops what is buffered; the Bio behind stays open. */
    @Override
    public void close() {
        clearIn();
        clearOut();
    }

    // Before TLS the buffers hold plaintext.
    private void clearIn() {
        Arrays.fill(in, (byte) 0);
        in = NOTHING;
        inStart = 0;
        inEnd = 0;
        noLineFeed = 0;
        readFailure = null;
    }

    private void clearOut() {
        Arrays.fill(out, (byte) 0);
        out = NOTHING;
        outStart = 0;
        outEnd = 0;
        writeFailure = null;
    }
}
