// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** Our server with a selector: many connections at once in one thread, none of which waits for another. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {
    private static final int CONNECTIONS = 200;
    private static final int DATA = 64 * 1024;

    @Test
    void twoHundredConnectionsAtOnceAreServedByOneThread() throws Exception {
        SslCtx ctx = OurEnd.server(Identity.ECDSA, null, null, "many");
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                Selector selector = Selector.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            CompletableFuture<Integer> server = Link.aside(() -> serve(ctx, listener, selector));

            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            CyclicBarrier handshaken = new CyclicBarrier(CONNECTIONS);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                clients.add(Link.aside(() -> client(address, number, handshaken)));
            }
            CompletableFuture.allOf(clients.toArray(new CompletableFuture<?>[0]))
                    .get(50, TimeUnit.SECONDS);
            assertEquals(CONNECTIONS, Link.result(server));
        }
    }

    /** A SunJSSE client. Nobody sends data before all have handshaken, so all connections are open at once. */
    private static Void client(InetSocketAddress address, int number, CyclicBarrier handshaken) throws Exception {
        try (Socket socket = new Socket(address.getAddress(), address.getPort());
                EnginePeer peer = new EnginePeer(
                        Library.SUN_JSSE.engine(Wish.client(Identity.ECDSA.issuer(), null, null, "many")), socket)) {
            socket.setSoTimeout(40_000);
            peer.handshake();
            handshaken.await(40, TimeUnit.SECONDS);
            peer.write(data(number));
            assertArrayEquals(data(~number), peer.read(DATA));
            peer.sendCloseNotify();
            peer.awaitCloseNotify();
        }
        return null;
    }

    /** Serves until as many connections have been shut down in order as were awaited. */
    private static int serve(SslCtx ctx, ServerSocketChannel listener, Selector selector) throws IOException {
        int ended = 0;
        while (ended < CONNECTIONS) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    SocketChannel channel = listener.accept();
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ, new Connection(ctx, channel));
                } else if (((Connection) key.attachment()).go(key)) {
                    key.channel().close();
                    ended++;
                }
            }
            selector.selectedKeys().clear();
        }
        return ended;
    }

    /** The bytes of a connection: its number, then what that seeds. */
    private static byte[] data(int number) {
        byte[] b = new byte[DATA];
        new Random(number).nextBytes(b);
        ByteBuffer.wrap(b).putInt(number);
        return b;
    }

    /** One connection: reads its data, checks them, answers, shuts down. */
    private static final class Connection {
        private final Ssl ssl;
        private final byte[] received = new byte[DATA];
        private int have;
        private byte[] answer;
        private boolean answered;

        Connection(SslCtx ctx, SocketChannel channel) {
            ssl = new Ssl(ctx);
            ssl.setFd(channel);
            ssl.setAcceptState();
        }

        /** Does what can be done now; true at the end. */
        boolean go(SelectionKey key) {
            while (true) {
                int r = step();
                if (r <= 0) {
                    SslError e = ssl.getError(r);
                    if (e == SslError.WANT_READ || e == SslError.WANT_WRITE) {
                        key.interestOps(e == SslError.WANT_READ ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
                        return false;
                    }
                    if (e != SslError.ZERO_RETURN || !answered) {
                        throw new AssertionError(e + " in " + ssl.stateStringLong(), ssl.failure());
                    }
                    int end = ssl.shutdown();
                    if (end != 1) {
                        throw new AssertionError("shutdown() returned " + end, ssl.failure());
                    }
                    ssl.close();
                    return true;
                }
            }
        }

        private int step() {
            if (answered) {
                return ssl.read(new byte[1], 0, 1);
            }
            if (answer != null) {
                int r = ssl.write(answer, 0, DATA);
                answered = r > 0;
                return r;
            }
            int r = ssl.read(received, have, DATA - have); // the handshake too goes on by itself
            have += Math.max(0, r);
            if (have == DATA) {
                int number = ByteBuffer.wrap(received).getInt();
                assertArrayEquals(data(number), received);
                answer = data(~number);
            }
            return r;
        }
    }
}
