// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import java.io.IOException;
import org.libssl4j.bio.FilterBio;

/** Counts what goes through. */
final class CountingBio extends FilterBio {
    private long moved;

    /** Bytes in both directions so far; the end of the stream counts as one. */
    long moved() {
        return moved;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int n = super.read(b, off, len);
        moved += n == 0 && len > 0 ? 1 : Math.max(0, n);
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        int n = super.write(b, off, len);
        moved += Math.max(0, n);
        return n;
    }
}
