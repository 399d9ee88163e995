// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Identity;

/** A connection through another one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsInTlsTest {

    /** Two connections, one in the other. */
    private static final class Tunnel {
        private final SslBioPair outer;
        private final SslBio innerClient = SslBio.newSsl(MemoryPair.clientCtx(), true);
        private final SslBio innerServer = SslBio.newSsl(MemoryPair.serverCtx(), false);

        Tunnel(int room) {
            outer = new SslBioPair(room);
            innerClient.getSsl().setHostname(Identity.HOST);
            innerClient.push(outer.client);
            innerServer.push(outer.server);
        }

        Tunnel connected() throws IOException {
            int c;
            int s;
            do {
                c = innerClient.doHandshake();
                s = innerServer.doHandshake();
            } while (c < 0 || s < 0);
            assertTrue(outer.client.getSsl().isInitFinished());
            return this;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 17_000})
    void tlsGoesThroughTls(int room) throws IOException {
        Tunnel t = new Tunnel(room).connected();
        byte[] much = new byte[40_000];
        new Random(room).nextBytes(much);
        byte[] got = new byte[much.length];
        int sent = 0;
        int have = 0;
        while (have < got.length) {
            if (sent < much.length) {
                int n = t.innerClient.write(much, sent, much.length - sent);
                assertTrue(n > 0 || t.innerClient.shouldRetry());
                sent += Math.max(0, n);
            }
            int n = t.innerServer.read(got, have, got.length - have);
            assertTrue(n > 0 || t.innerServer.shouldRetry());
            have += Math.max(0, n);
        }
        assertArrayEquals(much, got);
    }

    @Test
    void whatTheInnerConnectionWaitsForIsWhatTheOuterOneWaitsFor() throws IOException {
        Tunnel t = new Tunnel(100);
        assertEquals(-1, t.innerClient.doHandshake());
        assertTrue(t.innerClient.shouldWrite());
        assertSame(t.outer.client.next(), t.innerClient.retryBio());
        Tunnel wide = new Tunnel(20_000);
        assertEquals(-1, wide.innerClient.doHandshake()); // its ClientHello waits for the outer server's
        assertTrue(wide.innerClient.shouldRead());
    }

    @Test
    void theEndOfTheOuterConnectionIsNoEndOfTheInnerOne() throws IOException {
        Tunnel t = new Tunnel(20_000).connected();
        SslBio.sslShutdown(t.outer.server);
        IOException e = assertThrows(IOException.class, () -> {
            while (t.innerClient.read(new byte[1], 0, 1) < 0) {
                // tickets
            }
        });
        assertEquals(
                Reason.UNEXPECTED_EOF_WHILE_READING,
                assertInstanceOf(TlsException.class, e.getCause()).reason());
    }

    @Test
    void shuttingAChainDownShutsEachOfItsConnectionsDown() throws IOException {
        Tunnel t = new Tunnel(20_000).connected();
        SslBio.sslShutdown(t.innerClient);
        assertTrue(t.innerClient.getSsl().sentShutdown());
        assertTrue(t.outer.client.getSsl().sentShutdown());
    }
}
