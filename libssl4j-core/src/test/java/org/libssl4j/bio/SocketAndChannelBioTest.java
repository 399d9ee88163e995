// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Bios over sockets, channels and streams. */
class SocketAndChannelBioTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private final byte[] buffer = new byte[100];

    /** Two connected sockets. */
    private record Sockets(Socket a, Socket b) implements AutoCloseable {
        static Sockets open() throws IOException {
            try (ServerSocket listening = new ServerSocket(0, 1, LOOPBACK)) {
                Socket a = new Socket(LOOPBACK, listening.getLocalPort());
                return new Sockets(a, listening.accept());
            }
        }

        @Override
        public void close() throws IOException {
            a.close();
            b.close();
        }
    }

    /** Two connected channels. */
    private record Channels(SocketChannel a, SocketChannel b) implements AutoCloseable {
        static Channels open() throws IOException {
            try (ServerSocketChannel listening = ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
                SocketChannel a = SocketChannel.open(listening.getLocalAddress());
                return new Channels(a, listening.accept());
            }
        }

        @Override
        public void close() throws IOException {
            a.close();
            b.close();
        }
    }

    // ---- sockets ---------------------------------------------------------------------------------------------------

    @Test
    void bytesGoOverASocketUntilItsEnd() throws IOException {
        try (Sockets s = Sockets.open()) {
            SocketBio a = new SocketBio(s.a);
            SocketBio b = new SocketBio(s.b);
            assertEquals(3, a.write(new byte[] {0, 1, 2, 3}, 1, 3));
            assertEquals(3, b.read(buffer, 10, 3));
            assertEquals(2, buffer[11]);
            assertFalse(b.eof());
            s.a.shutdownOutput();
            assertEquals(0, b.read(buffer, 0, 10));
            assertTrue(b.eof());
            assertFalse(b.shouldRetry());
        }
    }

    @Test
    void aReadTimeoutIsToBeTriedAgain() throws IOException {
        try (Sockets s = Sockets.open()) {
            SocketBio b = new SocketBio(s.b);
            s.b.setSoTimeout(20);
            assertEquals(-1, b.read(buffer, 0, 10));
            assertTrue(b.shouldRetry());
            assertTrue(b.shouldRead());
            s.a.getOutputStream().write(7);
            s.b.setSoTimeout(10_000);
            assertEquals(1, b.read(buffer, 0, 10));
            assertFalse(b.shouldRetry());
        }
    }

    @Test
    void aSocketIsClosedWithItsBioIfItIsToBe() throws IOException {
        try (Sockets s = Sockets.open()) {
            new SocketBio(s.a).close();
            assertFalse(s.a.isClosed());
            new SocketBio(s.a, true).close();
            assertTrue(s.a.isClosed());
            SocketBio b = new SocketBio(s.b);
            b.setClose(true);
            b.close();
            assertTrue(b.socket().isClosed());
            assertThrows(IOException.class, () -> b.read(buffer, 0, 1));
            assertThrows(IOException.class, () -> b.write(buffer, 0, 1));
        }
    }

    @Test
    void stringsAreWrittenButLinesNeedAnotherWay() throws IOException {
        try (Sockets s = Sockets.open();
                Channels c = Channels.open()) {
            Bio[][] ends = {{new SocketBio(s.a), new SocketBio(s.b)}, {new ChannelBio(c.a), new ChannelBio(c.b)}};
            for (Bio[] e : ends) {
                assertEquals(8, e[0].puts("one\ntwo\n"));
                assertThrows(IOException.class, () -> e[1].gets(buffer, 0, 100));
                assertEquals(4, e[1].getLine(buffer, 0, 100));
                assertEquals(4, new BufferBio().push(e[1]).gets(buffer, 0, 100));
                assertEquals('t', buffer[0]);
            }
        }
    }

    @Test
    void thePeerOfASocketThatIsClosedWithItsBioReadsItsEnd() throws IOException {
        try (Sockets s = Sockets.open();
                Channels c = Channels.open()) {
            new SocketBio(s.a, true).close();
            assertEquals(0, new SocketBio(s.b).read(buffer, 0, 1));
            new ChannelBio(c.a, true).close();
            assertEquals(0, new ChannelBio(c.b).read(buffer, 0, 1));
        }
    }

    @Test
    void tcpNodelayIsTheSockets() throws IOException {
        try (Sockets s = Sockets.open()) {
            new SocketBio(s.a).setTcpNodelay(true);
            assertTrue(s.a.getTcpNoDelay());
            new SocketBio(s.a).setTcpNodelay(false);
            assertFalse(s.a.getTcpNoDelay());
        }
        try (Channels c = Channels.open()) {
            new ChannelBio(c.a).setTcpNodelay(true);
            assertTrue(c.a.getOption(StandardSocketOptions.TCP_NODELAY));
            new ChannelBio(c.a).setTcpNodelay(false);
            assertFalse(c.a.getOption(StandardSocketOptions.TCP_NODELAY));
        }
        assertThrows(IOException.class, () -> new ChannelBio(new Endless()).setTcpNodelay(true));
    }

    @Test
    void aSocketOfANonBlockingChannelIsRefusedWithoutAnUncheckedException() throws IOException {
        try (Channels c = Channels.open()) {
            SocketBio a = new SocketBio(c.a.socket());
            c.a.configureBlocking(false);
            assertThrows(IOException.class, () -> a.read(buffer, 0, 1));
            assertThrows(IOException.class, () -> a.write(buffer, 0, 1));
        }
    }

    // ---- channels --------------------------------------------------------------------------------------------------

    @Test
    void aBlockingChannelWaits() throws Exception {
        try (Channels c = Channels.open()) {
            ChannelBio b = new ChannelBio(c.b);
            Thread later = new Thread(() -> {
                try {
                    Thread.sleep(30);
                    new ChannelBio(c.a).write(new byte[] {5}, 0, 1);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            later.start();
            assertEquals(1, b.read(buffer, 0, 10));
            later.join();
            c.a.shutdownOutput();
            assertEquals(0, b.read(buffer, 0, 10));
            assertTrue(b.eof());
        }
    }

    @Test
    void aNonBlockingChannelIsToBeTriedAgain() throws IOException {
        try (Channels c = Channels.open()) {
            c.a.configureBlocking(false);
            c.b.configureBlocking(false);
            ChannelBio a = new ChannelBio(c.a);
            ChannelBio b = new ChannelBio(c.b);
            assertEquals(-1, b.read(buffer, 0, 10));
            assertTrue(b.shouldRead() && b.shouldRetry() && !b.shouldWrite());
            byte[] much = new byte[1_000_000];
            long written = 0;
            int n;
            while ((n = a.write(much, 0, much.length)) > 0) {
                written += n;
            }
            assertEquals(-1, n);
            assertTrue(a.shouldWrite() && a.shouldRetry() && !a.shouldRead());
            long got = 0;
            while (got < written) {
                got += Math.max(0, b.read(much, 0, much.length));
            }
            assertEquals(written, got);
            assertTrue(a.write(much, 0, 10) > 0);
            assertFalse(a.shouldRetry());
        }
    }

    @Test
    void aChannelThatIsNotConnectedYetIsToBeTriedAgain() throws IOException {
        try (SocketChannel c = SocketChannel.open()) {
            c.configureBlocking(false);
            ChannelBio bio = new ChannelBio(c);
            assertEquals(-1, bio.read(buffer, 0, 1));
            assertTrue(bio.shouldRead());
            assertEquals(-1, bio.write(buffer, 0, 1));
            assertTrue(bio.shouldWrite());
        }
    }

    @Test
    void aChannelIsClosedWithItsBioIfItIsToBe() throws IOException {
        try (Channels c = Channels.open()) {
            new ChannelBio(c.a).close();
            assertTrue(c.a.isOpen());
            new ChannelBio(c.a, true).close();
            assertFalse(c.a.isOpen());
            ChannelBio b = new ChannelBio(c.b);
            b.setClose(true);
            b.close();
            assertFalse(b.channel().isOpen());
            assertThrows(IOException.class, () -> b.read(buffer, 0, 1));
        }
    }

    /** Gives and takes all it is asked for. */
    private static final class Endless implements ByteChannel {
        @Override
        public int read(ByteBuffer b) {
            int n = b.remaining();
            b.position(b.limit());
            return n;
        }

        @Override
        public int write(ByteBuffer b) {
            return read(b);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aStreamOfRecordsMakesNoGarbage() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ChannelBio bio = new ChannelBio(new Endless());
        byte[] header = new byte[5];
        byte[] body = new byte[1000];
        byte[] out = new byte[1000];
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            bio.read(header, 0, 5);
            bio.read(body, i % 500, 500);
            bio.write(out, i % 500, 500);
        }
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 10_000);
    }
}
