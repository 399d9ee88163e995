// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.SslError;
import org.libssl4j.SslOption;
import org.libssl4j.SslWant;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;

/** SSL_get_error(3). */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslGetErrorManualTest {
    private final byte[] b = new byte[64];

    @ParameterizedTest
    @EnumSource(Role.class)
    void tellsWhyAnyOfTheCallsDidNotSucceed(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 2_000);
        assertWaits(SslError.WANT_READ, role == Role.CLIENT ? m.ours.connect() : m.ours.accept(), m.ours);
        assertWaits(SslError.WANT_READ, m.ours.doHandshake(), m.ours);
        m.connected();
        assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 64), m.ours);
        assertWaits(SslError.WANT_READ, m.ours.peek(b, 0, 64), m.ours);
        byte[] much = new byte[3_000];
        assertWaits(SslError.WANT_WRITE, m.ours.write(much, 0, much.length), m.ours);
        m.answering(() -> m.ours.write(much, 0, much.length));
        m.sun.read(much.length);
        m.answering(() -> {});
        assertEquals(0, m.ours.shutdown());
        assertWaits(SslError.WANT_READ, m.ours.shutdown(), m.ours);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void isNoneForACallThatSucceeded(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(SslError.NONE, m.ours.getError(m.ours.doHandshake()));
        assertEquals(SslError.NONE, m.ours.getError(m.ours.write(b, 0, 64)));
        m.sun.write(b);
        assertEquals(SslError.NONE, m.ours.getError(m.ours.peek(b, 0, 64)));
        assertEquals(SslError.NONE, m.ours.getError(m.ours.read(b, 0, 64)));
        m.sun.sendCloseNotify();
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(SslError.NONE, m.ours.getError(m.ours.shutdown()));
    }

    @Test
    void isNoneForAZeroThatIsNoFailure() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        assertEquals(0, m.ours.write(b, 0, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
        assertEquals(0, m.ours.read(b, 0, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
        assertEquals(0, m.ours.shutdown());
        assertEquals(SslError.NONE, m.ours.getError(0));
    }

    @Test
    void anyThreadMayAskAndOtherConnectionsDoNotMatter() throws Exception {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        OverMemory failing = OverMemory.as(Role.SERVER);
        failing.toUs.write(new byte[20], 0, 20);
        int r = m.ours.read(b, 0, 64);
        assertEquals(-1, failing.ours.accept());
        assertEquals(SslError.SSL, failing.ours.getError(-1));
        assertWaits(SslError.WANT_READ, r, m.ours);
        SslError elsewhere =
                CompletableFuture.supplyAsync(() -> m.ours.getError(r)).get(20, TimeUnit.SECONDS);
        assertEquals(SslError.WANT_READ, elsewhere);
    }

    @Test
    void aFailureOfAnEarlierCallIsForgottenByTheNext() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        assertSsl(Reason.SHUTDOWN_WHILE_IN_INIT, m.ours.shutdown(), m.ours);
        assertWaits(SslError.WANT_READ, m.ours.doHandshake(), m.ours);
        assertNull(m.ours.failure());
        m.connected();
        assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 64), m.ours);
        assertEquals(0, m.ours.write(b, 0, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void anEndWithoutCloseNotifyIsAFaultWithAReasonOfItsOwn(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.toUs.setEofReturn(0);
        assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, m.ours.read(b, 0, 64), m.ours);
        assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, m.ours.peek(b, 0, 64), m.ours);

        OverMemory early = OverMemory.as(role);
        early.toUs.setEofReturn(0);
        assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, early.ours.doHandshake(), early.ours);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void zeroReturnIsThePeersCloseNotifyWhileTheStreamMayGoOn(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.sendCloseNotify();
        for (int i = 0; i < 2; i++) {
            assertClosed(m.ours.read(b, 0, 64), m.ours);
        }
        assertEquals(2, m.ours.write(new byte[] {1, 2}, 0, 2));
        assertArrayEquals(new byte[] {1, 2}, m.sun.read(2));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withTheOptionAnEndWithoutCloseNotifyIsZeroReturnToo(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        m.toUs.setEofReturn(0);
        assertClosed(m.ours.read(b, 0, 64), m.ours);
    }

    // ---- waiting ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCallThatIsMadeAgainMayHaveToWaitAgain(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 1);
        m.ours.setNumTickets(0); // they would go out before the data
        m.connected();
        int[] waits = {0};
        m.answering(() -> {
            int r = m.ours.write(b, 0, 64);
            if (r < 0) {
                assertWaits(SslError.WANT_WRITE, r, m.ours);
                waits[0]++;
            } else {
                m.answering(() -> {});
            }
        });
        m.sun.read(64);
        assertEquals(64 + 5 + 1 + 16 - 1, waits[0], "a byte at a time, with header, content type and tag");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whileAWriteWaitsDataMayBeReadAndTheWriteGoesOnAfterIt(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 2_000).connected();
        byte[] much = new byte[3_000];
        Arrays.fill(much, (byte) 7);
        assertWaits(SslError.WANT_WRITE, m.ours.write(much, 0, much.length), m.ours);
        m.sun.write(new byte[] {1, 2, 3});
        assertEquals(3, m.ours.read(b, 0, 64));
        assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 64), m.ours);
        int[] written = {0};
        m.answering(() -> written[0] = m.ours.write(much, 0, much.length));
        assertArrayEquals(much, m.sun.read(much.length));
        assertEquals(much.length, written[0]);
    }

    @Test
    void aBioMayWaitForTheOtherDirection() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        m.ours.setBio(
                new FilterBio() {
                    @Override
                    public int read(byte[] to, int off, int len) {
                        return retryWrite();
                    }
                },
                new FilterBio() {
                    @Override
                    public int write(byte[] from, int off, int len) {
                        return retryRead();
                    }
                });
        assertWaits(SslError.WANT_WRITE, m.ours.read(b, 0, 64), m.ours);
        assertEquals(SslWant.READING, m.ours.want());
        assertWaits(SslError.WANT_READ, m.ours.write(b, 0, 64), m.ours);
        assertEquals(SslWant.WRITING, m.ours.want());
    }

    // ---- failures --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void syscallIsAFailureOfTheBioWhichIsToldOf(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        IOException cut = new IOException("cable cut");
        FilterBio failing = new FilterBio() {
            @Override
            public int read(byte[] to, int off, int len) throws IOException {
                throw cut;
            }

            @Override
            public int write(byte[] from, int off, int len) throws IOException {
                throw cut;
            }
        };
        m.ours.setBio(failing, failing);
        assertEquals(-1, m.ours.read(b, 0, 64));
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
        assertSame(cut, m.ours.failure());
        assertEquals(-1, m.ours.write(b, 0, 64));
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
        assertSame(cut, m.ours.failure());
        assertEquals(-1, m.ours.shutdown());
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterAFaultNothingMoreIsReadOrSentAndEachCallTellsIt(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.read(b, 0, 64);
        byte[] garbage = new byte[64];
        garbage[0] = 23;
        garbage[1] = 3;
        garbage[2] = 3;
        garbage[4] = 59;
        m.toUs.write(garbage, 0, garbage.length);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.read(b, 0, 64), m.ours);
        Exception fault = m.ours.failure();
        SSLException heard = assertThrows(SSLException.class, () -> m.sun.read(1));
        assertEquals("Received fatal alert: bad_record_mac", withoutPrefix(heard));
        m.sun.close();
        int waiting = m.toUs.write(garbage, 0, 64);
        int pending = m.toUs.pending();
        assertEquals(64, waiting);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.read(b, 0, 64), m.ours);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.peek(b, 0, 64), m.ours);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.write(b, 0, 64), m.ours);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.shutdown(), m.ours);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.doHandshake(), m.ours);
        assertSame(fault, m.ours.failure());
        assertEquals(pending, m.toUs.pending());
        assertEquals(0, m.toSun.pending());
    }

    /** Later JDKs put the alert's name in brackets before. */
    private static String withoutPrefix(SSLException e) {
        String text = e.getMessage();
        return text.substring(text.indexOf("Received"));
    }
}
