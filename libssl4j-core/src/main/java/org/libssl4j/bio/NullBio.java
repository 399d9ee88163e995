// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.util.Objects;

/** A Bio that takes everything and keeps nothing, and has nothing to read (BIO_s_null(3)): the end of a chain whose filters are all that is wanted. */
public final class NullBio extends Bio {
    /** Made at no cost. */
    public NullBio() {}

    /** 0: the stream ends where it begins. */
    @Override
    public int read(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        return 0;
    }

    /** Takes it all. */
    @Override
    public int write(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        return len;
    }

    /** 0, as {@link #read}. */
    @Override
    public int gets(byte[] b, int off, int len) {
        return read(b, off, len);
    }

    /** Does nothing. */
    @Override
    public void reset() {}

    /** Always: it never waits. */
    @Override
    public boolean readyToRead() {
        return true;
    }

    /** Always. */
    @Override
    public boolean eof() {
        return true;
    }
}
