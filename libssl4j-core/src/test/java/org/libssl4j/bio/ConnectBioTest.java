// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Bio that connects to the loopback. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectBioTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String NOBODY_LISTENS = "127.0.0.2"; // the listener is bound to another address

    private final byte[] buffer = new byte[100];
    private ServerSocket listener;
    private String port;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
        port = Integer.toString(listener.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    /** A host with addresses of our choice. */
    private ConnectBio toHostWith(String... addresses) {
        ConnectBio bio = new ConnectBio(host -> {
            assertEquals("many.example", host);
            List<InetAddress> all = new ArrayList<>();
            for (String a : addresses) {
                all.add(InetAddress.getByName(a));
            }
            return all.toArray(new InetAddress[0]);
        });
        bio.setConnHostname("many.example:" + port);
        return bio;
    }

    private static void await(SocketChannel channel, int operation) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, operation);
            selector.select();
        }
    }

    private static void assertConnecting(ConnectBio bio, int answer) {
        assertEquals(-1, answer);
        assertTrue(bio.shouldRetry() && bio.shouldIoSpecial());
        assertFalse(bio.shouldRead() || bio.shouldWrite());
        assertEquals(RetryReason.CONNECT, bio.retryReason());
    }

    // ---- where to --------------------------------------------------------------------------------------------------

    @Test
    void hostAndPortAreAsTheyWereSet() {
        ConnectBio bio = new ConnectBio();
        assertNull(bio.getConnHostname());
        assertNull(bio.getConnPort());
        assertNull(bio.getConnAddress());
        assertEquals(IpFamily.ANY, bio.getConnIpFamily());
        bio.setConnPort("https");
        bio.setConnHostname("a.example");
        assertEquals("a.example", bio.getConnHostname());
        assertEquals("https", bio.getConnPort());
        bio.setConnHostname("[2001:db8::1]:8443");
        assertEquals("2001:db8::1", bio.getConnHostname());
        assertEquals("8443", bio.getConnPort());
        bio.setConnPort("80");
        assertEquals("80", bio.getConnPort());
        bio.setConnIpFamily(IpFamily.IPV6);
        assertEquals(IpFamily.IPV6, bio.getConnIpFamily());
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        ConnectBio bio = new ConnectBio();
        assertThrows(IllegalArgumentException.class, () -> bio.setConnPort("65536"));
        assertThrows(IllegalArgumentException.class, () -> bio.setConnPort("no such service"));
        assertThrows(IllegalArgumentException.class, () -> bio.setConnHostname("::1"));
        assertThrows(IllegalArgumentException.class, () -> new ConnectBio("a:b:c"));
    }

    @Test
    void anAddressBecomesHostAndPort() throws IOException {
        ConnectBio bio = new ConnectBio("a.example:1");
        InetAddress named = InetAddress.getByAddress("a.name", new byte[] {127, 0, 0, 1});
        InetSocketAddress address = new InetSocketAddress(named, listener.getLocalPort());
        bio.setConnAddress(address);
        assertEquals(LOOPBACK, bio.getConnHostname()); // not its name, which may be that of a reverse look-up
        assertEquals(port, bio.getConnPort());
        assertSame(address, bio.getConnAddress());
        assertEquals(1, bio.doConnect());
        bio.close();
        assertThrows(
                IllegalArgumentException.class,
                () -> bio.setConnAddress(InetSocketAddress.createUnresolved("a.example", 1)));
    }

    @Test
    void withoutHostAndPortConnectingFails() {
        assertThrows(IOException.class, () -> new ConnectBio().doConnect());
        assertThrows(IOException.class, () -> new ConnectBio(LOOPBACK).doConnect());
        assertThrows(IOException.class, () -> new ConnectBio(LOOPBACK).read(buffer, 0, 1));
    }

    @Test
    void anEmptyHostIsTheLoopback() throws IOException {
        try (ConnectBio bio = new ConnectBio(":" + port)) {
            assertNull(bio.getConnHostname());
            assertEquals(1, bio.doConnect());
            assertTrue(bio.getConnAddress().getAddress().isLoopbackAddress());
        }
    }

    @Test
    void onlyAddressesOfTheFamilyAreTried() throws IOException {
        try (ConnectBio bio = toHostWith("::1", LOOPBACK)) {
            bio.setConnIpFamily(IpFamily.IPV4);
            assertEquals(1, bio.doConnect());
            assertEquals(LOOPBACK, bio.getConnAddress().getAddress().getHostAddress());
        }
        try (ConnectBio bio = toHostWith(LOOPBACK)) {
            bio.setConnIpFamily(IpFamily.IPV6);
            assertThrows(UnknownHostException.class, bio::doConnect);
        }
        try (ConnectBio bio = toHostWith("::1")) {
            bio.setConnIpFamily(IpFamily.IPV4);
            assertThrows(UnknownHostException.class, bio::doConnect);
        }
    }

    // ---- blocking --------------------------------------------------------------------------------------------------

    @Test
    void doConnectConnectsOnce() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            assertNull(bio.channel());
            assertEquals(1, bio.doConnect());
            SocketChannel channel = bio.channel();
            assertTrue(channel.isConnected() && channel.isBlocking());
            assertTrue(channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(1, bio.doConnect());
            assertSame(channel, bio.channel());
            assertEquals(listener.getLocalSocketAddress(), bio.getConnAddress());
        }
    }

    @Test
    void readingAndWritingConnectFirst() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            assertEquals(3, bio.write(new byte[] {0, 1, 2, 3}, 1, 3));
            try (Socket peer = listener.accept()) {
                assertEquals(1, peer.getInputStream().read());
                peer.getOutputStream().write(new byte[] {7, 8});
                assertEquals(2, bio.read(buffer, 10, 2));
                assertEquals(8, buffer[11]);
                assertFalse(bio.eof());
            }
        }
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            Thread greeting = new Thread(() -> {
                try (Socket peer = listener.accept()) {
                    peer.getOutputStream().write(9);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            greeting.start();
            assertEquals(1, bio.read(buffer, 0, 10));
            assertEquals(0, bio.read(buffer, 0, 10));
            assertTrue(bio.eof());
            assertFalse(bio.shouldRetry());
        }
    }

    @Test
    void aPageIsFetchedAsTheManualShowsIt() throws Exception {
        Thread server = new Thread(() -> {
            try (Socket peer = listener.accept()) {
                while (peer.getInputStream().read() != '\n') {
                    // the request's line
                }
                peer.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        server.start();
        StringBuilder page = new StringBuilder();
        try (ConnectBio bio = new ConnectBio("localhost:" + port)) {
            bio.setConnIpFamily(IpFamily.IPV4);
            assertEquals(1, bio.doConnect());
            byte[] request = "GET / HTTP/1.0\n\n".getBytes(StandardCharsets.US_ASCII);
            assertEquals(request.length, bio.write(request, 0, request.length));
            int n;
            while ((n = bio.read(buffer, 0, buffer.length)) > 0) {
                page.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
            }
            assertEquals(0, n);
        }
        server.join();
        assertTrue(page.toString().endsWith("hello"), page::toString);
    }

    @Test
    void stringsAreWrittenAndLinesRead() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            assertEquals(4, bio.puts("one\n"));
            try (Socket peer = listener.accept()) {
                assertEquals('o', peer.getInputStream().read());
                peer.getOutputStream().write("two\nthree\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals(4, bio.gets(buffer, 0, 100));
                assertEquals('t', buffer[0]);
                assertEquals(3, bio.gets(buffer, 0, 3)); // no room for more of the line
                assertEquals(3, bio.gets(buffer, 0, 100));
            }
        }
    }

    @Test
    void allAddressesAreTried() throws IOException {
        try (ConnectBio bio = toHostWith(NOBODY_LISTENS, "::1", LOOPBACK)) {
            assertEquals(1, bio.doConnect());
            assertEquals(LOOPBACK, bio.getConnAddress().getAddress().getHostAddress());
            assertEquals("many.example", bio.getConnHostname());
        }
    }

    @Test
    void aFailureNamesAllAddressesAndStaysUntilReset() throws IOException {
        try (ConnectBio bio = toHostWith(NOBODY_LISTENS, LOOPBACK)) {
            listener.close();
            IOException e = assertThrows(IOException.class, bio::doConnect);
            assertTrue(e.getMessage().contains(NOBODY_LISTENS), e::getMessage);
            assertTrue(e.getMessage().contains(LOOPBACK + ":" + port), e::getMessage);
            assertEquals(1, e.getSuppressed().length);

            listener = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
            port = Integer.toString(listener.getLocalPort());
            bio.setConnPort(port);
            assertThrows(IOException.class, () -> bio.write(buffer, 0, 1));
            assertThrows(IOException.class, bio::doConnect);
            bio.reset();
            assertEquals(1, bio.doConnect());
        }
    }

    @Test
    void resetClosesTheConnectionAndTheNextCallMakesAnother() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            bio.doConnect();
            SocketChannel first = bio.channel();
            try (Socket peer = listener.accept()) {
                bio.reset();
                assertFalse(first.isOpen());
                assertNull(bio.channel());
                assertEquals(-1, peer.getInputStream().read());
            }
            assertEquals(1, bio.write(buffer, 0, 1));
            assertNotSame(first, bio.channel());
            assertEquals(port, bio.getConnPort());
        }
    }

    @Test
    void theConnectionIsClosedWithTheBioUnlessItIsNotToBe() throws IOException {
        ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port);
        bio.doConnect();
        bio.setClose(false);
        bio.close();
        assertTrue(bio.channel().isOpen());
        bio.setClose(true);
        bio.close();
        assertFalse(bio.channel().isOpen());
        assertThrows(IOException.class, () -> bio.read(buffer, 0, 1));
        ConnectBio early = new ConnectBio(LOOPBACK + ":" + port);
        early.close();
        assertThrows(ClosedChannelException.class, early::doConnect);
    }

    @Test
    void anInterruptEndsConnectingWithoutTryingMore() throws Exception {
        try (ConnectBio bio = toHostWith(LOOPBACK, LOOPBACK)) {
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, bio::doConnect);
            assertTrue(Thread.interrupted());
            assertEquals(1, bio.doConnect());
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port);
        bio.doConnect();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                bio.read(buffer, 0, 1);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        reader.start();
        bio.close(); // before or while it reads: the outcome is the same
        reader.join();
        assertTrue(thrown.get() instanceof ClosedChannelException, () -> "" + thrown.get());
    }

    @Test
    void tcpNodelayIsSetNowAndForLaterConnections() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            bio.doConnect();
            assertFalse(bio.channel().getOption(StandardSocketOptions.TCP_NODELAY));
            bio.setTcpNodelay(true);
            assertTrue(bio.channel().getOption(StandardSocketOptions.TCP_NODELAY));
            bio.reset();
            bio.doConnect();
            assertTrue(bio.channel().getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    // ---- non-blocking ----------------------------------------------------------------------------------------------

    @Test
    void aNonBlockingConnectionIsToBeTriedAgainUntilItIsMade() throws IOException {
        List<Socket> others = new ArrayList<>();
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            // Two fill the listener's queue, so that the next one has to wait.
            others.add(new Socket(LOOPBACK, listener.getLocalPort()));
            others.add(new Socket(LOOPBACK, listener.getLocalPort()));
            bio.setNbio(true);
            assertConnecting(bio, bio.doConnect());
            SocketChannel channel = bio.channel();
            assertFalse(channel.isBlocking());
            assertConnecting(bio, bio.doConnect());
            assertConnecting(bio, bio.read(buffer, 0, 1));
            assertConnecting(bio, bio.write(buffer, 0, 1));
            assertSame(channel, bio.channel());

            others.add(listener.accept());
            others.add(listener.accept());
            await(channel, SelectionKey.OP_CONNECT);
            assertEquals(1, bio.doConnect());
            assertFalse(bio.shouldRetry());
            assertEquals(RetryReason.NONE, bio.retryReason());
            assertEquals(-1, bio.read(buffer, 0, 1));
            assertTrue(bio.shouldRead() && !bio.shouldIoSpecial());
            try (Socket peer = listener.accept()) {
                peer.getOutputStream().write(5);
                await(channel, SelectionKey.OP_READ);
                assertEquals(1, bio.read(buffer, 0, 1));
            }
        } finally {
            for (Socket s : others) {
                s.close();
            }
        }
    }

    @Test
    void nbioCountsForTheNextConnection() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            bio.doConnect();
            listener.accept().close();
            bio.setNbio(true);
            assertTrue(bio.channel().isBlocking());
            bio.reset();
            bio.doConnect();
            listener.accept().close();
            assertFalse(bio.channel().isBlocking());
            bio.setNbio(false);
            bio.reset();
            bio.doConnect();
            assertTrue(bio.channel().isBlocking());
        }
    }

    @Test
    void withoutBlockingAllAddressesAreTriedToo() throws IOException {
        try (ConnectBio bio = toHostWith(NOBODY_LISTENS, NOBODY_LISTENS, LOOPBACK)) {
            bio.setNbio(true);
            int answer;
            while ((answer = bio.doConnect()) < 0) {
                assertConnecting(bio, answer);
                await(bio.channel(), SelectionKey.OP_CONNECT);
            }
            assertEquals(1, answer);
            assertEquals(LOOPBACK, bio.getConnAddress().getAddress().getHostAddress());
        }
    }

    @Test
    void aNonBlockingConnectionThatIsRefusedFails() throws IOException {
        listener.close();
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            bio.setNbio(true);
            assertThrows(IOException.class, () -> {
                while (bio.write(buffer, 0, 1) < 0) {
                    await(bio.channel(), SelectionKey.OP_CONNECT);
                }
            });
            assertFalse(bio.shouldRetry());
        }
    }

    @Test
    void aFullNonBlockingConnectionWaitsForRoom() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            bio.doConnect();
            bio.channel().configureBlocking(false);
            byte[] much = new byte[1 << 20];
            int n;
            do {
                n = bio.write(much, 0, much.length);
            } while (n > 0);
            assertEquals(-1, n);
            assertTrue(bio.shouldWrite() && bio.shouldRetry() && !bio.shouldIoSpecial());
        }
    }

    @Test
    void itIsReadyToReadWhenItIsConnectedAndDoesNotWaitOrBytesAreThere() throws IOException {
        try (ConnectBio bio = new ConnectBio(LOOPBACK + ":" + port)) {
            assertFalse(bio.readyToRead());
            bio.doConnect();
            assertFalse(bio.readyToRead());
            try (Socket peer = listener.accept()) {
                peer.getOutputStream().write(new byte[] {1, 2});
                bio.read(buffer, 0, 1);
                assertTrue(bio.readyToRead());
            }
            bio.reset();
            bio.setNbio(true);
            assertFalse(bio.readyToRead(), "to read would look the name up, and that waits");
            while (bio.doConnect() < 0) {
                Thread.onSpinWait();
            }
            assertTrue(bio.readyToRead());
        }
    }
}
