// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.SslSession;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.interop.Identity;

/** ssl(7): the course of a connection, and the objects that it takes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslOverviewManualTest {
    @Test
    void aConnectionOverASocketFromHandshakeToShutdown() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket toServer = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket toClient = listener.accept()) {
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> serve(toClient));
            try (Ssl client = new Ssl(MemoryPair.clientCtx())) {
                client.setHostname(Identity.HOST);
                client.setFd(toServer);
                assertEquals(1, client.connect(), () -> String.valueOf(client.failure()));
                assertEquals(3, client.write(new byte[] {1, 2, 3}, 0, 3));
                byte[] b = new byte[3];
                for (int n = 0; n < 3; ) {
                    int r = client.read(b, n, 3 - n);
                    assertTrue(r > 0, () -> String.valueOf(client.failure()));
                    n += r;
                }
                assertArrayEquals(new byte[] {2, 4, 6}, b);
                assertEquals(0, client.shutdown());
                assertEquals(1, client.shutdown());
            }
            assertEquals(1, served.get(50, TimeUnit.SECONDS), "the server has seen the client's shutdown");
        }
    }

    /** A server that doubles three bytes; what its shutdown gives. */
    private static int serve(Socket socket) {
        try (Ssl server = new Ssl(MemoryPair.serverCtx())) {
            server.setFd(socket);
            assertEquals(1, server.accept(), () -> String.valueOf(server.failure()));
            byte[] b = new byte[3];
            for (int n = 0; n < 3; ) {
                int r = server.read(b, n, 3 - n);
                assertTrue(r > 0, () -> String.valueOf(server.failure()));
                n += r;
            }
            for (int i = 0; i < 3; i++) {
                b[i] *= 2;
            }
            assertEquals(3, server.write(b, 0, 3));
            int end = server.read(b, 0, 1);
            assertEquals(0, end);
            assertEquals(SslError.ZERO_RETURN, server.getError(end));
            return server.shutdown();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aConnectionMayBeMadeOverBiosAsWell() throws Exception {
        MemoryPair p = MemoryPair.unbounded().connected();
        assertEquals(1, p.client.write(new byte[] {9}, 0, 1));
        byte[] b = new byte[1];
        assertEquals(1, p.server.read(b, 0, 1));
        assertEquals(9, b[0]);
    }

    @Test
    void aContextNeedsAMethod() {
        assertThrows(NullPointerException.class, () -> new SslCtx(null));
    }

    @Test
    void theContextSaysWhichSuitesThereAreAndTheSessionWhichOneItIs() {
        ServerRecords s = new ServerRecords();
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setCiphersuites("TLS_AES_128_GCM_SHA256");
        MemoryPair p = new MemoryPair(ctx, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio()).connected();
        assertEquals("TLS_AES_128_GCM_SHA256", p.client.getCipherName());

        s.send(s.ticket());
        assertEquals(-1, s.pair.client.read(new byte[1], 0, 1));
        SslSession session = s.pair.client.getSession();
        assertEquals("TLS_AES_256_GCM_SHA384", session.getCipherName());
        assertEquals("TLSv1.3", session.getVersion());
    }

    @Test
    void oneContextServesManyConnectionsAndEachHasItsOwnState() throws Exception {
        SslCtx clientCtx = MemoryPair.clientCtx();
        SslCtx serverCtx = MemoryPair.serverCtx();
        MemoryPair p = new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio()).connected();
        MemoryPair q = new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio()).connected();
        assertEquals(0, p.client.shutdown());
        assertEquals(1, q.client.write(new byte[] {1}, 0, 1));
        assertEquals(1, q.server.read(new byte[1], 0, 1));
    }

    @Test
    void fromAConnectionItsPartsCanBeHad() {
        ServerRecords s = new ServerRecords();
        s.send(s.ticket());
        Ssl client = s.pair.client;
        assertEquals(-1, client.read(new byte[1], 0, 1));
        assertSame(s.pair.toClient, client.getRbio());
        assertSame(s.pair.toServer, client.getWbio());
        assertEquals(MemoryPair.IDENTITY.certificate(), client.getPeerCertificate());
        assertEquals(1, client.getSession().getTicket().length);
    }
}
