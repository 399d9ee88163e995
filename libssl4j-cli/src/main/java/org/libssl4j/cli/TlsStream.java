// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;

/**
 * A connection over a non-blocking channel, which waits where a call asks to be made again.
 *
 * <p>This is how to drive an {@link Ssl} that does not block: make the call; if it returns 0 or less, ask {@link Ssl#getError}; for WANT_READ and WANT_WRITE let the selector wait for just that, and make the same call again. A read may want to write and a write to read. {@link Relay} does the same for both directions at once.
 *
 * <p>Not thread-safe, as an {@link Ssl} is not.
 */
final class TlsStream implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final Ssl ssl;
    private final SocketChannel channel;
    private final Selector selector;
    private SelectionKey key; // null while the channel blocks
    private long deadline; // of System.nanoTime(); 0 for none
    private Duration limit;

    TlsStream(Ssl ssl, SocketChannel channel) throws IOException {
        this.ssl = ssl;
        this.channel = channel;
        this.selector = Selector.open();
        ssl.setFd(channel);
        ssl.setReadAhead(true); // nobody reads from this channel after us
        ssl.setMode(SslMode.ENABLE_PARTIAL_WRITE);
    }

    Ssl ssl() {
        return ssl;
    }

    Selector selector() {
        return selector;
    }

    String peer() {
        try {
            return Endpoint.text((InetSocketAddress) channel.getRemoteAddress());
        } catch (IOException e) {
            return "peer";
        }
    }

    /** From now on no call on the channel blocks, and {@link #within} holds. */
    void unblock() throws IOException {
        if (key == null) {
            channel.configureBlocking(false);
            key = channel.register(selector, 0);
        }
    }

    /** Gives what follows so much time; null for all the time in the world. */
    void within(Duration time) {
        limit = time;
        deadline = time == null ? 0 : System.nanoTime() + time.toNanos();
    }

    /** As a server that keeps nothing for a client before it has brought a cookie back; {@link #handshake} goes on. */
    void cookie() throws Failure, IOException {
        for (int r = ssl.stateless(); r != 1; r = ssl.stateless()) {
            if (r < 0) {
                await("handshake", ssl.getError(r));
            }
        }
    }

    void handshake() throws Failure, IOException {
        for (int r = ssl.doHandshake(); r <= 0; r = ssl.doHandshake()) {
            await("handshake", ssl.getError(r));
        }
    }

    /** Application data: how many bytes; -1 once the peer has closed its side. */
    int read(byte[] b) throws Failure, IOException {
        while (true) {
            int n = ssl.read(b, 0, b.length);
            if (n > 0) {
                return n;
            }
            SslError error = ssl.getError(n);
            if (error == SslError.ZERO_RETURN) {
                return -1;
            }
            await("read", error);
        }
    }

    /** Sends all of it. */
    void write(byte[] b, int off, int len) throws Failure, IOException {
        int done = 0;
        while (done < len) {
            int n = ssl.write(b, off + done, len - done);
            if (n > 0) {
                done += n;
            } else {
                await("write", ssl.getError(n));
            }
        }
    }

    /**
     * Says goodbye: sends close_notify and shuts the channel's output, then listens for the peer's, but not for long. A channel closed with unread bytes would make TCP reset the connection, and the peer might lose our last words.
     *
     * @param rest takes the data that comes meanwhile, or null
     */
    void goodbye(OutputPump rest) throws Failure, IOException {
        unblock();
        within(GOODBYE);
        int r = ssl.shutdown();
        while (ssl.getError(r) == SslError.WANT_WRITE && ready(SslError.WANT_WRITE)) {
            r = ssl.shutdown();
        }
        if (r == 1 || !shutdownOutput()) {
            return;
        }
        listen(rest);
    }

    /** Ends a connection that failed: gives an alert under way the time to arrive, for the reason that {@link #goodbye} has. */
    void hangUp() throws IOException {
        unblock();
        within(GOODBYE);
        if (!shutdownOutput()) {
            return;
        }
        ByteBuffer unread = ByteBuffer.allocate(Block.SIZE);
        try {
            while (ready(SslError.WANT_READ) && channel.read(unread) >= 0) {
                unread.clear();
            }
        } catch (IOException e) {
            // a peer that is gone is gone
        }
    }

    private boolean shutdownOutput() {
        try {
            channel.shutdownOutput();
            return true;
        } catch (IOException e) {
            return false; // the peer was faster
        }
    }

    private void listen(OutputPump rest) throws Failure, IOException {
        long last = System.nanoTime() + 10 * GOODBYE.toNanos();
        Block own = new Block();
        within(GOODBYE);
        while (System.nanoTime() < last) {
            Block b = rest == null ? own : rest.poll();
            if (b == null) {
                pauseForRoom();
                continue;
            }
            b.clear();
            int n = ssl.read(b.bytes, 0, Block.SIZE);
            b.to = Math.max(n, 0);
            if (rest != null) {
                rest.put(b);
            }
            if (n > 0) {
                within(GOODBYE);
            } else if (ssl.getError(n) != SslError.WANT_READ || !ready(SslError.WANT_READ)) {
                return;
            }
        }
    }

    private void pauseForRoom() throws IOException {
        key.interestOps(0);
        selector.select(GOODBYE.toMillis());
    }

    /** Waits for what a call wants; anything else it said ends the connection. */
    private void await(String during, SslError error) throws Failure, IOException {
        switch (error) {
            case WANT_READ, WANT_WRITE -> {
                if (!ready(error)) {
                    throw new Failure(during + ": the peer did nothing for " + seconds(limit));
                }
            }
            case ZERO_RETURN -> throw new Failure(during + ": the peer closed the connection");
            default -> throw Failure.of(during, ssl);
        }
    }

    private static String seconds(Duration d) {
        return d.toMillis() % 1000 == 0 ? d.toSeconds() + " s" : d.toMillis() + " ms";
    }

    /** Waits until the channel is ready; false when the time is over. */
    private boolean ready(SslError want) throws IOException {
        key.interestOps(want == SslError.WANT_WRITE ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        while (true) {
            long left = deadline == 0 ? 0 : (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (deadline != 0 && left <= 0) {
                return false;
            }
            int n = selector.select(left);
            selector.selectedKeys().clear();
            if (n > 0) {
                return true;
            }
        }
    }

    /** Waits for what is wanted in both directions at once, or until the selector is woken. */
    void select(int interest) throws IOException {
        key.interestOps(interest);
        selector.select();
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        ssl.close();
        selector.close();
        channel.close();
    }
}
