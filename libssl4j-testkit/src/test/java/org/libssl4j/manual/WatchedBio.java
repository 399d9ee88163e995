// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;

/** Before a memory Bio: counts reads; and if it is to be like a blocking one, fails the test at a read that would block. */
final class WatchedBio extends FilterBio {
    private final MemoryBio bytes;
    private final boolean blocking;
    private int reads;

    WatchedBio(MemoryBio bytes, boolean blocking) {
        this.bytes = bytes;
        this.blocking = blocking;
        push(bytes);
    }

    int reads() {
        return reads;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        reads++;
        assertTrue(!blocking || bytes.pending() > 0, "a blocking Bio would block here");
        return super.read(b, off, len);
    }
}
