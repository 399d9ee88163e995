// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;

/**
 * A thousand connections, both ends of each on one thread with one selector. Every end sends, reads, rests at random places while its peer's writes find no room, and closes its direction when it is through, be the peer or not.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThousandConnectionsTest {
    private static final int CONNECTIONS = 1_000;
    private static final int SOCKET_BUFFER = 8_192; // so small that every stream fills it many times over
    private static final long LEAST = 75_000; // more than what two sockets and two records under way hold
    private static final long MOST = 150_000;
    private static final int IDLE_MILLIS = 500;
    private static final int LOOKS = 10;
    private static final int MOST_TURNS = 200_000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Random random = new Random(20);
    private final List<StallingEnd> ends = new ArrayList<>();
    private Selector selector;
    private long toReceive;

    @BeforeEach
    void connect() throws IOException {
        checkFileDescriptors();
        selector = Selector.open();
        SslCtx client = OurEnd.client(Identity.ECDSA, null, null, null);
        SslCtx server = OurEnd.server(Identity.ECDSA, null, null, "none");
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int number = 0; number < CONNECTIONS; number++) {
                SocketChannel ours = SocketChannel.open();
                ours.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
                ours.connect(listener.getLocalAddress());
                add(number, new Ssl(client), ours, new Ssl(server), listener.accept());
            }
        }
    }

    private void add(int number, Ssl client, SocketChannel there, Ssl server, SocketChannel here) throws IOException {
        there.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        here.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        client.setHostname(Identity.HOST);
        client.setConnectState();
        server.setAcceptState();
        // One end is through long before the other: the connection is half-closed for a good while.
        long few = LEAST + random.nextInt(10_000);
        long many = few * 3 / 2 + random.nextInt((int) (MOST - LEAST));
        boolean clientFirst = random.nextBoolean();
        long up = clientFirst ? few : many;
        long down = clientFirst ? many : few;
        ends.add(new StallingEnd(number, false, client, there, selector, up, down));
        ends.add(new StallingEnd(number, true, server, here, selector, down, up));
        toReceive += up + down;
    }

    /** Two sockets a connection, and what the rest of the process has open. */
    private static void checkFileDescriptors() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long needed = 2L * CONNECTIONS + 100 + unix.getOpenFileDescriptorCount();
            long limit = unix.getMaxFileDescriptorCount();
            assertTrue(
                    limit >= needed,
                    () -> "this test needs " + needed + " file descriptors, and the limit is " + limit + " (ulimit -n "
                            + needed + " raises it)");
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    @Test
    void aThousandConnectionsWithStallsAndHalfClosesLoseNothing() throws IOException {
        // Nobody reads: all handshake and write until there is no room.
        for (StallingEnd end : ends) {
            end.begin();
        }
        goOnUntilNothingMoves();
        for (StallingEnd end : ends) {
            assertTrue(end.isFull(), () -> "its writes should wait for room: " + end);
        }
        System.out.println("thousand connections, all wait for room: " + idle());

        wakeSome(1);
        goOnUntil(toReceive / 2);
        for (StallingEnd end : ends) {
            if (!end.over()) {
                end.rest();
            }
        }
        goOnUntilNothingMoves();
        for (StallingEnd end : ends) {
            assertTrue(end.over() || end.isFull() || end.hasSentAll(), end::toString);
        }
        System.out.println("thousand connections, all wait half way: " + idle());

        goOnUntil(toReceive);
        for (StallingEnd end : ends) {
            assertTrue(end.over(), end::toString);
        }
        long halfClosed = ends.stream().filter(StallingEnd::heardAfterGoodbye).count();
        assertTrue(halfClosed > CONNECTIONS / 2, () -> halfClosed + " ends have read after their own goodbye");
        assertEquals(toReceive, received());
        long waits = ends.stream().mapToLong(StallingEnd::fullBuffers).sum();
        System.out.println("thousand connections, all: " + toReceive + " bytes, " + waits + " waits for room, "
                + calls() + " calls");
    }

    /** What the thread does while nothing can happen: says it, and fails if it is more than to wait. The kernel may still move what lies in its buffers, so one of a few looks has to find nothing; a loop that spins spoils each. */
    private String idle() throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            long calls = calls();
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long end = System.nanoTime() + IDLE_MILLIS * 1_000_000L;
            int ready = 0;
            int wakeUps = 0;
            for (long left = IDLE_MILLIS; left > 0 && ready == 0; left = (end - System.nanoTime()) / 1_000_000) {
                ready = turn(left);
                wakeUps++;
            }
            if (ready > 0) {
                goOnUntilNothingMoves();
                continue;
            }
            processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
            assertTrue(wakeUps <= 3, "woken " + wakeUps + " times while nothing happened");
            assertEquals(calls, calls(), "calls while nothing happened");
            return ends.stream().filter(e -> !e.over()).count() + " ends, " + IDLE_MILLIS + " ms: " + wakeUps
                    + " wake-ups, no call of an Ssl, " + processor / 1000 + " µs of processor time";
        }
        throw new AssertionError("channels are ready again and again, though nobody reads");
    }

    private void goOnUntilNothingMoves() throws IOException {
        for (int still = 0, turns = 0; still < 2; turns++) {
            assertTrue(turns < MOST_TURNS, "channels are ready without end, though nobody reads");
            still = turn(100) == 0 ? still + 1 : 0;
        }
    }

    /** Goes on until so many bytes were received in all; for all of them: until every connection is closed. */
    private void goOnUntil(long bytes) throws IOException {
        while (bytes < toReceive ? received() < bytes : ends.stream().anyMatch(e -> !e.over())) {
            boolean someRest = ends.stream().anyMatch(StallingEnd::isResting);
            int n = turn(someRest ? 0 : PATIENCE_MILLIS);
            // Those who rest do so at least until their peers wait for room.
            if (n == 0) {
                assertTrue(someRest, "nothing moves");
                wakeSome(2);
            }
        }
    }

    private void wakeSome(int oneOf) throws IOException {
        for (StallingEnd end : ends) {
            if (end.isResting() && random.nextInt(oneOf) == 0) {
                end.wake();
            }
        }
    }

    /** One select, and those who were waiting for it; how many. */
    private int turn(long millis) throws IOException {
        int n = millis == 0 ? selector.selectNow() : selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            ((StallingEnd) key.attachment()).ready(key.readyOps());
        }
        selector.selectedKeys().clear();
        return n;
    }

    private long received() {
        return ends.stream().mapToLong(StallingEnd::received).sum();
    }

    private long calls() {
        return ends.stream().mapToLong(StallingEnd::calls).sum();
    }
}
