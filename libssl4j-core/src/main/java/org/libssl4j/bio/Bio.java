// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
    /** In {@link #retryType()}: the call waits for bytes to read (BIO_FLAGS_READ). */
    public static final int FLAGS_READ = 1;

    /** In {@link #retryType()}: the call waits for room to write (BIO_FLAGS_WRITE). */
    public static final int FLAGS_WRITE = 2;

    /** In {@link #retryType()}: the call waits for something else (BIO_FLAGS_IO_SPECIAL). */
    public static final int FLAGS_IO_SPECIAL = 4;

    private static final int TYPES = FLAGS_READ | FLAGS_WRITE | FLAGS_IO_SPECIAL;
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
     * Reads a line, its line feed included (BIO_gets(3)). A line longer than {@code len} comes in pieces. No NUL is put behind it: what counts is the number returned.
     *
     * @param b where to
     * @param off from where on
     * @param len how many bytes at most
     * @return bytes read, the last of them a line feed unless the line is longer or the stream ended in it, or, with a Bio that says so, has not come whole; 0 at the end of the stream, or if {@code len} is 0; -1: try again
     * @throws IOException if it failed for good, or this kind of Bio cannot do it: then {@link #getLine} can be called, or a {@link BufferBio} put before it
     */
    public int gets(byte[] b, int off, int len) throws IOException {
        throw new IOException(
                getClass().getSimpleName() + " has no gets; call getLine, or put a BufferBio in front of it");
    }

    /**
     * Reads a line, its line feed included, with one {@link #read} for each byte (BIO_get_line(3)): any Bio that can be read can do it, and no byte behind the line is taken.
     *
     * @param b where to
     * @param off from where on
     * @param len how many bytes at most
     * @return bytes read; if the last of them is no line feed there was no room for more, the stream ended, or the rest has not come yet, and a further call reads it; 0 at the end of the stream, or if {@code len} is 0; -1: try again
     * @throws IOException if a read failed for good; the bytes before it are in the array
     */
    public final int getLine(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        for (int n = 0; n < len; n++) {
            int r = read(b, off + n, 1);
            if (r <= 0 && n > 0) {
                clearRetry(); // this call did not fail; the next one finds out again
                return n;
            }
            if (r <= 0) {
                return r;
            }
            if (b[off + n] == '\n') {
                return n + 1;
            }
        }
        return len;
    }

    /**
     * Writes a string as UTF-8, without a line feed or a NUL behind it (BIO_puts(3)).
     *
     * @param s what
     * @return bytes written, maybe not all that the string has; 0 only if it is empty; -1: try again
     * @throws IOException if it failed for good
     */
    public final int puts(String s) throws IOException {
        byte[] b = s.getBytes(StandardCharsets.UTF_8);
        return write(b, 0, b.length);
    }

    /**
     * Brings the Bio back to how it began, which each kind says for itself (BIO_reset(3)).
     *
     * @throws IOException if it failed, or this kind of Bio cannot do it
     */
    public void reset() throws IOException {
        throw new IOException(getClass().getSimpleName() + " cannot be reset");
    }

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
     * Has another chain behind this Bio in place of what stands there (BIO_set_next(3)). It may be a part of the one that stands there; what is left of that is a chain of its own then.
     *
     * @param behind its first; cut off from what stood before it. Null for none
     * @throws IllegalArgumentException if it is this Bio, or one that stands before it
     */
    public final void setNext(Bio behind) {
        if (behind == next) {
            return;
        }
        for (Bio b = this; b != null; b = b.previous) {
            if (b == behind) {
                throw new IllegalArgumentException("the Bio that is to stand behind stands before, or is the same");
            }
        }
        if (next != null) {
            next.previous = null;
        }
        Bio before = behind == null ? null : behind.previous;
        if (before != null) {
            before.next = null;
        }
        next = behind;
        if (behind != null) {
            behind.previous = this;
        }
        if (before != null) {
            before.nextChanged();
        }
        nextChanged();
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
     * @throws IOException the first failure, which may be unchecked if a Bio's was; further ones are suppressed in it
     */
    public final void closeAll() throws IOException {
        Exception failed = null;
        for (Bio b = this; b != null; ) {
            Bio behind = b.next; // closing may change the chain
            try {
                b.close();
            } catch (IOException | RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else if (failed != e) {
                    failed.addSuppressed(e);
                }
            }
            b = behind;
        }
        if (failed instanceof IOException e) {
            throw e;
        }
        if (failed instanceof RuntimeException e) {
            throw e;
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
        return (flags & FLAGS_READ) != 0;
    }

    /**
     * Whether the last call waits for room to write (BIO_should_write(3)).
     *
     * @return whether
     */
    public final boolean shouldWrite() {
        return (flags & FLAGS_WRITE) != 0;
    }

    /**
     * Whether the last call waits for something else, which {@link #retryReason()} names (BIO_should_io_special(3)).
     *
     * @return whether
     */
    public final boolean shouldIoSpecial() {
        return (flags & FLAGS_IO_SPECIAL) != 0;
    }

    /**
     * What the last call waits for, as OpenSSL's mask (BIO_retry_type(3)).
     *
     * @return {@link #FLAGS_READ}, {@link #FLAGS_WRITE} or {@link #FLAGS_IO_SPECIAL}; 0 if it waits for nothing
     */
    public final int retryType() {
        return flags & TYPES;
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
        reason = RetryReason.NONE;
        flags = FLAGS_READ | SHOULD_RETRY;
        return -1;
    }

    /**
     * For implementations: the call waits for room to write (BIO_set_retry_write(3)).
     *
     * @return -1, to be returned at once
     */
    protected final int retryWrite() {
        reason = RetryReason.NONE;
        flags = FLAGS_WRITE | SHOULD_RETRY;
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
        flags = FLAGS_IO_SPECIAL | SHOULD_RETRY;
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
