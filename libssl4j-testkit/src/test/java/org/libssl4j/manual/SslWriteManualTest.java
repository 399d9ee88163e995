// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;

/** SSL_write(3). */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslWriteManualTest {
    private static byte[] data(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void writesTheBytesOfTheBuffer(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        byte[] b = data(100);
        assertEquals(60, m.ours.write(b, 20, 60));
        assertArrayEquals(Arrays.copyOfRange(b, 20, 80), m.sun.read(60));
        assertThrows(EOFException.class, () -> m.sun.read(1), "and no more");
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void handshakesFirstWhereThatWasNotDoneAndReadsForThat(Role role) throws IOException {
        OverMemory m = OverMemory.as(role);
        int[] waits = {0};
        int[] written = {0};
        m.answering(() -> {
            if (written[0] == 0) {
                int r = m.ours.write(new byte[] {1, 2, 3}, 0, 3);
                if (r < 0) {
                    assertWaits(SslError.WANT_READ, r, m.ours);
                    waits[0]++;
                } else {
                    written[0] = r;
                }
            }
        });
        m.sun.handshake();
        assertArrayEquals(new byte[] {1, 2, 3}, m.sun.read(3));
        assertEquals(3, written[0]);
        assertTrue(waits[0] > 0);
        assertTrue(m.ours.isInitFinished());
    }

    // ---- blocking and not ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketOneCallWritesAll(Role role) throws Exception {
        int length = 4 << 20; // more than the sockets hold, so that it has to wait for the peer
        byte[] b = data(length);
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                assertArrayEquals(b, sun.read(length));
            });
            s.end.handshake();
            assertEquals(length, s.ours.write(b, 0, length), s.end::toString);
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketAFailureEndsTheWrite(Role role) throws Exception {
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                s.peer().setSoLinger(true, 0); // a reset
                sun.close();
            });
            s.end.handshake();
            s.played();
            byte[] b = new byte[1 << 20];
            int r = s.ours.write(b, 0, b.length);
            for (int i = 0; r > 0 && i < 100; i++) {
                r = s.ours.write(b, 0, b.length); // the first may go before the reset has come
            }
            assertEquals(-1, r);
            assertEquals(SslError.SYSCALL, s.ours.getError(r));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingBioAWriteSaysThatItWantsRoomAndIsMadeAgain(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 3_000).connected();
        byte[] b = data(40_000);
        int[] waits = {0};
        int[] written = {0};
        m.answering(() -> {
            if (written[0] == 0) {
                int r = m.ours.write(b, 0, b.length);
                if (r < 0) {
                    assertWaits(SslError.WANT_WRITE, r, m.ours);
                    waits[0]++;
                } else {
                    written[0] = r;
                }
            }
        });
        assertArrayEquals(b, m.sun.read(b.length));
        assertEquals(b.length, written[0], "success is told when all is out, and not before");
        assertTrue(waits[0] >= 40_000 / 3_000);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aWaitingWriteChangesNothingUntilThereIsRoom(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 3_000).connected();
        byte[] b = data(10_000);
        assertWaits(SslError.WANT_WRITE, m.ours.write(b, 0, b.length), m.ours);
        byte[] first = m.toSun.data();
        assertEquals(3_000, first.length);
        assertWaits(SslError.WANT_WRITE, m.ours.write(b, 0, b.length), m.ours);
        assertArrayEquals(first, m.toSun.data());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingChannelASelectorTellsWhenToWriteAgain(Role role) throws Exception {
        int length = 8 << 20;
        byte[] b = data(length);
        CountDownLatch full = new CountDownLatch(1);
        try (OverSocket s = OverSocket.nonBlocking(role)) {
            s.with(sun -> {
                sun.handshake();
                full.await();
                assertArrayEquals(b, sun.read(length));
            });
            s.end.handshake();
            assertWaits(SslError.WANT_WRITE, s.ours.write(b, 0, length), s.ours);
            full.countDown();
            s.end.write(b); // waits by the selector alone
            s.played();
        }
    }

    // ---- partial writes --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void withPartialWritesACallIsDoneAfterARecordAndTheRestIsWrittenByFurtherOnes(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        byte[] b = data(40_000);
        int[] sizes = {16_384, 16_384, 40_000 - 2 * 16_384};
        int at = 0;
        for (int size : sizes) {
            int n = m.ours.write(b, at, b.length - at);
            assertEquals(size, n);
            assertArrayEquals(Arrays.copyOfRange(b, at, at + n), m.sun.read(n), "it is out");
            at += n;
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aPartialWriteThatWaitedIsDoneOnceItsRecordIsOut(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 10_000).connected();
        m.ours.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        byte[] b = data(40_000);
        assertWaits(SslError.WANT_WRITE, m.ours.write(b, 0, b.length), m.ours);
        int[] written = {0};
        m.answering(() -> written[0] = m.ours.write(b, 0, b.length));
        assertArrayEquals(Arrays.copyOf(b, 16_384), m.sun.read(16_384));
        assertEquals(16_384, written[0]);
    }

    // ---- tried again -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void aWriteMayBeMadeAgainFromAnotherBuffer(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 5_000).connected();
        byte[] b = data(20_000);
        int[] written = {0};
        m.answering(() -> {
            if (written[0] <= 0) {
                byte[] moved = new byte[b.length + 7];
                System.arraycopy(b, 0, moved, 7, b.length);
                written[0] = m.ours.write(moved, 7, b.length);
            }
        });
        assertArrayEquals(b, m.sun.read(b.length));
        assertEquals(b.length, written[0]);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aWriteMadeAgainWithFewerBytesThanAreUnderWayIsRefusedAndBreaksNothing(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 5_000).connected();
        byte[] b = data(20_000);
        assertWaits(SslError.WANT_WRITE, m.ours.write(b, 0, b.length), m.ours);
        assertSsl(Reason.BAD_WRITE_RETRY, m.ours.write(b, 0, 10), m.ours);
        int[] written = {0};
        m.answering(() -> {
            if (written[0] <= 0) {
                written[0] = m.ours.write(b, 0, b.length);
            }
        });
        assertArrayEquals(b, m.sun.read(b.length));
        assertEquals(b.length, written[0]);
    }

    // ---- nothing ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void aWriteOfNothingSendsNothingAndIsNoError(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.write(new byte[5], 5, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
        assertEquals(0, m.toSun.pending());
        assertEquals(1, m.ours.write(new byte[] {9}, 0, 1));
        assertEquals(9, m.sunReads());
    }

    // ---- what it returns -------------------------------------------------------------------------------------------

    @Test
    void returnsTheNumberOfBytesWritten() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        for (int length : new int[] {1, 100, 16_384, 16_385, 100_000}) {
            assertEquals(length, m.ours.write(data(length), 0, length));
            assertArrayEquals(data(length), m.sun.read(length));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterOurShutdownNothingCanBeWritten(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        assertSsl(Reason.PROTOCOL_IS_SHUTDOWN, m.ours.write(new byte[1], 0, 1), m.ours);
        assertEquals(OverMemory.CLOSED, m.sunReads());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aBioThatFailsIsTold(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        IOException cut = new IOException("cable cut");
        m.ours.setBio(m.toUs, new FilterBio() {
            @Override
            public int write(byte[] b, int off, int len) throws IOException {
                throw cut;
            }
        });
        assertEquals(-1, m.ours.write(new byte[1], 0, 1));
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
        assertSame(cut, m.ours.failure());
    }
}
