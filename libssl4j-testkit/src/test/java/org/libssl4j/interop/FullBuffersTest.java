// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.SslWant;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.pki.TestCertificate;

/** Calls that find no room for what they have to send, in the handshake and after it: certificates larger than what two sockets hold, and peers that do not read; and a Bio that takes nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullBuffersTest {
    private static final int SOCKET_BUFFER = 4096;
    private static final int LARGE = 500_000; // bytes of a certificate
    private static final int ROOM = 1000; // what a Bio takes at a time
    private static final int A_WHILE = 100; // milliseconds in which what is on its way over the loopback has come
    private static final TestCertificate ROOT =
            TestCertificate.builder().commonName("root").ca(1).build();
    private static final TestCertificate SMALL_ONE =
            TestCertificate.builder().dns(Identity.HOST).issuedBy(ROOT).build();
    private static final TestCertificate LARGE_ONE = TestCertificate.builder()
            .dns(Identity.HOST)
            .issuedBy(ROOT)
            .extension("1.3.6.1.4.1.99999.1", false, new byte[LARGE])
            .build();

    private SteppedEnd client;
    private SteppedEnd server;

    private void connect(Ssl atClient, Ssl atServer) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel there = SocketChannel.open();
            there.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            there.connect(listener.getLocalAddress());
            SocketChannel here = listener.accept();
            there.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            here.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            client = new SteppedEnd(atClient, there);
            server = new SteppedEnd(atServer, here);
        }
    }

    @AfterEach
    void close() throws IOException {
        if (client != null) {
            client.close();
            server.close();
        }
    }

    /** A client; the one whose writes are to find no room has much to send. */
    private static Ssl client(Role full) throws GeneralSecurityException {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(ROOT.x509()));
        ctx.setMaxCertList(2 * LARGE);
        TestCertificate own = full == Role.CLIENT ? LARGE_ONE : SMALL_ONE;
        ctx.useCertAndKey(List.of(own.x509()), own.privateKey());
        Ssl ssl = new Ssl(ctx);
        ssl.setHostname(Identity.HOST);
        ssl.setConnectState();
        return ssl;
    }

    /** A server that asks for a certificate; for the rest as the client. */
    private static Ssl server(Role full) throws GeneralSecurityException {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.setNumTickets(0); // a close_notify would bring them along, and it is alone that it is counted
        ctx.addTrusted(List.of(ROOT.x509()));
        ctx.setMaxCertList(2 * LARGE);
        TestCertificate own = full == Role.SERVER ? LARGE_ONE : SMALL_ONE;
        ctx.useCertAndKey(List.of(own.x509()), own.privateKey());
        ctx.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        Ssl ssl = new Ssl(ctx);
        ssl.setAcceptState();
        return ssl;
    }

    /** A call that handshakes. */
    enum Call {
        HANDSHAKE,
        READ,
        WRITE;

        IntSupplier on(Ssl ssl) {
            byte[] b = new byte[10];
            return switch (this) {
                case HANDSHAKE -> ssl::doHandshake;
                case READ -> () -> ssl.read(b, 0, b.length);
                case WRITE -> () -> ssl.write(b, 0, b.length);
            };
        }
    }

    // ---- sockets ---------------------------------------------------------------------------------------------------

    /** Which call it is that handshakes makes no difference: a read may have to wait for room, and a write for data. */
    @ParameterizedTest
    @CsvSource({
        "SERVER, HANDSHAKE",
        "SERVER, READ",
        "SERVER, WRITE",
        "CLIENT, HANDSHAKE",
        "CLIENT, READ",
        "CLIENT, WRITE"
    })
    void aHandshakeWaitsForRoomWhileThePeerDoesNotRead(Role role, Call call) throws Exception {
        connect(client(role), server(role));
        SteppedEnd us = role == Role.SERVER ? server : client;
        SteppedEnd peer = role == Role.SERVER ? client : server;
        IntSupplier ours = call.on(us.ssl());
        IntSupplier theirs = Call.WRITE.on(peer.ssl());

        SslError first = client.step(us == client ? ours : theirs);
        assertEquals(SslError.WANT_READ, first); // the ClientHello is out
        if (us == client) {
            assertFalse(peer.goOn(theirs, A_WHILE)); // the server's flight is out, and it reads no further
        }
        assertFalse(us.goOn(ours, A_WHILE));
        assertEquals(SslWant.WRITING, us.ssl().want());
        assertFalse(us.ssl().isInitFinished());

        int before = us.waitsForRoom();
        finish(us, ours, peer, theirs);
        assertTrue(us.waitsForRoom() > before, "the rest should have had to wait more than once");
        assertArrayEquals(LARGE_ONE.der(), peer.ssl().getPeerCertificate().getEncoded());
    }

    /** Both go on until both are done; neither makes a call that the selector has not called for. */
    private static void finish(SteppedEnd us, IntSupplier ours, SteppedEnd peer, IntSupplier theirs)
            throws IOException {
        boolean weAreDone = false;
        boolean peerIsDone = false;
        while (!weAreDone || !peerIsDone) {
            peerIsDone = peerIsDone || peer.goOn(theirs, 1);
            weAreDone = weAreDone || us.goOn(ours, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aWriteWaitsForRoomAndGoesOnWhereItWas(Role role) throws Exception {
        connect(client(null), server(null));
        finish(client, Call.HANDSHAKE.on(client.ssl()), server, Call.HANDSHAKE.on(server.ssl()));
        SteppedEnd us = role == Role.SERVER ? server : client;
        SteppedEnd peer = role == Role.SERVER ? client : server;
        SeededStream stream = new SeededStream(5);
        byte[] data = new byte[300_000];
        stream.fill(data, data.length, 0);
        IntSupplier ours = () -> us.ssl().write(data, 0, data.length);
        assertFalse(us.goOn(ours, A_WHILE));
        assertEquals(SslWant.WRITING, us.ssl().want());

        byte[] b = new byte[1000];
        int[] got = {0};
        IntSupplier theirs = () -> {
            int n = peer.ssl().read(b, 0, b.length);
            if (n > 0) {
                stream.check(b, n, got[0]);
                got[0] += n;
            }
            return got[0] == data.length ? 1 : Math.min(n, 0);
        };
        finish(us, ours, peer, () -> {
            int r = theirs.getAsInt();
            while (r == 0) { // some came, and more may be in the Ssl: no reason to wait
                r = theirs.getAsInt();
            }
            return r;
        });
        assertEquals(data.length, got[0]);
    }

    @Test
    void whoMakesACallAgainWithoutASelectIsCaught() throws Exception {
        connect(client(Role.SERVER), server(Role.SERVER));
        IntSupplier ours = Call.HANDSHAKE.on(server.ssl());
        assertEquals(SslError.WANT_READ, client.step(Call.HANDSHAKE.on(client.ssl())));
        assertThrows(AssertionError.class, () -> client.step(Call.HANDSHAKE.on(client.ssl())));
        assertFalse(server.goOn(ours, A_WHILE));
        assertEquals(SslWant.WRITING, server.ssl().want());
        assertThrows(AssertionError.class, () -> server.step(ours));
    }

    // ---- a Bio without room ----------------------------------------------------------------------------------------

    /** Lets so many bytes through as it was told to. */
    private static final class Gate extends FilterBio {
        private int room;
        private int asked;

        Gate() {
            push(new MemoryBio());
        }

        @Override
        public int write(byte[] b, int off, int len) throws IOException {
            asked++;
            int n = Math.min(room, len);
            room -= n;
            return n == 0 ? retryWrite() : super.write(b, off, n);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aBioWithoutRoomIsAskedOncePerCallAndLosesNothing(Role role) throws Exception {
        Ssl atClient = client(role);
        Ssl atServer = server(role);
        Gate toPeer = new Gate();
        MemoryBio toUs = new MemoryBio();
        Ssl us = role == Role.SERVER ? atServer : atClient;
        Ssl peer = role == Role.SERVER ? atClient : atServer;
        us.setBio(toUs, toPeer);
        peer.setBio(toPeer, toUs);

        int waits = 0;
        int theirs = -1;
        int ours = -1;
        while (ours != 1 || theirs != 1) {
            theirs = peer.doHandshake();
            assertTrue(theirs == 1 || peer.getError(theirs) == SslError.WANT_READ, () -> "" + peer.failure());
            ours = us.doHandshake();
            if (us.getError(ours) == SslError.WANT_WRITE) {
                waits++;
                String state = us.stateStringLong();
                int asked = toPeer.asked;
                assertEquals(SslError.WANT_WRITE, us.getError(us.doHandshake())); // still no room
                assertEquals(asked + 1, toPeer.asked);
                assertEquals(state, us.stateStringLong());
                toPeer.room = ROOM;
            } else {
                assertTrue(ours == 1 || us.getError(ours) == SslError.WANT_READ, () -> "" + us.failure());
            }
        }
        assertTrue(waits > LARGE / ROOM, waits + " waits");
        assertArrayEquals(LARGE_ONE.der(), peer.getPeerCertificate().getEncoded());

        toPeer.room = 0;
        assertEquals(-1, us.shutdown());
        assertEquals(SslError.WANT_WRITE, us.getError(-1));
        assertEquals(SslWant.WRITING, us.want());
        assertFalse(peer.receivedShutdown());
        toPeer.room = ROOM;
        assertEquals(0, us.shutdown());
        assertEquals(0, peer.read(new byte[1], 0, 1));
        assertEquals(SslError.ZERO_RETURN, peer.getError(0));
    }
}
