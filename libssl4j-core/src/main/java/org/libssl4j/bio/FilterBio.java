// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;

/**
 * A Bio that reads from and writes to the one behind it (bio(7)); {@link #push} says which that is. Used as it is it changes nothing (BIO_f_null(3)); what a kind of its own does it overrides.
 *
 * <p>Closing it leaves the one behind it open; {@link #closeAll} closes the chain.
 */
public class FilterBio extends Bio {
    /** A filter at the end of a chain of its own. */
    public FilterBio() {}

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Bio from = behind();
        clearRetry();
        int n = from.read(b, off, len);
        return n < 0 ? retryAs(from) : n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Bio to = behind();
        clearRetry();
        int n = to.write(b, off, len);
        return n < 0 ? retryAs(to) : n;
    }

    @Override
    public int gets(byte[] b, int off, int len) throws IOException {
        Bio from = behind();
        clearRetry();
        int n = from.gets(b, off, len);
        return n < 0 ? retryAs(from) : n;
    }

    /**
     * Resets the Bio behind this one.
     *
     * @throws IOException if that one cannot be, or there is none
     */
    @Override
    public void reset() throws IOException {
        behind().reset();
    }

    @Override
    public int flush() throws IOException {
        Bio to = behind();
        clearRetry();
        int r = to.flush();
        return r < 0 ? retryAs(to) : r;
    }

    @Override
    public int pending() {
        return next() == null ? 0 : next().pending();
    }

    @Override
    public int wpending() {
        return next() == null ? 0 : next().wpending();
    }

    @Override
    public boolean readyToRead() {
        return next() != null && next().readyToRead();
    }

    @Override
    public boolean eof() {
        return next() == null || next().eof();
    }

    /**
     * The Bio behind this one.
     *
     * @return never null
     * @throws IOException if there is none
     */
    protected final Bio behind() throws IOException {
        if (next() == null) {
            throw new IOException(getClass().getSimpleName() + " is a filter, and no Bio was pushed behind it");
        }
        return next();
    }
}
