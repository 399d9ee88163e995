// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Bio that accepts connections on the loopback. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcceptBioTest {
    private final byte[] buffer = new byte[100];
    private final AcceptBio accept = new AcceptBio("127.0.0.1:0");
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable c : open) {
            c.close();
        }
        accept.closeAll();
    }

    private Socket call() throws IOException {
        Socket s = new Socket(
                InetAddress.getLoopbackAddress(), accept.localAddress().getPort());
        open.add(s);
        return s;
    }

    private <T extends AutoCloseable> T later(T closed) {
        open.add(closed);
        return closed;
    }

    // ---- where -----------------------------------------------------------------------------------------------------

    @Test
    void hostAndPortAreAsTheyWereSetUntilTheyAreBound() throws IOException {
        AcceptBio a = later(new AcceptBio());
        assertNull(a.getAcceptName());
        assertNull(a.getAcceptPort());
        assertThrows(IOException.class, a::doAccept);
        a.setAcceptName("*:https");
        assertNull(a.getAcceptName());
        assertEquals("https", a.getAcceptPort());
        a.setAcceptPort("4433");
        a.setAcceptName("[::1]");
        assertEquals("::1", a.getAcceptName());
        assertEquals("4433", a.getAcceptPort());
        assertEquals("4444", new AcceptBio("4444").getAcceptPort());
        a.setAcceptName("127.0.0.1:0");
        assertNull(a.localAddress());
        assertEquals(1, a.doAccept());
        assertEquals("127.0.0.1", a.getAcceptName());
        assertNotEquals("0", a.getAcceptPort());
        assertEquals(new InetSocketAddress("127.0.0.1", Integer.parseInt(a.getAcceptPort())), a.localAddress());
        assertThrows(IllegalArgumentException.class, () -> a.setAcceptName("::1"));
        assertThrows(IllegalArgumentException.class, () -> a.setAcceptPort("70000"));
        assertThrows(IllegalArgumentException.class, () -> new AcceptBio("no such service"));
    }

    @Test
    void withoutAHostAllInterfacesAreBound() throws IOException {
        for (String all : new String[] {"0", ":0", "*:0"}) {
            AcceptBio a = later(new AcceptBio(all));
            assertEquals(IpFamily.ANY, a.getAcceptIpFamily());
            a.setAcceptIpFamily(IpFamily.IPV4);
            assertEquals(IpFamily.IPV4, a.getAcceptIpFamily());
            a.doAccept();
            assertEquals("0.0.0.0", a.getAcceptName());
            new Socket(InetAddress.getLoopbackAddress(), a.localAddress().getPort()).close();
        }
    }

    @Test
    void anAddressOfAnotherFamilyIsRefused() {
        accept.setAcceptIpFamily(IpFamily.IPV6);
        assertThrows(IOException.class, accept::doAccept);
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        assertEquals(BindMode.NORMAL, accept.getBindMode());
        accept.doAccept();
        for (BindMode mode : BindMode.values()) {
            AcceptBio second = later(new AcceptBio("127.0.0.1:" + accept.getAcceptPort()));
            second.setBindMode(mode);
            assertEquals(mode, second.getBindMode());
            assertThrows(BindException.class, second::doAccept, mode::toString);
        }
    }

    @Test
    void thePortOfARememberedConnectionIsBoundInTheModesThatReuseIt() throws IOException {
        accept.setBindMode(BindMode.REUSEADDR);
        accept.doAccept();
        String port = accept.getAcceptPort();
        Socket client = call();
        accept.doAccept();
        accept.closeAll(); // the side that closes first remembers the connection
        client.getInputStream().read();
        client.close();

        AcceptBio normal = later(new AcceptBio("127.0.0.1:" + port));
        assertThrows(BindException.class, normal::doAccept);
        AcceptBio reuse = new AcceptBio("127.0.0.1:" + port);
        reuse.setBindMode(BindMode.REUSEADDR);
        assertEquals(1, reuse.doAccept());
        assertTrue(reuse.channel().getOption(StandardSocketOptions.SO_REUSEADDR));
        reuse.close();
        AcceptBio ifUnused = later(new AcceptBio("127.0.0.1:" + port));
        ifUnused.setBindMode(BindMode.REUSEADDR_IF_UNUSED);
        assertEquals(1, ifUnused.doAccept());
    }

    @Test
    void aFreePortIsBoundTheNormalWay() throws IOException {
        for (BindMode mode : BindMode.values()) {
            AcceptBio a = later(new AcceptBio("127.0.0.1:0"));
            a.setBindMode(mode);
            a.doAccept();
            assertEquals(mode == BindMode.REUSEADDR, a.channel().getOption(StandardSocketOptions.SO_REUSEADDR));
        }
    }

    // ---- accepting -------------------------------------------------------------------------------------------------

    @Test
    void theFirstCallBindsAndTheSecondAccepts() throws IOException {
        assertNull(accept.channel());
        assertEquals(1, accept.doAccept());
        assertNull(accept.next());
        assertTrue(accept.channel().isBlocking());
        assertNull(accept.getPeerAddress());
        assertNull(accept.getPeerName());
        assertNull(accept.getPeerPort());
        Socket client = call();
        assertEquals(1, accept.doAccept());
        assertInstanceOf(ChannelBio.class, accept.next());
        assertEquals(client.getLocalSocketAddress(), accept.getPeerAddress());
        assertEquals("127.0.0.1", accept.getPeerName());
        assertEquals("" + client.getLocalPort(), accept.getPeerPort());
    }

    @Test
    void whileAConnectionStandsBehindItNoOtherIsAccepted() throws IOException {
        accept.doAccept();
        call();
        call();
        accept.doAccept();
        Bio first = accept.next();
        assertEquals(1, accept.doAccept());
        assertSame(first, accept.next());
        assertNull(first.next(), "the second call stays in the queue");
    }

    @Test
    void poppedItAcceptsTheNextConnection() throws IOException {
        accept.doAccept();
        Socket one = call();
        accept.doAccept();
        Bio first = later(accept.pop());
        Socket two = call();
        assertEquals(1, accept.doAccept());
        Bio second = later(accept.pop());
        assertNull(accept.next());
        accept.close(); // the connections go on
        first.write(new byte[] {1}, 0, 1);
        second.write(new byte[] {2}, 0, 1);
        assertEquals(1, one.getInputStream().read());
        assertEquals(2, two.getInputStream().read());
    }

    @Test
    void readingBindsAndAcceptsFirst() throws Exception {
        accept.doAccept();
        Socket client = call();
        client.getOutputStream().write(new byte[] {4, 5});
        assertEquals(2, accept.read(buffer, 0, 10));
        assertEquals(1, accept.write(new byte[] {6}, 0, 1));
        assertEquals(1, accept.flush());
        assertEquals(6, client.getInputStream().read());
        assertFalse(accept.eof());
        client.shutdownOutput();
        assertEquals(0, accept.read(buffer, 0, 10));
        assertTrue(accept.eof());

        AcceptBio unbound = later(new AcceptBio("127.0.0.1:0"));
        unbound.setNbioAccept(true);
        assertEquals(-1, unbound.write(buffer, 0, 1));
        assertEquals(RetryReason.ACCEPT, unbound.retryReason());
        assertTrue(unbound.localAddress().getPort() > 0);
    }

    @Test
    void stringsAreWrittenButLinesNeedAnotherWay() throws IOException {
        accept.doAccept();
        Socket client = call();
        assertEquals(4, accept.puts("one\n"));
        assertEquals('o', client.getInputStream().read());
        client.getOutputStream().write("two\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(IOException.class, () -> accept.gets(buffer, 0, 100));
        assertEquals(4, accept.getLine(buffer, 0, 100));
    }

    @Test
    void withoutAConnectionThereIsNothingToFlushOrRead() throws IOException {
        assertEquals(1, accept.flush());
        assertEquals(0, accept.pending());
        assertFalse(accept.eof());
        assertFalse(accept.readyToRead());
    }

    @Test
    void resetClosesTheConnectionAndTheNextOneIsAwaited() throws IOException {
        accept.doAccept();
        Socket one = call();
        accept.doAccept();
        accept.reset();
        assertEquals(-1, one.getInputStream().read());
        assertNull(accept.next());
        Socket two = call();
        assertEquals(1, accept.doAccept());
        accept.write(new byte[] {3}, 0, 1);
        assertEquals(3, two.getInputStream().read());
    }

    @Test
    void resetClosesTheConnectionBehindFiltersToo() throws IOException {
        accept.setAcceptBios(FilterBio::new);
        accept.doAccept();
        Socket one = call();
        accept.doAccept();
        Bio connection = later(accept.find(ChannelBio.class)); // were it left open, its end would not come
        accept.reset();
        assertFalse(((ChannelBio) connection).channel().isOpen());
        assertEquals(-1, one.getInputStream().read());
    }

    @Test
    void aNonBlockingListenerIsToBeTriedAgain() throws IOException {
        accept.setNbioAccept(true);
        assertEquals(1, accept.doAccept());
        assertFalse(accept.channel().isBlocking());
        for (int i = 0; i < 3; i++) {
            int answer = i == 0 ? accept.doAccept() : i == 1 ? accept.read(buffer, 0, 1) : accept.write(buffer, 0, 1);
            assertEquals(-1, answer);
            assertTrue(accept.shouldRetry() && accept.shouldIoSpecial());
            assertFalse(accept.shouldRead() || accept.shouldWrite());
            assertEquals(RetryReason.ACCEPT, accept.retryReason());
        }
        Socket client = call();
        try (Selector selector = Selector.open()) {
            accept.channel().register(selector, SelectionKey.OP_ACCEPT);
            selector.select();
        }
        assertEquals(1, accept.doAccept());
        assertFalse(accept.shouldRetry());
        assertTrue(
                accept.find(ChannelBio.class).channel() instanceof java.nio.channels.SocketChannel c && c.isBlocking());
        client.getOutputStream().write(8);
        assertEquals(1, accept.read(buffer, 0, 10));
    }

    @Test
    void connectionsAreNonBlockingIfTheyAreToBe() throws IOException {
        accept.setNbio(true);
        accept.doAccept();
        call();
        assertEquals(1, accept.doAccept());
        assertEquals(-1, accept.read(buffer, 0, 1));
        assertTrue(accept.shouldRead() && !accept.shouldIoSpecial());
        assertTrue(accept.readyToRead());
    }

    @Test
    void filtersOfTheirOwnStandBeforeEachConnection() throws IOException {
        accept.setAcceptBios(() -> new FilterBio().push(new FilterBio()));
        accept.doAccept();
        List<Bio> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Socket client = call();
            accept.doAccept();
            client.getOutputStream().write(i);
            assertEquals(1, accept.read(buffer, 0, 10));
            assertEquals(i, buffer[0]);
            Bio first = accept.pop();
            seen.add(first);
            assertInstanceOf(FilterBio.class, first);
            assertInstanceOf(FilterBio.class, first.next());
            assertInstanceOf(ChannelBio.class, first.next().next());
            later(first.find(ChannelBio.class));
        }
        assertNotEquals(seen.get(0), seen.get(1));
        accept.setAcceptBios(() -> null);
        call();
        accept.doAccept();
        assertInstanceOf(ChannelBio.class, accept.next());
    }

    @Test
    void filtersThatWereUsedBeforeAreRefusedAndTheConnectionIsClosed() throws IOException {
        FilterBio always = new FilterBio();
        accept.setAcceptBios(() -> always);
        accept.doAccept();
        call();
        accept.doAccept();
        later(accept.pop().next());
        Socket second = call();
        assertThrows(IOException.class, accept::doAccept);
        assertNull(accept.next());
        assertEquals(-1, second.getInputStream().read());

        FilterBio inside = new FilterBio();
        new FilterBio().push(inside);
        accept.setAcceptBios(() -> inside);
        call();
        assertThrows(IOException.class, accept::doAccept);
        assertNull(accept.next());
    }

    @Test
    void aListeningChannelCanBeGiven() throws IOException {
        ServerSocketChannel given =
                later(ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        accept.setChannel(given, false);
        assertSame(given, accept.channel());
        call();
        assertEquals(1, accept.doAccept());
        assertInstanceOf(ChannelBio.class, accept.next());
        accept.close();
        assertTrue(given.isOpen());
        accept.setClose(true);
        accept.close();
        assertFalse(given.isOpen());
    }

    @Test
    void closingAllEndsListenerAndConnection() throws IOException {
        accept.doAccept();
        Socket client = call();
        accept.doAccept();
        accept.closeAll();
        assertFalse(accept.channel().isOpen());
        assertEquals(-1, client.getInputStream().read());
        assertThrows(
                IOException.class,
                () -> new Socket("127.0.0.1", accept.channel().socket().getLocalPort()));
        AcceptBio early = new AcceptBio("127.0.0.1:0");
        early.close();
        assertThrows(IOException.class, early::doAccept);
        assertNull(early.channel());
    }

    @Test
    void closingWakesWhoWaitsForAConnection() throws Exception {
        accept.doAccept();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                accept.doAccept();
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        waiting.start();
        accept.close(); // before or while it waits: the outcome is the same
        waiting.join();
        assertInstanceOf(ClosedChannelException.class, thrown.get());
    }

    @Test
    void twoConnectionsAreServedAsTheManualShowsIt() throws IOException {
        assertEquals(1, accept.doAccept());
        Socket one = call();
        assertEquals(1, accept.doAccept());
        Bio first = accept.pop();
        puts(first, "first\n");
        Socket two = call();
        assertEquals(1, accept.doAccept());
        Bio second = accept.pop();
        accept.close();
        puts(second, "second\n");
        puts(first, "first again\n");
        first.close();
        second.close();
        assertArrayEquals(
                "first\nfirst again\n".getBytes(StandardCharsets.US_ASCII),
                one.getInputStream().readAllBytes());
        assertArrayEquals(
                "second\n".getBytes(StandardCharsets.US_ASCII),
                two.getInputStream().readAllBytes());
    }

    private static void puts(Bio to, String text) throws IOException {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(b.length, to.write(b, 0, b.length));
    }

    /** Where in binding the other thread closes is chance, so it is tried often. */
    @Test
    void closeMayComeWhileThePortIsBound() throws Exception {
        for (int i = 0; i < 300; i++) {
            AcceptBio bio = later(new AcceptBio("127.0.0.1:0"));
            AtomicReference<IOException> thrown = new AtomicReference<>();
            Thread t = new Thread(() -> {
                try {
                    while (true) {
                        bio.doAccept();
                    }
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            t.start();
            for (int spin = 0; spin < i * 20; spin++) {
                Thread.onSpinWait();
            }
            bio.close();
            t.join();
            assertTrue(bio.channel() == null || !bio.channel().isOpen());
            assertNotNull(thrown.get());
        }
    }
}
