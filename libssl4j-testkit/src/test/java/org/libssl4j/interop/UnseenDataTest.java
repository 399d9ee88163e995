// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;

/** Data that no selector knows of, because the {@link Ssl} has them already (docs/non-blocking.md). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnseenDataTest {
    private static final int RECORD_OVERHEAD = 5 + 1 + 16; // header, type and tag

    private SocketChannel channel;
    private Ssl client;
    private OurEnd server;
    private Selector selector;
    private SelectionKey key;

    @BeforeEach
    void handshake() throws Exception {
        client = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
        client.setHostname(Identity.HOST);
        SslCtx serverCtx = OurEnd.server(Identity.ECDSA, null, null, "none");
        serverCtx.setNumTickets(0); // they would go out before the first data, and come here as records without any
        Ssl atServer = new Ssl(serverCtx);
        atServer.setAcceptState();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel = SocketChannel.open(listener.getLocalAddress());
            server = OurEnd.blocking(atServer, listener.accept().socket());
        }
        client.setFd(channel); // it blocks for the handshake
        var served = Link.aside(() -> {
            server.handshake();
            return null;
        });
        assertEquals(1, client.connect(), () -> "" + client.failure());
        Link.result(served);
    }

    /** Records from the server, which the socket has when the selector is made. */
    private void send(int... lengths) throws Exception {
        int there = 0;
        for (int length : lengths) {
            server.write(new byte[length]);
            there += RECORD_OVERHEAD + length;
        }
        long end = System.nanoTime() + 20_000_000_000L;
        while (channel.socket().getInputStream().available() < there && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    @AfterEach
    void close() throws Exception {
        selector.close();
        client.close();
        channel.close();
        server.close();
    }

    private int read(int length) {
        return client.read(new byte[length], 0, length);
    }

    /** What the selector says within a moment. */
    private boolean readable() throws Exception {
        selector.selectedKeys().clear();
        return selector.select(100) > 0 && key.isReadable();
    }

    @Test
    void theRestOfARecordIsInTheSslAndTheChannelIsNotReadable() throws Exception {
        send(100);
        assertTrue(readable());
        assertEquals(10, read(10));
        assertFalse(readable());
        assertEquals(90, client.pending());
        assertTrue(client.hasPending());
        assertEquals(90, read(1000));
        assertEquals(SslError.WANT_READ, client.getError(read(1)));
        assertFalse(client.hasPending());
    }

    @Test
    void withReadAheadWholeRecordsAreInTheSslThoughNothingIsPending() throws Exception {
        client.setReadAhead(true);
        send(100, 50);
        assertTrue(readable());
        assertEquals(100, read(1000));
        assertFalse(readable());
        assertEquals(0, client.pending());
        assertTrue(client.hasPending());
        assertEquals(50, read(1000));
        assertEquals(SslError.WANT_READ, client.getError(read(1)));
    }

    @Test
    void withoutReadAheadTheNextRecordStaysInTheChannel() throws Exception {
        send(100, 50);
        assertTrue(readable());
        assertEquals(100, read(1000));
        assertFalse(client.hasPending());
        assertTrue(readable());
        assertEquals(50, read(1000));
    }
}
