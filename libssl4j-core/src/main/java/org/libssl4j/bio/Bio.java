// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.Closeable;
import java.io.IOException;

/**
 * A source and sink of bytes: BIO of OpenSSL (bio(7), BIO_read(3), BIO_should_retry(3)).
 *
 * <p>{@link #read} and {@link #write} give -1 when nothing can be moved now; then {@link #shouldRetry()} is true, and {@link #shouldRead()}, {@link #shouldWrite()} and {@link #shouldIoSpecial()} say what has to happen before the same call is made again. What OpenSSL gives as -1 without the retry flag, a hard failure, is an {@link IOException}.
 *
 * <p>One thread may read while another one writes. The retry flags tell of the last call, whichever it was, as OpenSSL's do: with two threads a return of -1 is what counts.
 */
public abstract class Bio implements Closeable {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int IO_SPECIAL = 4;
    private static final int SHOULD_RETRY = 8;

    private volatile int flags;
    private volatile RetryReason reason = RetryReason.NONE;

    /** For implementations. */
    protected Bio() {}

    /**
     * Reads (BIO_read(3)).
     *
     * @param b where to
     * @param off from where on
     * @param len how many bytes at most
     * @return bytes read; 0 at the end of the stream, or if {@code len} is 0; -1: try again
     * @throws IOException if it failed for good
     */
    public abstract int read(byte[] b, int off, int len) throws IOException;

    /**
     * Writes (BIO_write(3)).
     *
     * @param b where from
     * @param off from where on
     * @param len how many bytes at most
     * @return bytes written, maybe fewer than {@code len}; 0 only if {@code len} is 0; -1: try again
     * @throws IOException if it failed for good
     */
    public abstract int write(byte[] b, int off, int len) throws IOException;

    /**
     * Sends on what is held back (BIO_flush(3)). A Bio that holds nothing back does nothing.
     *
     * @throws IOException if it failed for good
     */
    public void flush() throws IOException {}

    /**
     * Bytes that can be read without waiting, as far as the Bio itself holds them (BIO_pending(3)).
     *
     * @return their number
     */
    public int pending() {
        return 0;
    }

    /**
     * Bytes written that the Bio still holds (BIO_wpending(3)).
     *
     * @return their number
     */
    public int wpending() {
        return 0;
    }

    /**
     * Whether the end of what can be read was met (BIO_eof(3)).
     *
     * @return whether
     */
    public abstract boolean eof();

    /**
     * Frees what the Bio uses (BIO_free(3)); what it stands on is closed with it as {@link SocketBio#setClose} and its like say.
     *
     * @throws IOException if closing failed
     */
    @Override
    public void close() throws IOException {}

    /**
     * Whether the last call is to be made again (BIO_should_retry(3)).
     *
     * @return whether
     */
    public final boolean shouldRetry() {
        return (flags & SHOULD_RETRY) != 0;
    }

    /**
     * Whether the last call waits for bytes to read (BIO_should_read(3)).
     *
     * @return whether
     */
    public final boolean shouldRead() {
        return (flags & READ) != 0;
    }

    /**
     * Whether the last call waits for room to write (BIO_should_write(3)).
     *
     * @return whether
     */
    public final boolean shouldWrite() {
        return (flags & WRITE) != 0;
    }

    /**
     * Whether the last call waits for something else, which {@link #retryReason()} names (BIO_should_io_special(3)).
     *
     * @return whether
     */
    public final boolean shouldIoSpecial() {
        return (flags & IO_SPECIAL) != 0;
    }

    /**
     * What the last call waits for if {@link #shouldIoSpecial()} (BIO_get_retry_reason(3)).
     *
     * @return {@link RetryReason#NONE} if it does not
     */
    public final RetryReason retryReason() {
        return reason;
    }

    /** For implementations: the call that begins waits for nothing (BIO_clear_retry_flags(3)). */
    protected final void clearRetry() {
        if (flags != 0) {
            flags = 0;
            reason = RetryReason.NONE;
        }
    }

    /**
     * For implementations: the call waits for bytes to read (BIO_set_retry_read(3)).
     *
     * @return -1, to be returned at once
     */
    protected final int retryRead() {
        flags = READ | SHOULD_RETRY;
        return -1;
    }

    /**
     * For implementations: the call waits for room to write (BIO_set_retry_write(3)).
     *
     * @return -1, to be returned at once
     */
    protected final int retryWrite() {
        flags = WRITE | SHOULD_RETRY;
        return -1;
    }

    /**
     * For implementations: the call waits for something special (BIO_set_retry_special(3), BIO_set_retry_reason(3)).
     *
     * @param why for what
     * @return -1, to be returned at once
     */
    protected final int retrySpecial(RetryReason why) {
        reason = why;
        flags = IO_SPECIAL | SHOULD_RETRY;
        return -1;
    }
}
