// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Objects;

/**
 * A Bio over Java's blocking streams, either of which may be missing (as BIO_s_file(3) has them for a {@code FILE}). A {@link SocketTimeoutException} means: try again. They are closed with the Bio unless {@link #setClose} says otherwise.
 */
public final class StreamBio extends Bio {
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean close = true;
    private volatile boolean eof;

    /**
     * A Bio over two streams.
     *
     * @param in read from, or null
     * @param out written to, or null
     */
    public StreamBio(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (in == null) {
            throw new IOException("this Bio has no stream to read from");
        }
        if (len == 0) {
            return 0;
        }
        try {
            int n = in.read(b, off, len);
            if (n > 0) {
                return n;
            }
            eof = true;
            return 0;
        } catch (SocketTimeoutException e) {
            return retryRead();
        }
    }

    /** Reads the line byte by byte, as {@link #getLine}: what buffers is the stream. */
    @Override
    public int gets(byte[] b, int off, int len) throws IOException {
        return getLine(b, off, len);
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (out == null) {
            throw new IOException("this Bio has no stream to write to");
        }
        out.write(b, off, len);
        return len;
    }

    /**
     * Flushes the output stream (BIO_flush(3)).
     *
     * @return 1
     * @throws IOException if it failed
     */
    @Override
    public int flush() throws IOException {
        clearRetry();
        if (out != null) {
            out.flush();
        }
        return 1;
    }

    @Override
    public boolean readyToRead() {
        try {
            return in != null && in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean eof() {
        return eof;
    }

    /**
     * Whether the streams are closed with the Bio (BIO_set_close(3)).
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    @Override
    public void close() throws IOException {
        if (!close) {
            return;
        }
        try {
            flush();
        } finally {
            closeStreams();
        }
    }

    private void closeStreams() throws IOException {
        try {
            if (out != null) {
                out.close();
            }
        } finally {
            if (in != null) {
                in.close();
            }
        }
    }
}
