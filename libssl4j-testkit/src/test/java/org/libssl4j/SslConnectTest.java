// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.AcceptBio;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.ConnectBio;
import org.libssl4j.bio.IpFamily;
import org.libssl4j.bio.RetryReason;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.Library;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.EnginePeer;

/** Chains of an {@link SslBio} over sockets: against a server of the JDK, and as a server with clients of the JDK. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslConnectTest {
    private static final Identity LOCALHOST =
            Identity.make(Identity.Kind.ECDSA, "localhost", Instant.now().plus(Duration.ofDays(1)));
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);

    private static EchoServer server; // is named "localhost"

    private final byte[] buffer = new byte[20_000];

    private static byte[] random(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    @BeforeAll
    static void serve() throws Exception {
        server = new EchoServer(LOCALHOST, 1);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
    }

    private static SslCtx trusting(Identity i) {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(i.issuer()));
        return ctx;
    }

    private static SslBio calling(String name) {
        SslBio bio = SslBio.newSslConnect(trusting(LOCALHOST));
        bio.find(ConnectBio.class).setConnHostname(name);
        bio.find(ConnectBio.class).setConnIpFamily(IpFamily.IPV4);
        return bio;
    }

    private void assertEchoes(Bio bio) throws IOException {
        assertEquals(HELLO.length, bio.write(HELLO, 0, HELLO.length));
        int have = 0;
        while (have < HELLO.length) {
            int n = bio.read(buffer, have, HELLO.length - have);
            assertTrue(n > 0);
            have += n;
        }
        assertArrayEquals(HELLO, Arrays.copyOf(buffer, have));
    }

    // ---- whom a client talks to ------------------------------------------------------------------------------------

    @Test
    void theNameThatIsCalledIsSentAndChecked() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        assertEquals(1, bio.doHandshake());
        assertEchoes(bio);
        assertEquals("localhost", bio.getSsl().getServername());
        assertEquals(VerifyResult.OK, bio.getSsl().getVerifyResult());
        bio.closeAll();
        EchoServer.Outcome o = server.outcome();
        assertNull(o.failure()); // close_notify was sent
        assertEquals(List.of(new SNIHostName("localhost")), o.names());
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        SslBio bio = calling("127.0.0.1:" + server.port()); // an address, which its certificate does not bear
        IOException e = assertThrows(IOException.class, bio::doHandshake);
        assertSame(bio.getSsl().failure(), e.getCause());
        assertEquals(VerifyResult.IP_ADDRESS_MISMATCH, bio.getSsl().getVerifyResult());
        bio.closeAll();
        assertNotNull(server.outcome().failure());
    }

    @Test
    void anAddressThatWasSetIsWhatIsChecked() throws Exception {
        SslBio bio = calling("localhost:1");
        bio.find(ConnectBio.class).setConnAddress(new InetSocketAddress("localhost", server.port()));
        assertThrows(IOException.class, bio::doHandshake);
        assertEquals(VerifyResult.IP_ADDRESS_MISMATCH, bio.getSsl().getVerifyResult());
        bio.closeAll();
        server.outcome();
    }

    @Test
    void aNameThatTheSslWasToldIsKept() throws Exception {
        SslBio bio = calling("127.0.0.1:" + server.port());
        bio.getSsl().setHostname("localhost");
        assertEquals(1, bio.doHandshake());
        assertEquals("localhost", bio.getSsl().getServername());
        bio.closeAll();
        server.outcome();

        SslBio checked = calling("localhost:" + server.port());
        checked.getSsl().set1Host("other.example");
        assertThrows(IOException.class, checked::doHandshake);
        assertEquals("localhost", checked.getSsl().getServername()); // is sent, and the other one checked
        checked.closeAll();
        server.outcome();

        SslBio address = calling("localhost:" + server.port());
        address.getSsl().setHostname("192.0.2.1");
        assertThrows(IOException.class, address::doHandshake);
        assertNull(address.getSsl().getServername());
        address.closeAll();
        server.outcome();
    }

    @Test
    void aNameThatIsNotToBeCheckedIsOnlySent() throws Exception {
        for (String name : new String[] {"localhost", "127.0.0.1"}) {
            SslCtx ctx = trusting(LOCALHOST);
            ctx.disableHostnameCheck();
            SslBio bio = SslBio.newSslConnect(ctx);
            bio.find(ConnectBio.class).setConnHostname(name + ":" + server.port());
            bio.find(ConnectBio.class).setConnIpFamily(IpFamily.IPV4);
            assertEquals(1, bio.doHandshake());
            assertEquals(name.equals("localhost") ? name : null, bio.getSsl().getServername());
            bio.closeAll();
            server.outcome();
        }
    }

    @Test
    void anEmptyHostIsNamedLocalhost() throws Exception {
        SslBio bio = calling(":" + server.port());
        assertEquals(1, bio.doHandshake());
        assertEquals("localhost", bio.getSsl().getServername());
        bio.closeAll();
        server.outcome();
    }

    @Test
    void aHostThatNoCertificateCanBearIsRefused() {
        SslBio bio = calling("no host name:1");
        assertThrows(IOException.class, bio::doHandshake);
        SslBio unset = SslBio.newSslConnect(trusting(LOCALHOST));
        assertThrows(IOException.class, unset::doHandshake);
    }

    @Test
    void theInnerOfTwoConnectionsIsNotNamedAsTheOuterOne() throws Exception {
        try (EchoServer two = new EchoServer(LOCALHOST, 2)) {
            SslBio unnamed = SslBio.newSsl(trusting(LOCALHOST), true);
            unnamed.push(calling("localhost:" + two.port()));
            assertThrows(IOException.class, unnamed::doHandshake);
            assertEquals(VerifyResult.HOSTNAME_MISMATCH, unnamed.getSsl().getVerifyResult());
            unnamed.closeAll();
        }
    }

    // ---- clients ---------------------------------------------------------------------------------------------------

    @Test
    void theFirstWriteConnectsAndHandshakes() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        assertEchoes(bio);
        bio.closeAll();
        assertFalse(bio.find(ConnectBio.class).channel().isOpen());
        assertNull(server.outcome().failure());
    }

    @Test
    void withoutAutoRetryABlockingReadMayAskForARetry() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        bio.getSsl().clearMode(SslMode.AUTO_RETRY);
        bio.write(HELLO, 0, HELLO.length);
        assertEquals(-1, bio.read(buffer, 0, 100)); // a ticket came
        assertTrue(bio.shouldRetry() && bio.shouldRead());
        int n;
        do {
            n = bio.read(buffer, 0, 100);
        } while (n < 0);
        assertEquals(HELLO.length, n);
        bio.closeAll();
        server.outcome();
    }

    @Test
    void withAutoRetryABlockingReadWaitsForData() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        assertTrue(bio.getSsl().getMode().contains(SslMode.AUTO_RETRY));
        bio.write(HELLO, 0, HELLO.length);
        assertEquals(HELLO.length, bio.read(buffer, 0, 100));
        assertNotNull(bio.getSsl().getSession()); // the ticket came before
        bio.closeAll();
        server.outcome();
    }

    @Test
    void aConnectionThatIsRefusedIsTheCause() {
        SslBio bio = calling("localhost:0");
        IOException e = assertThrows(IOException.class, bio::doHandshake);
        assertInstanceOf(IOException.class, e.getCause());
        assertEquals(SslError.SYSCALL, bio.getSsl().getError(-1));
    }

    @Test
    void linesGoThroughABufferedChain() throws Exception {
        BufferBio bio = SslBio.newBufferSslConnect(trusting(LOCALHOST));
        bio.find(ConnectBio.class).setConnHostname("localhost:" + server.port());
        bio.find(ConnectBio.class).setConnIpFamily(IpFamily.IPV4);
        assertEquals(1, bio.find(SslBio.class).doHandshake());
        bio.puts("one\n");
        bio.puts("two\n");
        assertEquals(1, bio.flush());
        assertEquals(4, bio.gets(buffer, 0, 100));
        assertEquals(4, bio.gets(buffer, 0, 100));
        assertEquals("two\n", new String(buffer, 0, 4, StandardCharsets.US_ASCII));
        SslBio.sslShutdown(bio);
        assertEquals(0, bio.read(buffer, 0, 1));
        bio.closeAll();
        assertNull(server.outcome().failure());
    }

    @Test
    void aResetChainConnectsAgain() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        assertEchoes(bio);
        SocketChannel first = bio.find(ConnectBio.class).channel();
        bio.reset();
        assertFalse(first.isOpen());
        assertNull(server.outcome().failure()); // close_notify was sent
        assertEchoes(bio);
        assertEquals("localhost", bio.getSsl().getServername());
        bio.closeAll();
        assertNull(server.outcome().failure());
    }

    @Test
    void aResetChainThatCallsSomebodyElseIsNamedAnew() throws Exception {
        SslBio bio = calling("localhost:" + server.port());
        assertEquals(1, bio.doHandshake());
        bio.reset();
        assertNull(bio.getSsl().getServername());
        server.outcome();
        bio.find(ConnectBio.class).setConnHostname("127.0.0.1"); // an address, which its certificate does not bear
        assertThrows(IOException.class, bio::doHandshake);
        assertEquals(VerifyResult.IP_ADDRESS_MISMATCH, bio.getSsl().getVerifyResult());
        server.outcome();

        bio.reset();
        bio.getSsl().add1Host("other.example");
        assertThrows(IOException.class, bio::doHandshake, "a name that was called before is no setting");
        bio.reset();
        bio.getSsl().setHostname("localhost");
        assertThrows(IOException.class, bio::doHandshake, "what is to be checked was set apart");
        assertEquals("localhost", bio.getSsl().getServername());
        bio.closeAll();
        server.outcome();
        server.outcome();
    }

    @Test
    void somebodyElseCannotBeCalledInTheMidstOfAHandshake() throws Exception {
        SslBio bio = calling("localhost:0");
        assertThrows(IOException.class, bio::doHandshake);
        ConnectBio connect = bio.find(ConnectBio.class);
        connect.reset(); // it alone: the handshake goes on, under the name with which it began
        connect.setConnHostname("127.0.0.1:" + server.port());
        String message = assertThrows(IOException.class, bio::doHandshake).getMessage();
        assertTrue(message.contains("handshake with localhost") && message.contains("127.0.0.1"), message);
        assertNull(connect.channel());
        bio.closeAll();
    }

    @Test
    void aChainThatCouldNotConnectIsNamedAsWhomItCallsNext() throws Exception {
        SslBio bio = calling("localhost:0");
        assertThrows(IOException.class, bio::doHandshake);
        bio.reset();
        bio.find(ConnectBio.class).setConnHostname("127.0.0.1:" + server.port());
        assertThrows(IOException.class, bio::doHandshake);
        assertEquals(VerifyResult.IP_ADDRESS_MISMATCH, bio.getSsl().getVerifyResult());
        bio.closeAll();
        server.outcome();
    }

    /** A call of a non-blocking chain. */
    private interface Call {
        int get() throws IOException;
    }

    /** Makes a call until it does not wait; notes what it waited for. */
    private static int drive(Bio bio, Set<RetryReason> reasons, Call call) throws IOException {
        while (true) {
            int r = call.get();
            if (r >= 0) {
                return r;
            }
            assertTrue(bio.shouldRetry());
            int operation = bio.shouldRead() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
            if (bio.shouldIoSpecial()) {
                reasons.add(bio.retryReason());
                assertEquals(RetryReason.CONNECT, bio.retryReason());
                operation = SelectionKey.OP_CONNECT;
            }
            try (Selector selector = Selector.open()) {
                bio.find(ConnectBio.class).channel().register(selector, operation);
                selector.select();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aNonBlockingChainIsDrivenByASelector(int layers) throws Exception {
        try (EchoServer s = new EchoServer(LOCALHOST, layers)) {
            SslBio bio = calling("localhost:" + s.port());
            bio.find(ConnectBio.class).setNbio(true);
            if (layers == 2) {
                SslBio inner = SslBio.newSsl(trusting(LOCALHOST), true);
                inner.getSsl().setHostname("localhost");
                inner.push(bio);
                bio = inner;
            }
            SslBio head = bio;
            Set<RetryReason> reasons = EnumSet.noneOf(RetryReason.class);
            assertEquals(1, drive(head, reasons, head::doHandshake));
            byte[] much = random(100_000);
            byte[] back = new byte[much.length];
            for (int sent = 0, have = 0; have < much.length; ) {
                int from = sent;
                if (sent < much.length) {
                    int n = Math.min(10_000, much.length - from);
                    sent += drive(head, reasons, () -> head.write(much, from, n));
                }
                for (int want = sent; have < want; ) {
                    int at = have;
                    int n = drive(head, reasons, () -> head.read(back, at, want - at));
                    assertTrue(n > 0);
                    have += n;
                }
            }
            assertArrayEquals(much, back);
            SslBio.sslShutdown(head);
            assertEquals(0, drive(head, reasons, () -> head.read(buffer, 0, 1)));
            head.closeAll();
            assertNull(s.outcome().failure());
            assertTrue(EnumSet.of(RetryReason.CONNECT).containsAll(reasons));
        }
    }

    @Test
    void aConnectionThatIsBeingMadeIsSpecial() throws Exception {
        try (java.net.ServerSocket full = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                Socket one = new Socket("127.0.0.1", full.getLocalPort());
                Socket two = new Socket("127.0.0.1", full.getLocalPort())) {
            assertTrue(one.isConnected() && two.isConnected()); // nobody accepts them: there is no room for a third
            SslBio bio = calling("localhost:" + full.getLocalPort());
            bio.find(ConnectBio.class).setNbio(true);
            List<Call> calls = List.of(
                    bio::doHandshake,
                    () -> bio.read(buffer, 0, 1),
                    () -> bio.write(HELLO, 0, HELLO.length),
                    bio::doHandshake);
            for (Call c : calls) {
                assertEquals(-1, c.get());
                assertTrue(bio.shouldRetry() && bio.shouldIoSpecial());
                assertFalse(bio.shouldRead() || bio.shouldWrite());
                assertEquals(RetryReason.CONNECT, bio.retryReason());
                assertEquals(SslError.WANT_CONNECT, bio.getSsl().getError(-1));
                assertSame(bio.find(ConnectBio.class), bio.retryBio());
            }
            bio.closeAll();
        }
    }

    @Test
    void aBlockingTunnelGoesThroughTls() throws Exception {
        try (EchoServer two = new EchoServer(LOCALHOST, 2)) {
            SslBio outer = calling("localhost:" + two.port());
            SslBio inner = SslBio.newSsl(trusting(LOCALHOST), true);
            inner.getSsl().setHostname("localhost");
            inner.push(outer);
            assertEquals(1, inner.doHandshake());
            assertEchoes(inner);
            inner.closeAll();
            assertNull(two.outcome().failure());
        }
    }

    // ---- servers ---------------------------------------------------------------------------------------------------

    private static SslCtx serving() {
        return MemoryPair.serverCtx();
    }

    private static EnginePeer jdkClient(int port) throws Exception {
        Socket s = new Socket("127.0.0.1", port);
        s.setSoTimeout(20_000);
        return new EnginePeer(
                Library.SUN_JSSE.engine(Library.Wish.client(Identity.ECDSA.issuer(), null, null, null)), s);
    }

    @Test
    void aServerPutsTlsBeforeEachConnectionItAccepts() throws Exception {
        SslCtx ctx = serving();
        AcceptBio accept = new AcceptBio("127.0.0.1:0");
        accept.setAcceptBios(() -> new BufferBio().push(SslBio.newSsl(ctx, false)));
        assertEquals(1, accept.doAccept());
        int port = accept.localAddress().getPort();
        for (int i = 0; i < 2; i++) {
            Thread client = new Thread(() -> {
                try (EnginePeer peer = jdkClient(port)) {
                    peer.handshake();
                    peer.write("GET /\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    assertArrayEquals("GET /\r\nbye\n".getBytes(StandardCharsets.US_ASCII), peer.read(11));
                    peer.awaitCloseNotify();
                    peer.sendCloseNotify();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            Throwable[] failed = {null};
            client.setUncaughtExceptionHandler((t, e) -> failed[0] = e);
            client.start();
            assertEquals(1, accept.doAccept());
            Bio connection = accept.pop();
            assertInstanceOf(BufferBio.class, connection);
            assertInstanceOf(ChannelBio.class, connection.next().next());
            SslBio tls = connection.find(SslBio.class);
            assertEquals(1, tls.doHandshake());
            int n = connection.gets(buffer, 0, 100);
            assertEquals(7, n);
            connection.write(buffer, 0, n);
            assertEquals(2, connection.gets(buffer, 0, 100));
            connection.puts("bye\n");
            connection.flush();
            SslBio.sslShutdown(connection);
            assertEquals(0, connection.read(buffer, 0, 1));
            connection.closeAll();
            client.join();
            assertNull(failed[0]);
        }
        accept.close();
    }

    @Test
    void readingFromTlsOverAnAcceptBioAcceptsAndHandshakes() throws Exception {
        SslBio bio = SslBio.newSsl(serving(), false);
        AcceptBio accept = new AcceptBio("127.0.0.1:0");
        accept.doAccept();
        bio.push(accept);
        Thread client = new Thread(() -> {
            try (EnginePeer peer = jdkClient(accept.localAddress().getPort())) {
                peer.handshake();
                peer.write(HELLO);
                peer.read(1);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Throwable[] failed = {null};
        client.setUncaughtExceptionHandler((t, e) -> failed[0] = e);
        client.start();
        assertEquals(HELLO.length, bio.read(buffer, 0, 100));
        assertEquals(1, bio.write(HELLO, 0, 1));
        client.join();
        assertNull(failed[0]);
        bio.closeAll();
        assertFalse(accept.channel().isOpen());
    }
}
