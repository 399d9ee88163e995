// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;

/**
 * A Bio over a blocking socket (BIO_s_socket(3)).
 *
 * <p>When the socket's read timeout ({@link Socket#setSoTimeout}) runs out, {@link #read} gives -1 and is to be tried again: OpenSSL sees the same with SO_RCVTIMEO, whose EAGAIN is a retry and no failure. Nothing is lost. A socket whose channel was made non-blocking belongs into a {@link ChannelBio}.
 */
public final class SocketBio extends Bio {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean close;
    private volatile boolean eof;

    /**
     * A Bio that leaves the socket open when it is closed (BIO_NOCLOSE), as SSL_set_fd(3) makes it.
     *
     * @param socket connected
     * @throws IOException if its streams cannot be had
     */
    public SocketBio(Socket socket) throws IOException {
        this(socket, false);
    }

    /**
     * A Bio over a socket (BIO_new_socket(3)).
     *
     * @param socket connected
     * @param close whether the socket is closed with the Bio: BIO_CLOSE or BIO_NOCLOSE
     * @throws IOException if its streams cannot be had
     */
    public SocketBio(Socket socket, boolean close) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.close = close;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
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
        } catch (IllegalBlockingModeException e) {
            throw new IOException("the socket's channel is non-blocking; a ChannelBio can be had over it", e);
        }
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        try {
            out.write(b, off, len);
        } catch (IllegalBlockingModeException e) {
            throw new IOException("the socket's channel is non-blocking; a ChannelBio can be had over it", e);
        }
        return len;
    }

    @Override
    public boolean readyToRead() {
        try {
            return in.available() > 0;
        } catch (IOException | IllegalBlockingModeException e) {
            return false;
        }
    }

    @Override
    public boolean eof() {
        return eof;
    }

    /**
     * The socket (BIO_get_fd(3)).
     *
     * @return the socket
     */
    public Socket socket() {
        return socket;
    }

    /**
     * Whether small writes are sent at once instead of being gathered (BIO_set_tcp_ndelay(3)).
     *
     * @param yes TCP_NODELAY
     * @throws IOException if the socket refuses
     */
    public void setTcpNodelay(boolean yes) throws IOException {
        socket.setTcpNoDelay(yes);
    }

    /**
     * Whether the socket is closed with the Bio (BIO_set_close(3)).
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    @Override
    public void close() throws IOException {
        if (close) {
            socket.close();
        }
    }
}
