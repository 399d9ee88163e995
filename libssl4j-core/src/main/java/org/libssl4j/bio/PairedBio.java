// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A half of a pair: it reads what is written to the other half (BIO_s_bio(3)). {@link BioPair#of} makes two that belong together.
 *
 * <p>It never waits: {@link #read} is to be tried again while the other half has written nothing, and {@link #write} while what was written before fills the buffer. The buffer is made when it is needed, and grows up to its size as it is.
 *
 * <p>Each half may be used by a thread of its own. A half that is not paired, or not any more, has nothing to read and cannot be written to: both calls fail.
 *
 * <p>A view ({@link #nread0}, {@link #nwrite0}) is a window into the buffer itself. It is valid until the half that it was asked of reads or writes, respectively, by any other call than {@link #nread} or {@link #nwrite}; until either half is closed or unpaired; and until the writing half is reset. Used later it shows, or fills, bytes of no meaning.
 */
public final class PairedBio extends Bio {
    /** Bytes that a half's buffer holds at first: as OpenSSL's, enough for the longest record. */
    public static final int DEFAULT_SIZE = 17 * 1024;

    private static final Object PAIRING = new Object(); // held for no more than a few assignments

    private record Pipes(BytePipe in, BytePipe out, PairedBio peer) {}

    private volatile int size = DEFAULT_SIZE;
    private volatile Pipes pipes; // null while not paired
    private volatile boolean closed;

    /** A half without the other one (BIO_new(3)); {@link #makePair} joins the two. */
    public PairedBio() {}

    // ---- pairing ---------------------------------------------------------------------------------------------------

    /**
     * Sets how many written bytes are held until the other half reads them (BIO_set_write_buf_size(3)).
     *
     * @param bytes more than 0
     * @throws IllegalStateException if the half is paired
     */
    public void setWriteBufSize(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a buffer of " + bytes + " bytes; more than 0 are needed");
        }
        synchronized (PAIRING) {
            if (pipes != null) {
                throw new IllegalStateException("the Bio is paired; the size of its buffer stays");
            }
            size = bytes;
        }
    }

    /**
     * How many written bytes are held (BIO_get_write_buf_size(3)).
     *
     * @return their number
     */
    public int getWriteBufSize() {
        return size;
    }

    /**
     * Joins this half with another one (BIO_make_bio_pair(3)).
     *
     * @param other not paired, as this one
     * @throws IllegalStateException if either is paired or closed
     * @throws IllegalArgumentException if they are the same
     */
    public void makePair(PairedBio other) {
        if (other == this) {
            throw new IllegalArgumentException("a Bio cannot be paired with itself");
        }
        synchronized (PAIRING) {
            if (pipes != null || other.pipes != null) {
                throw new IllegalStateException("a Bio of the two is paired already");
            }
            if (closed || other.closed) {
                throw new IllegalStateException("a Bio of the two is closed");
            }
            BytePipe there = new BytePipe(size);
            BytePipe back = new BytePipe(other.size);
            pipes = new Pipes(back, there, other);
            other.pipes = new Pipes(there, back, this);
        }
    }

    /** Ends the association of both halves (BIO_destroy_bio_pair(3)); what was not read yet is lost. Each can be paired again. Does nothing if there is none. */
    public void destroyPair() {
        Pipes were;
        synchronized (PAIRING) {
            were = pipes;
            if (were == null) {
                return;
            }
            were.peer.pipes = null;
            pipes = null;
        }
        were.in.sever();
        were.out.sever();
    }

    /**
     * Closes this half. What it wrote can still be read by the other one, which meets the end of the stream after it; to write to that one fails from now on, and what was not read here is lost.
     */
    @Override
    public void close() {
        Pipes p;
        synchronized (PAIRING) {
            closed = true;
            p = pipes;
        }
        if (p != null) {
            p.out.closeWriting();
            p.in.closeReading();
        }
    }

    private Pipes paired() throws IOException {
        if (closed) {
            throw new IOException("this half of the pair is closed");
        }
        Pipes p = pipes;
        if (p == null) {
            throw new IOException("this Bio is not paired");
        }
        return p;
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        int n = paired().in.read(b, off, len);
        return n < 0 ? retryRead() : n;
    }

    /**
     * What can be read, without copying or consuming it (BIO_nread0(3)): not all where the ring buffer wraps around.
     *
     * @return a read-only view, valid as the class says, which ends no later than the ring; an empty one at the end of the stream; null: try again
     * @throws IOException if the half is closed or not paired
     */
    public ByteBuffer nread0() throws IOException {
        clearRetry();
        ByteBuffer view = paired().in.readable();
        if (view == null) {
            retryRead();
        }
        return view;
    }

    /**
     * Consumes what {@link #nread0} showed (BIO_nread(3)).
     *
     * @param n bytes at most
     * @return how many: fewer if a view has fewer; 0 at the end of the stream, or if {@code n} is 0; -1: try again
     * @throws IOException if the half is closed or not paired
     */
    public int nread(int n) throws IOException {
        checkNotNegative(n);
        clearRetry();
        int done = paired().in.skip(n);
        return done < 0 ? retryRead() : done;
    }

    /** What the other half wrote and this one has not read (BIO_ctrl_pending(3)). */
    @Override
    public int pending() {
        Pipes p = pipes;
        return p == null || closed ? 0 : p.in.held();
    }

    /** Always: it never waits. */
    @Override
    public boolean readyToRead() {
        return true;
    }

    /** Whether there is nothing to read, and nothing will be: the other half wrote its last, or there is none. */
    @Override
    public boolean eof() {
        Pipes p = pipes;
        return p == null || closed || p.in.ended();
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        int n = paired().out.write(b, off, len);
        return n < 0 ? retryWrite() : n;
    }

    /**
     * The room that can be written to without copying (BIO_nwrite0(3)): not all where the ring buffer wraps around. Nothing is written before {@link #nwrite}.
     *
     * @return a view of at least one byte, valid as the class says; null: try again
     * @throws IOException if nothing can be written any more, or the half is not paired
     */
    public ByteBuffer nwrite0() throws IOException {
        clearRetry();
        ByteBuffer view = paired().out.writable();
        if (view == null) {
            retryWrite();
        }
        return view;
    }

    /**
     * Writes what was put at the start of the view of {@link #nwrite0}, or where the last call of this method left off in it (BIO_nwrite(3)).
     *
     * @param n bytes at most
     * @return how many: fewer if the view has fewer
     * @throws IOException if nothing can be written any more, or the half is not paired
     * @throws IllegalStateException if there is no valid view with a byte left
     */
    public int nwrite(int n) throws IOException {
        checkNotNegative(n);
        clearRetry();
        return paired().out.commit(n);
    }

    private static void checkNotNegative(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a number of bytes of " + n);
        }
    }

    /** What was written to this half and the other one has not read (BIO_ctrl_wpending(3)). */
    @Override
    public int wpending() {
        Pipes p = pipes;
        return p == null ? 0 : p.out.held();
    }

    /**
     * How many bytes the next {@link #write} is sure to take (BIO_ctrl_get_write_guarantee(3)).
     *
     * @return their number; 0 if it would fail or is to be tried again
     */
    public int getWriteGuarantee() {
        Pipes p = pipes;
        return p == null || closed ? 0 : p.out.room();
    }

    /**
     * How many bytes the other half wanted when it last found nothing to read (BIO_ctrl_get_read_request(3)): what it takes to have it go on.
     *
     * @return their number, never more than {@link #getWriteGuarantee}; 0 if its last try read something, or something was written since
     */
    public int getReadRequest() {
        Pipes p = pipes;
        return p == null || closed ? 0 : p.out.request();
    }

    /** Has {@link #getReadRequest} forget what the other half wanted (BIO_ctrl_reset_read_request(3)). */
    public void resetReadRequest() {
        Pipes p = pipes;
        if (p != null) {
            p.out.forgetRequest();
        }
    }

    /** Says that nothing more will be written to this half (BIO_shutdown_wr(3)): the other one meets the end of the stream when it has read what there is, and writing fails. Does nothing while not paired. */
    public void shutdownWrite() {
        Pipes p = pipes;
        if (p != null) {
            p.out.closeWriting();
        }
    }

    /** Drops what was written to this half and not read by the other one (BIO_reset(3)). */
    @Override
    public void reset() {
        Pipes p = pipes;
        if (p != null) {
            p.out.clear();
        }
    }
}
