// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import org.libssl4j.bio.FilterBio;

/** Lets through as many bytes as it was allowed, and then says "later": the runner's flag {@code -async}. */
final class AsyncBio extends FilterBio {
    private long readable;
    private long writable;

    void allowRead(long bytes) {
        readable += bytes;
    }

    void allowWrite(long bytes) {
        writable += bytes;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (len > 0 && readable == 0) {
            return retryRead();
        }
        int n = super.read(b, off, (int) Math.min(len, readable));
        readable -= Math.max(n, 0);
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (len > 0 && writable == 0) {
            return retryWrite();
        }
        int n = super.write(b, off, (int) Math.min(len, writable));
        writable -= Math.max(n, 0);
        return n;
    }
}
