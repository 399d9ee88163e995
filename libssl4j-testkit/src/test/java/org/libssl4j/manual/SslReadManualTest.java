// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.KeyUpdateType;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;

/** SSL_read(3) and SSL_peek(3). */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslReadManualTest {
    private static byte[] data(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    /** A Bio that gives one byte a call. */
    private static final class OneByte extends FilterBio {
        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            return super.read(b, off, Math.min(1, len));
        }
    }

    // ---- what is read ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void readsUpToAsManyBytesAsItIsAskedForToWhereItIsTold(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(new byte[] {1, 2, 3, 4, 5});
        byte[] b = {9, 9, 9, 9, 9, 9};
        assertEquals(3, m.ours.read(b, 2, 3));
        assertArrayEquals(new byte[] {9, 9, 1, 2, 3, 9}, b);
        assertEquals(2, m.ours.read(b, 0, 6));
        assertArrayEquals(new byte[] {4, 5}, Arrays.copyOf(b, 2));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void peekLeavesTheBytesForTheNextRead(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(data(50));
        byte[] b = new byte[100];
        for (int i = 0; i < 3; i++) {
            Arrays.fill(b, (byte) 0);
            assertEquals(20, m.ours.peek(b, 0, 20));
            assertArrayEquals(Arrays.copyOf(data(50), 20), Arrays.copyOf(b, 20));
        }
        m.sun.write(new byte[10]);
        assertEquals(50, m.ours.read(b, 0, 100));
        assertArrayEquals(data(50), Arrays.copyOf(b, 50));
    }

    @Test
    void aReadOfNothingReadsNothing() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        assertEquals(0, m.ours.read(new byte[0], 0, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
        m.sun.write(new byte[] {7});
        assertEquals(0, m.ours.read(new byte[4], 4, 0));
        assertEquals(SslError.NONE, m.ours.getError(0));
        assertEquals(1, m.ours.read(new byte[4], 0, 4));
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void handshakesFirstWhereThatWasNotDone(Role role) throws IOException {
        for (boolean peek : new boolean[] {false, true}) {
            OverMemory m = OverMemory.as(role);
            byte[] b = new byte[4];
            m.answering(
                    () -> assertWaits(SslError.WANT_READ, peek ? m.ours.peek(b, 0, 4) : m.ours.read(b, 0, 4), m.ours));
            m.sun.handshake();
            m.sun.write(new byte[] {3, 4});
            assertEquals(2, peek ? m.ours.peek(b, 0, 4) : m.ours.read(b, 0, 4));
            assertTrue(m.ours.isInitFinished());
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aReadThatHandshakesMayWaitForRoom(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 10);
        boolean[] wanted = {false};
        byte[] b = new byte[4];
        m.answering(() -> {
            int r = m.ours.read(b, 0, 4);
            assertEquals(-1, r);
            wanted[0] |= m.ours.getError(r) == SslError.WANT_WRITE;
        });
        m.sun.handshake();
        m.sun.write(new byte[] {1});
        assertEquals(1, m.ours.read(b, 0, 4));
        assertTrue(wanted[0]);
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void givesNothingOfARecordBeforeAllOfItHasCome(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        byte[] b = new byte[100];
        m.ours.read(b, 0, 1); // what a server sends after its handshake
        m.sun.write(data(100));
        byte[] record = m.toUs.data();
        m.toUs.reset();
        for (int i = 0; i < record.length - 1; i++) {
            m.toUs.write(record, i, 1);
            assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 100), m.ours);
        }
        assertArrayEquals(new byte[100], b);
        m.toUs.write(record, record.length - 1, 1);
        assertEquals(100, m.ours.read(b, 0, 100));
        assertArrayEquals(data(100), b);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void givesNothingOfARecordThatWasTamperedWith(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        byte[] b = new byte[100];
        m.ours.read(b, 0, 1);
        m.sun.write(data(100));
        byte[] record = m.toUs.data();
        m.toUs.reset();
        record[record.length - 1] ^= 1;
        m.toUs.write(record, 0, record.length);
        assertSsl(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, m.ours.read(b, 0, 100), m.ours);
        assertArrayEquals(new byte[100], b);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whatIsLeftOfARecordComesWithTheNextReadAndNoMore(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(data(10));
        m.sun.write(data(20));
        byte[] b = new byte[100];
        assertEquals(4, m.ours.read(b, 0, 4));
        int inBio = m.toUs.pending();
        assertEquals(6, m.ours.read(b, 4, 90), "the rest of the first record alone");
        assertArrayEquals(data(10), Arrays.copyOf(b, 10));
        assertEquals(inBio, m.toUs.pending(), "the second one was not asked for");
        assertEquals(20, m.ours.read(b, 0, 100));
        assertArrayEquals(data(20), Arrays.copyOf(b, 20));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void atMostOneRecordIsGivenAtOnce(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(new byte[1]);
        m.sun.write(new byte[1]);
        byte[] b = new byte[40_000];
        assertEquals(1, m.ours.read(b, 0, b.length));
        assertEquals(1, m.ours.read(b, 0, b.length));
        m.sun.write(data(40_000));
        for (int have = 0; have < b.length; ) {
            int n = m.ours.read(b, have, b.length - have);
            assertTrue(n > 0 && n <= 16_384, () -> "16 KiB at most: " + n);
            have += n;
        }
        assertArrayEquals(data(40_000), b);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void asksTheBioAsOftenAsARecordNeedsIt(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setBio(new OneByte().push(m.toUs), m.toSun);
        m.sun.write(data(5_000));
        byte[] b = new byte[5_000];
        assertEquals(5_000, m.ours.read(b, 0, b.length));
        assertArrayEquals(data(5_000), b);
    }

    // ---- records without data --------------------------------------------------------------------------------------

    @Test
    void withoutAutoRetryARecordWithoutDataEndsTheReadThoughTheBioHasMore() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        m.ours.clearMode(SslMode.AUTO_RETRY);
        m.connected(); // SunJSSE's server has sent a ticket
        m.sun.write(new byte[] {6});
        byte[] b = new byte[4];
        int waits = 0;
        int r = m.ours.read(b, 0, 4);
        while (r == -1) {
            assertWaits(SslError.WANT_READ, r, m.ours);
            assertTrue(m.toUs.pending() > 0, "the data still wait in the Bio");
            waits++;
            r = m.ours.read(b, 0, 4);
        }
        assertEquals(1, r);
        assertTrue(waits > 0);
        assertNotNull(m.ours.getSession());
    }

    @Test
    void withoutAutoRetryButWithReadAheadDataThatWereTakenAreGivenAtOnce() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        m.ours.clearMode(SslMode.AUTO_RETRY);
        m.connected();
        m.sun.write(new byte[] {6});
        m.ours.setReadAhead(true);
        byte[] b = new byte[4];
        assertEquals(1, m.ours.read(b, 0, 4));
        assertEquals(0, m.toUs.pending());
        assertNotNull(m.ours.getSession());
    }

    @Test
    void withAutoRetryAReadGoesOnAfterARecordWithoutData() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        m.sun.write(new byte[] {6});
        assertEquals(1, m.ours.read(new byte[4], 0, 4));
        assertNotNull(m.ours.getSession(), "the ticket came before the data");
    }

    // SSL_key_update(3): the next read sends it, if no other call does.
    @ParameterizedTest
    @EnumSource(Role.class)
    void aReadMayHaveToSend(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.read(new byte[1], 0, 1);
        assertEquals(0, m.toSun.pending());
        m.updateKeysOfSun();
        m.sun.write(new byte[] {8});
        assertEquals(1, m.ours.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(1, m.ours.read(new byte[1], 0, 1));
        assertTrue(m.toSun.pending() > 0, "our KeyUpdate");
        m.ours.write(new byte[] {5}, 0, 1);
        assertEquals(5, m.sunReads());
    }

    // ---- blocking and not ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketAReadComesBackWithData(Role role) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                reading.await();
                sun.write(data(30_000));
            });
            s.end.handshake();
            s.ours.setBio(
                    new FilterBio() {
                        @Override
                        public int read(byte[] b, int off, int len) throws IOException {
                            reading.countDown(); // nothing is sent before we read
                            return super.read(b, off, len);
                        }
                    }.push(s.ours.getRbio()),
                    s.ours.getWbio());
            byte[] b = new byte[30_000];
            int n = s.ours.read(b, 0, b.length);
            assertTrue(n > 0, s.end::toString);
            assertArrayEquals(Arrays.copyOf(data(30_000), n), Arrays.copyOf(b, n));
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketAFaultEndsTheRead(Role role) throws Exception {
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                sun.close();
            });
            s.end.handshake();
            assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, s.ours.read(new byte[1], 0, 1), s.ours);
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingBioAReadSaysThatItWantsBytesAndIsMadeAgain(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        byte[] b = new byte[10];
        assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 10), m.ours);
        assertWaits(SslError.WANT_READ, m.ours.peek(b, 0, 10), m.ours);
        m.sun.write(data(10));
        assertEquals(10, m.ours.peek(b, 0, 10));
        assertEquals(10, m.ours.read(b, 0, 10));
        assertArrayEquals(data(10), b);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingChannelASelectorTellsWhenToReadAgain(Role role) throws Exception {
        try (OverSocket s = OverSocket.nonBlocking(role)) {
            CountDownLatch asked = new CountDownLatch(1);
            s.with(sun -> {
                sun.handshake();
                asked.await();
                sun.write(data(100));
            });
            s.end.handshake();
            assertWaits(SslError.WANT_READ, s.ours.read(new byte[1], 0, 1), s.ours);
            asked.countDown();
            assertArrayEquals(data(100), s.end.read(100)); // waits by the selector alone
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void pendingBytesAreReadWithoutTheBio(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(data(10));
        byte[] b = new byte[10];
        assertEquals(4, m.ours.read(b, 0, 4));
        assertEquals(6, m.ours.pending());
        IOException asked = new IOException("the Bio was asked");
        m.ours.setBio(
                new FilterBio() {
                    @Override
                    public int read(byte[] to, int off, int len) throws IOException {
                        throw asked;
                    }
                },
                m.toSun);
        assertEquals(6, m.ours.read(b, 4, 6));
        assertArrayEquals(data(10), b);
        assertEquals(0, m.ours.pending());
        assertEquals(-1, m.ours.read(b, 0, 1));
        assertSame(asked, m.ours.failure());
    }

    // ---- what it returns -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000, 16_000})
    void returnsTheNumberOfBytes(int length) throws IOException {
        OverMemory m = OverMemory.as(Role.SERVER).connected();
        m.sun.write(data(length));
        byte[] b = new byte[20_000];
        assertEquals(length, m.ours.peek(b, 0, b.length));
        assertEquals(length, m.ours.read(b, 0, b.length));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void returnsZeroOnceThePeerHasClosed(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(new byte[] {1});
        m.sun.sendCloseNotify();
        byte[] b = new byte[4];
        assertEquals(1, m.ours.read(b, 0, 4), "what came before is read first");
        for (int i = 0; i < 2; i++) {
            assertClosed(m.ours.read(b, 0, 4), m.ours);
            assertClosed(m.ours.peek(b, 0, 4), m.ours);
        }
    }
}
