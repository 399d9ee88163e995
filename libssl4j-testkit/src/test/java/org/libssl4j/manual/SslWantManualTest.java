// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.SslWant;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** SSL_want(3). */
class SslWantManualTest {
    /** What SSL_want(3) says has to stand beside what SSL_get_error(3) says. */
    private static void assertConsistent(int ret, Ssl ssl) {
        SslWant expected = switch (ssl.getError(ret)) {
            case WANT_READ -> SslWant.READING;
            case WANT_WRITE -> SslWant.WRITING;
            case WANT_RETRY_VERIFY -> SslWant.RETRY_VERIFY;
            case WANT_ASYNC -> SslWant.ASYNC_PAUSED;
            default -> SslWant.NOTHING;
        };
        assertEquals(expected, ssl.want(), () -> ssl.getError(ret) + ", " + ssl.failure());
    }

    @Test
    void nothingIsWantedBeforeTheFirstCallAndAfterOneThatIsDone() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        assertEquals(SslWant.NOTHING, m.ours.want());
        m.connected();
        assertEquals(SslWant.NOTHING, m.ours.want());
        assertEquals(3, m.ours.write(new byte[3], 0, 3));
        assertEquals(SslWant.NOTHING, m.ours.want());
        m.sun.write(new byte[1]);
        assertEquals(1, m.ours.read(new byte[1], 0, 1));
        assertEquals(SslWant.NOTHING, m.ours.want());
    }

    @Test
    void nothingIsWantedWhenTheConnectionHasEnded() throws IOException {
        OverMemory m = OverMemory.as(Role.SERVER).connected();
        m.sun.sendCloseNotify();
        byte[] b = new byte[1];
        assertClosed(m.ours.read(b, 0, 1), m.ours);
        assertEquals(SslWant.NOTHING, m.ours.want());

        OverMemory broken = OverMemory.as(Role.SERVER);
        broken.toUs.write(new byte[20], 0, 20);
        assertEquals(-1, broken.ours.accept());
        assertEquals(SslError.SSL, broken.ours.getError(-1));
        assertEquals(SslWant.NOTHING, broken.ours.want());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void writingIsWantedWhileBytesWaitForTheBio(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 40).answering(() -> {});
        m.answering(m.ours::doHandshake);
        m.sun.handshake();
        assertEquals(1, m.ours.doHandshake());
        byte[] data = new byte[100];
        int r = m.ours.write(data, 0, data.length);
        assertWaits(SslError.WANT_WRITE, r, m.ours);
        assertEquals(SslWant.WRITING, m.ours.want());
        m.answering(() -> m.ours.write(data, 0, data.length));
        assertEquals(100, m.sun.read(100).length);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void readingIsWantedWhileBytesLack(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertWaits(SslError.WANT_READ, m.ours.read(new byte[1], 0, 1), m.ours);
        assertEquals(SslWant.READING, m.ours.want());
        assertWaits(SslError.WANT_READ, m.ours.peek(new byte[1], 0, 1), m.ours);
        assertEquals(SslWant.READING, m.ours.want());
    }

    @Test
    void aVerifyCallbackThatAsksToBeAskedAgainIsTold() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        int[] asked = {0};
        m.ours.setVerify(VerifyMode.PEER, (result, chain) -> {
            asked[0]++;
            return asked[0] <= 2 ? VerifyCb.Answer.LATER : VerifyCb.Answer.ACCEPT;
        });
        int[] waited = {0};
        m.answering(() -> {
            int r = m.ours.connect();
            while (m.ours.getError(r) == SslError.WANT_RETRY_VERIFY) {
                assertEquals(SslWant.RETRY_VERIFY, m.ours.want());
                waited[0]++;
                r = m.ours.connect();
            }
        });
        m.sun.handshake();
        assertEquals(1, m.ours.connect());
        assertEquals(2, waited[0]);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void workThatAnExecutorHasIsTold(Role role) throws IOException {
        Queue<Runnable> work = new ArrayDeque<>();
        SslCtx ctx = role == Role.CLIENT ? MemoryPair.clientCtx() : MemoryPair.serverCtx();
        ctx.setAsyncExecutor(work::add);
        OverMemory m = OverMemory.of(ctx, role);
        int[] waited = {0};
        m.answering(() -> {
            int r = m.ours.doHandshake();
            while (m.ours.getError(r) == SslError.WANT_ASYNC) {
                assertEquals(SslWant.ASYNC_PAUSED, m.ours.want());
                assertEquals(SslError.WANT_ASYNC, m.ours.getError(m.ours.doHandshake()), "it is not done yet");
                work.remove().run();
                waited[0]++;
                r = m.ours.doHandshake();
            }
        });
        m.sun.handshake();
        assertEquals(1, m.ours.doHandshake());
        assertEquals(role == Role.CLIENT ? 1 : 2, waited[0], "a key agreement, and a server's signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5_000})
    void wantAndGetErrorAgreeAfterEachCall(int room) {
        MemoryPair p = MemoryPair.bounded(room);
        byte[] b = new byte[300];
        int written = 0;
        int read = 0;
        for (int turn = 0; turn < 100_000 && read < b.length; turn++) {
            int w = p.client.write(b, 0, written == 0 ? b.length : 0);
            assertConsistent(w, p.client);
            written += Math.max(w, 0);
            int r = p.server.read(b, 0, b.length);
            assertConsistent(r, p.server);
            read += Math.max(r, 0);
        }
        assertEquals(b.length, read);
        int ret = 0;
        for (int turn = 0; turn < 1_000 && ret != 1; turn++) {
            ret = p.client.shutdown();
            assertConsistent(ret, p.client);
            int r = p.server.read(b, 0, b.length);
            assertConsistent(r, p.server);
            if (r == 0) {
                assertConsistent(p.server.shutdown(), p.server);
            }
        }
        assertEquals(1, ret);
        assertConsistent(p.client.read(b, 0, 1), p.client);
        assertConsistent(p.client.write(b, 0, 1), p.client);
    }

    @Test
    void aFaultIsSeenByGetErrorAndNotByWant() {
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        ssl.setHostname(Identity.HOST);
        MemoryBio toUs = new MemoryBio("no TLS at all".getBytes(StandardCharsets.US_ASCII));
        ssl.setBio(toUs, new MemoryBio());
        assertSsl(Reason.WRONG_VERSION_NUMBER, ssl.connect(), ssl);
        assertEquals(SslWant.NOTHING, ssl.want());
    }
}
