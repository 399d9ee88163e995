// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * A Bio over a channel, blocking or not as the channel's mode is (BIO_s_socket(3) over a socket with or without O_NONBLOCK).
 *
 * <p>While a non-blocking channel is not connected yet both calls are to be tried again, as OpenSSL's are on ENOTCONN.
 *
 * <p>The arrays that callers bring are wrapped once and the wrappers kept as long as the same array comes again, so that a steady stream makes no garbage; they are let go when the channel has nothing to read.
 */
public final class ChannelBio extends Bio {
    private final ByteChannel channel;
    private volatile boolean close;
    private volatile boolean eof;
    // Two for reading, because a record's header and its body are mostly read into different arrays.
    private ByteBuffer lastRead;
    private ByteBuffer earlierRead;
    private volatile ByteBuffer lastWrite;

    /**
     * A Bio that leaves the channel open when it is closed (BIO_NOCLOSE), as SSL_set_fd(3) makes it.
     *
     * @param channel connected
     */
    public ChannelBio(ByteChannel channel) {
        this(channel, false);
    }

    /**
     * A Bio over a channel (BIO_new_socket(3)).
     *
     * @param channel connected
     * @param close whether the channel is closed with the Bio: BIO_CLOSE or BIO_NOCLOSE
     */
    public ChannelBio(ByteChannel channel, boolean close) {
        this.channel = Objects.requireNonNull(channel);
        this.close = close;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        int n;
        try {
            n = channel.read(wrapForRead(b).clear().position(off).limit(off + len));
        } catch (NotYetConnectedException e) {
            n = 0;
        }
        if (n > 0) {
            return n;
        }
        lastRead = null;
        earlierRead = null;
        lastWrite = null;
        if (n == 0) {
            return retryRead();
        }
        eof = true;
        return 0;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        if (len == 0) {
            return 0;
        }
        ByteBuffer w = lastWrite;
        if (w == null || w.array() != b) {
            w = ByteBuffer.wrap(b);
            lastWrite = w;
        }
        try {
            int n = channel.write(w.clear().position(off).limit(off + len));
            return n > 0 ? n : retryWrite();
        } catch (NotYetConnectedException e) {
            return retryWrite();
        }
    }

    private ByteBuffer wrapForRead(byte[] b) {
        if (lastRead == null || lastRead.array() != b) {
            ByteBuffer found = earlierRead != null && earlierRead.array() == b ? earlierRead : ByteBuffer.wrap(b);
            earlierRead = lastRead;
            lastRead = found;
        }
        return lastRead;
    }

    @Override
    public boolean readyToRead() {
        if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
            return true;
        }
        try {
            return channel instanceof SocketChannel socket
                    && socket.socket().getInputStream().available() > 0;
        } catch (IOException | IllegalBlockingModeException e) {
            return false;
        }
    }

    @Override
    public boolean eof() {
        return eof;
    }

    /**
     * The channel (BIO_get_fd(3)).
     *
     * @return the channel
     */
    public ByteChannel channel() {
        return channel;
    }

    /**
     * Whether small writes are sent at once instead of being gathered (BIO_set_tcp_ndelay(3)).
     *
     * @param yes TCP_NODELAY
     * @throws IOException if the channel refuses, or is none of TCP
     */
    public void setTcpNodelay(boolean yes) throws IOException {
        if (!(channel instanceof NetworkChannel n)
                || !n.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            throw new IOException("no TCP channel: " + channel);
        }
        n.setOption(StandardSocketOptions.TCP_NODELAY, yes);
    }

    /**
     * Whether the channel is closed with the Bio (BIO_set_close(3)).
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    @Override
    public void close() throws IOException {
        if (close) {
            channel.close();
        }
    }
}
