// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.Closeable;
import java.io.IOException;

/**
 * A source and sink of bytes: BIO of OpenSSL (bio(7), BIO_read(3), BIO_should_retry(3)).
 *
 * <p>A Bio is a source and sink of its own, such as a {@link SocketBio}, or a {@link FilterBio} that reads from and writes to the Bio behind it. {@link #push} joins them to a chain.
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
    private Bio next;
    private Bio previous;

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
     * @return 1 when it is all sent; -1: try again
     * @throws IOException if it failed for good
     */
    public int flush() throws IOException {
        clearRetry();
        return 1;
    }

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
     * Whether {@link #read} comes back at once, as far as the Bio can tell: it has bytes, or it never waits.
     *
     * @return false if it might wait
     */
    public boolean readyToRead() {
        return pending() > 0;
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

    // ---- chains ----------------------------------------------------------------------------------------------------

    /**
     * Appends a Bio, or a chain of them, to the end of the chain that this one stands in (BIO_push(3)). Reads and writes of a filter go to the Bio behind it.
     *
     * @param append its first; null changes nothing
     * @return this Bio
     * @throws IllegalArgumentException if it is part of this chain, or of another one that it does not begin
     */
    public final Bio push(Bio append) {
        if (append == null) {
            return this;
        }
        if (append.previous != null) {
            throw new IllegalArgumentException("the Bio to be appended stands inside a chain; pop it first");
        }
        Bio last = this;
        while (last.next != null) {
            last = last.next;
        }
        for (Bio b = this; b != null; b = b.previous) {
            if (b == append) {
                throw new IllegalArgumentException("the Bio to be appended begins this very chain");
            }
        }
        last.next = append;
        append.previous = last;
        last.nextChanged();
        return this;
    }

    /**
     * Takes this Bio out of its chain and joins what stood before and behind it (BIO_pop(3)).
     *
     * @return the Bio that stood behind it, or null
     */
    public final Bio pop() {
        Bio behind = next;
        Bio before = previous;
        if (behind != null) {
            behind.previous = before;
        }
        next = null;
        previous = null;
        if (before != null) {
            before.next = behind;
            before.nextChanged();
        }
        if (behind != null) {
            nextChanged();
        }
        return behind;
    }

    /**
     * The Bio behind this one (BIO_next(3)).
     *
     * @return null at the end of the chain
     */
    public final Bio next() {
        return next;
    }

    /**
     * The first Bio of a kind, from this one to the end of the chain (BIO_find_type(3)).
     *
     * @param <T> the kind
     * @param type its class
     * @return null if there is none
     */
    public final <T extends Bio> T find(Class<T> type) {
        for (Bio b = this; b != null; b = b.next) {
            if (type.isInstance(b)) {
                return type.cast(b);
            }
        }
        return null;
    }

    /**
     * Closes this Bio and all behind it (BIO_free_all(3)), each even if another one's closing failed.
     *
     * @throws IOException the first failure; further ones are suppressed in it
     */
    public final void closeAll() throws IOException {
        IOException failed = null;
        for (Bio b = this; b != null; ) {
            Bio behind = b.next; // closing may change the chain
            try {
                b.close();
            } catch (IOException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
            b = behind;
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** For implementations: {@link #next()} is another one now (BIO_CTRL_PUSH and BIO_CTRL_POP). */
    protected void nextChanged() {}

    // ---- retries ---------------------------------------------------------------------------------------------------

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

    /**
     * The Bio of this chain that made the last call wait (BIO_get_retry_BIO(3)).
     *
     * @return the last one from here on that is to be retried; this one if none is
     */
    public final Bio retryBio() {
        Bio last = this;
        for (Bio b = this; b != null && b.shouldRetry(); b = b.next) {
            last = b;
        }
        return last;
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

    /**
     * For filters: the call waits for what another Bio's last one waits for (BIO_copy_next_retry(3)).
     *
     * @param other mostly {@link #next()}
     * @return -1, to be returned at once
     */
    protected final int retryAs(Bio other) {
        reason = other.reason;
        flags = other.flags;
        return -1;
    }
}
