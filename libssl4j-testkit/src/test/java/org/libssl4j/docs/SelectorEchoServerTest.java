// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;

/** The server of docs/samples, as it stands there. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SelectorEchoServerTest {
    private static final int MUCH = 2 << 20; // more than the buffers hold, and than a client's share of a turn

    @TempDir
    static Path directory;

    private Sample server;

    @BeforeEach
    void start() throws Exception {
        server = Sample.start(OurEnd.server(Identity.ECDSA, null, null, "none"), directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ourClientGetsBackWhatItSends(boolean blocking) throws Exception {
        try (SocketChannel channel = connect();
                OurEnd client = client(channel, blocking)) {
            byte[] data = random(60_000);
            client.handshake();
            client.write(data);
            assertArrayEquals(data, client.read(data.length));
            assertEquals(0, client.sendCloseNotify());
            client.completeShutdown();
        }
    }

    @Test
    void theJdksClientGetsBackAllAfterItHasClosedItsSide() throws Exception {
        byte[] data = random(MUCH);
        try (SSLSocket client = (SSLSocket)
                trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, data));
            InputStream in = client.getInputStream();
            assertArrayEquals(data, in.readAllBytes());
            sent.get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(SSLSocket client, byte[] data) {
        try {
            OutputStream out = client.getOutputStream();
            out.write(data);
            out.flush();
            client.shutdownOutput(); // in TLS 1.3 a half-close: what we sent comes back behind it
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClientThatDoesNotReadCostsNothingAndNobodyWaitsForIt() throws Exception {
        try (SocketChannel stalled = connect();
                SocketChannel lively = connect();
                OurEnd first = client(stalled, false);
                OurEnd second = client(lively, true)) {
            first.handshake();
            fillBothDirections(first.ssl());

            second.handshake();
            int rounds = 500;
            long before = server.turns();
            for (int i = 0; i < rounds; i++) {
                byte[] data = random(100);
                second.write(data);
                assertArrayEquals(data, second.read(data.length));
            }
            long turns = server.turns() - before;
            // One or two for each message, and a few while the last of the first client's bytes find their place.
            assertTrue(turns <= 4 * rounds, turns + " turns for " + rounds + " messages");
        }
    }

    /** Writes until neither the connection nor the server has room for more. */
    private void fillBothDirections(Ssl ssl) {
        byte[] data = random(50_000);
        long still = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < still) {
            int n = ssl.write(data, 0, data.length);
            if (n > 0) {
                still = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            } else {
                assertEquals(SslError.WANT_WRITE, ssl.getError(n));
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aServerThatStopsSaysGoodbyeAndHearsOutItsClients() throws Exception {
        try (SocketChannel channel = connect();
                OurEnd client = client(channel, true)) {
            byte[] data = random(10_000);
            client.handshake();
            client.write(data);
            assertArrayEquals(data, client.read(data.length));
            server.stop();
            client.awaitCloseNotify();
            client.write(data); // our direction is still open
            assertEquals(1, client.sendCloseNotify());
            server.awaitEnd();
        }
    }

    @Test
    void aClientThatTalksNonsenseIsAloneWithIt() throws Exception {
        try (SocketChannel channel = connect();
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), server.port());
                OurEnd client = client(channel, true)) {
            client.handshake();
            stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.getInputStream().readAllBytes(); // an alert and the end
            client.write(random(1));
            assertArrayEquals(random(1), client.read(1));
            client.sendCloseNotify();
            client.completeShutdown();
        }
    }

    private SocketChannel connect() throws Exception {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static OurEnd client(SocketChannel channel, boolean blocking) throws Exception {
        Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
        ssl.setHostname(Identity.HOST);
        ssl.setConnectState();
        return blocking ? OurEnd.blocking(ssl, channel.socket()) : OurEnd.nonBlocking(ssl, channel);
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", Identity.ECDSA.issuer());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static byte[] random(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }
}
