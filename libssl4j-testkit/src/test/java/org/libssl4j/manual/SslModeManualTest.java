// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;
import org.libssl4j.SslWant;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;

/** SSL_CTX_set_mode(3): how calls behave. */
class SslModeManualTest {
    private static final Set<SslMode> DEFAULT = EnumSet.of(SslMode.AUTO_RETRY);
    private static final Set<SslMode> WITH_PARTIAL = EnumSet.of(SslMode.AUTO_RETRY, SslMode.ENABLE_PARTIAL_WRITE);

    private final byte[] b = new byte[100];

    @Test
    void aContextsModesAreAddedAndTakenAway() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        assertEquals(WITH_PARTIAL, ctx.setMode(SslMode.ENABLE_PARTIAL_WRITE));
        assertEquals(WITH_PARTIAL, ctx.getMode());
        assertEquals(EnumSet.of(SslMode.ENABLE_PARTIAL_WRITE), ctx.clearMode(SslMode.AUTO_RETRY));
        assertEquals(EnumSet.of(SslMode.ENABLE_PARTIAL_WRITE), ctx.getMode());
        assertEquals(Set.of(), ctx.clearMode(SslMode.ENABLE_PARTIAL_WRITE, SslMode.RELEASE_BUFFERS));
        assertEquals(Set.of(), ctx.setMode());
    }

    @Test
    void aConnectionsModesAreAddedAndTakenAway() {
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS));
        assertEquals(WITH_PARTIAL, ssl.setMode(SslMode.ENABLE_PARTIAL_WRITE));
        assertEquals(WITH_PARTIAL, ssl.getMode());
        assertEquals(EnumSet.of(SslMode.ENABLE_PARTIAL_WRITE), ssl.clearMode(SslMode.AUTO_RETRY));
        assertEquals(EnumSet.of(SslMode.ENABLE_PARTIAL_WRITE), ssl.getMode());
        assertEquals(Set.of(), ssl.clearMode(SslMode.ENABLE_PARTIAL_WRITE, SslMode.RELEASE_BUFFERS));
        assertEquals(Set.of(), ssl.setMode());
    }

    @Test
    void aConnectionBeginsWithItsContextsModesAndGoesItsOwnWay() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        Ssl ssl = new Ssl(ctx);
        assertEquals(WITH_PARTIAL, ssl.getMode());
        ctx.clearMode(SslMode.ENABLE_PARTIAL_WRITE);
        assertEquals(WITH_PARTIAL, ssl.getMode());
        ssl.clearMode(SslMode.AUTO_RETRY);
        assertEquals(DEFAULT, ctx.getMode());
    }

    @Test
    void onlyAutoRetryIsOnAtFirst() {
        assertEquals(DEFAULT, new SslCtx(TlsMethod.TLS).getMode());
        assertEquals(DEFAULT, new Ssl(new SslCtx(TlsMethod.TLS)).getMode());
    }

    @Test
    void afterAPartialWriteTheNextOneHasWhatIsLeft() {
        MemoryPair p = MemoryPair.bounded(20_000).connected();
        p.client.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        byte[] data = random(40_000);
        byte[] got = new byte[data.length];
        int written = 0;
        int read = 0;
        int writes = 0;
        while (read < data.length) {
            int n = written == data.length ? 0 : p.client.write(data, written, data.length - written);
            if (n > 0) {
                assertTrue(n <= 16_384);
                writes++;
                written += n;
            }
            read += Math.max(0, p.server.read(got, read, got.length - read));
        }
        assertArrayEquals(data, got);
        assertEquals(3, writes);
        assertEquals(-1, p.server.read(b, 0, 1), "nothing was sent twice");
    }

    @Test
    void withoutPartialWritesSuccessMeansThatAllIsOut() {
        MemoryPair p = MemoryPair.bounded(20_000).connected();
        byte[] data = random(40_000);
        byte[] got = new byte[data.length];
        int read = 0;
        int n = -1;
        while (n < 0) {
            n = p.client.write(data, 0, data.length);
            assertTrue(n == data.length || p.client.getError(n) == SslError.WANT_WRITE);
            read += Math.max(0, p.server.read(got, read, got.length - read));
        }
        assertEquals(data.length, n);
        while (read < data.length) {
            read += p.server.read(got, read, got.length - read);
        }
        assertArrayEquals(data, got);
    }

    @Test
    void aWriteMayBeTriedAgainFromAnotherBufferInAnyMode() {
        for (boolean on : new boolean[] {true, false}) {
            MemoryPair p = MemoryPair.bounded(5_000).connected();
            p.client.clearMode(SslMode.ACCEPT_MOVING_WRITE_BUFFER);
            if (on) {
                p.client.setMode(SslMode.ACCEPT_MOVING_WRITE_BUFFER);
            }
            byte[] data = random(9_000);
            byte[] got = new byte[data.length];
            assertEquals(-1, p.client.write(data, 0, data.length));
            assertEquals(SslError.WANT_WRITE, p.client.getError(-1));
            int read = Math.max(0, p.server.read(got, 0, got.length));
            byte[] elsewhere = new byte[data.length + 7];
            System.arraycopy(data, 0, elsewhere, 7, data.length);
            assertEquals(data.length, p.client.write(elsewhere, 7, data.length));
            while (read < data.length) {
                read += p.server.read(got, read, got.length - read);
            }
            assertArrayEquals(data, got);
        }
    }

    @Test
    void withoutAutoRetryARecordWithoutDataEndsTheRead() {
        ServerRecords s = new ServerRecords();
        s.pair.client.clearMode(SslMode.AUTO_RETRY);
        s.send(s.ticket(), s.data((byte) 7));
        assertEquals(-1, s.pair.client.read(b, 0, 1));
        assertEquals(SslError.WANT_READ, s.pair.client.getError(-1));
        assertEquals(1, s.pair.client.getSession().getTicket().length);
        assertEquals(1, s.pair.client.read(b, 0, 1));
        assertEquals(7, b[0]);
    }

    @Test
    void withAutoRetryAReadGoesOnToTheNextRecord() {
        ServerRecords s = new ServerRecords();
        s.send(s.ticket(), s.ticket(), s.data((byte) 7));
        assertEquals(1, s.pair.client.read(b, 0, 1));
        assertEquals(7, b[0]);
    }

    @Test
    void withAutoRetryANonBlockingReadGoesOnUntilNothingIsLeft() {
        ServerRecords s = new ServerRecords();
        s.send(s.ticket(), s.ticket());
        assertEquals(-1, s.pair.client.read(b, 0, 1));
        assertEquals(SslError.WANT_READ, s.pair.client.getError(-1));
        assertEquals(0, s.pair.toClient.pending());
    }

    @Test
    void withAutoRetryABlockingReadComesBackWithDataOrAFailureAlone() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        client.set0Rbio(new WatchedBio(s.pair.toClient, true));
        s.send(s.ticket(), s.data((byte) 7), s.ticket());
        assertEquals(1, client.read(b, 0, 1));
        byte[] broken = s.data((byte) 8);
        broken[broken.length - 1]++;
        s.send(broken);
        assertEquals(-1, client.read(b, 0, 1));
        assertEquals(SslError.SSL, client.getError(-1));
    }

    @Test
    void withoutAutoRetryABlockingReadDoesNotHangAfterARecordWithoutData() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        client.clearMode(SslMode.AUTO_RETRY);
        client.set0Rbio(new WatchedBio(s.pair.toClient, true));
        s.send(s.ticket());
        assertEquals(-1, client.read(b, 0, 1));
        assertEquals(SslError.WANT_READ, client.getError(-1));
    }

    @Test
    void withAnExecutorACallMaySayThatItWaitsForAnOperation() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        SslCtx clientCtx = MemoryPair.clientCtx();
        clientCtx.setAsyncExecutor(tasks::add);
        MemoryPair p = new MemoryPair(clientCtx, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio());
        int waits = 0;
        for (int c = -1, s = -1; c != 1 || s != 1; ) {
            c = p.client.doHandshake();
            if (p.client.getError(c) == SslError.WANT_ASYNC) {
                waits++;
                assertEquals(SslWant.ASYNC_PAUSED, p.client.want());
                assertEquals(-1, p.client.doHandshake(), "nothing has changed");
                assertEquals(SslError.WANT_ASYNC, p.client.getError(-1));
                assertFalse(tasks.isEmpty());
                tasks.forEach(Runnable::run);
                tasks.clear();
            }
            s = p.server.doHandshake();
            assertFalse(p.server.getError(s) == SslError.WANT_ASYNC, "it has no executor");
            assertTrue(c == 1 || p.client.getError(c) != SslError.SSL, () -> String.valueOf(p.client.failure()));
        }
        assertTrue(waits > 0);
    }

    private static byte[] random(int n) {
        byte[] r = new byte[n];
        new Random(n).nextBytes(r);
        return Arrays.copyOf(r, n);
    }
}
