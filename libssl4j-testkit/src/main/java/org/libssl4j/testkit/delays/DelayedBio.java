// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.RetryReason;

/** A Bio before another one that moves a few bytes at a time, and nothing in every other call; it keeps what was written. The other one may stand behind two such, so they are no chain. For one thread. */
final class DelayedBio extends Bio {
    private static final Wait FOR_BYTES = new Wait(false, RetryReason.NONE);
    private static final Wait FOR_ROOM = new Wait(true, RetryReason.NONE);

    private final Bio behind;
    private final int source;
    private final int sink;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean noRead;
    private boolean noWrite;
    private Wait readWait = FOR_BYTES;
    private Wait writeWait = FOR_ROOM;
    private boolean held;
    private long moved;

    /** What a call has to be made again for. */
    private record Wait(boolean room, RetryReason special) {}

    DelayedBio(Delays delays, Bio behind) {
        this.source = delays.source();
        this.sink = delays.sink();
        this.behind = behind;
    }

    /** Whether nothing at all is to be moved: what had to wait waits for the same. */
    void hold(boolean yes) {
        held = yes;
    }

    /** Bytes moved so far. */
    long moved() {
        return moved;
    }

    /** All that was taken. */
    byte[] written() {
        return written.toByteArray();
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (held) {
            return wait(readWait);
        }
        readWait = FOR_BYTES;
        if (source > 0 && (noRead = !noRead)) {
            return wait(readWait);
        }
        int n = behind.read(b, off, source > 0 ? Math.min(len, source) : len);
        if (n < 0) {
            return wait(readWait = waitOfBehind());
        }
        moved += n;
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (held) {
            return wait(writeWait);
        }
        writeWait = FOR_ROOM;
        if (sink > 0 && (noWrite = !noWrite)) {
            return wait(writeWait);
        }
        int n = behind.write(b, off, sink > 0 ? Math.min(len, sink) : len);
        if (n < 0) {
            return wait(writeWait = waitOfBehind());
        }
        written.write(b, off, n);
        moved += n;
        return n;
    }

    @Override
    public int flush() throws IOException {
        clearRetry();
        if (held) {
            return wait(writeWait);
        }
        writeWait = FOR_ROOM;
        return behind.flush() < 0 ? wait(writeWait = waitOfBehind()) : 1;
    }

    private Wait waitOfBehind() {
        return new Wait(behind.shouldWrite(), behind.retryReason());
    }

    private int wait(Wait w) {
        return w.special() != RetryReason.NONE ? retrySpecial(w.special()) : w.room() ? retryWrite() : retryRead();
    }

    @Override
    public boolean eof() {
        return behind.eof();
    }

    @Override
    public boolean readyToRead() {
        return behind.readyToRead();
    }

    @Override
    public void close() throws IOException {
        behind.closeAll();
    }
}
