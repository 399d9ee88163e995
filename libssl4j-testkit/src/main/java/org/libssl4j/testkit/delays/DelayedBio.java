// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.libssl4j.bio.Bio;

/** A Bio before another one that moves a few bytes at a time, and nothing in every other call; it keeps what was written. The other one may stand behind two such, so they are no chain. For one thread. */
final class DelayedBio extends Bio {
    private final Bio behind;
    private final int source;
    private final int sink;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean noRead;
    private boolean noWrite;
    private boolean held;
    private long moved;

    DelayedBio(Delays delays, Bio behind) {
        this.source = delays.source();
        this.sink = delays.sink();
        this.behind = behind;
    }

    /** Whether nothing at all is to be moved. */
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
        if (held && behind.shouldIoSpecial()) {
            return retryAs(behind); // it still has no connection
        }
        if (held || source > 0 && (noRead = !noRead)) {
            return retryRead();
        }
        int n = behind.read(b, off, source > 0 ? Math.min(len, source) : len);
        moved += Math.max(n, 0);
        return n < 0 ? retryAs(behind) : n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (held && behind.shouldIoSpecial()) {
            return retryAs(behind);
        }
        if (held || sink > 0 && (noWrite = !noWrite)) {
            return retryWrite();
        }
        int n = behind.write(b, off, sink > 0 ? Math.min(len, sink) : len);
        if (n > 0) {
            written.write(b, off, n);
            moved += n;
        }
        return n < 0 ? retryAs(behind) : n;
    }

    @Override
    public int flush() throws IOException {
        clearRetry();
        if (held) {
            return retryWrite();
        }
        return behind.flush() < 0 ? retryAs(behind) : 1;
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
