// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.Ssl.RECEIVED_SHUTDOWN;
import static org.libssl4j.Ssl.SENT_SHUTDOWN;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.SslError;
import org.libssl4j.SslOption;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;

/** SSL_shutdown(3). */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslShutdownManualTest {
    private final byte[] b = new byte[64];

    // ---- our close_notify ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void sendsCloseNotifyAndThatAlone(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads());
        assertTrue(m.sun.engine().isInboundDone());
        assertEquals(0, m.toSun.pending());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theFirstToCloseGetsZeroAndHasSentIt(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.getShutdown());
        assertEquals(0, m.ours.shutdown());
        assertEquals(SENT_SHUTDOWN, m.ours.getShutdown());
        assertEquals(SslError.NONE, m.ours.getError(0), "it is no error");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void sentIsNotedEvenIfItCouldNotBeSentYet(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 5).connected();
        assertWaits(SslError.WANT_WRITE, m.ours.shutdown(), m.ours);
        assertEquals(SENT_SHUTDOWN, m.ours.getShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void sentIsNotedEvenIfSendingFailed(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setBio(m.toUs, new FilterBio() {
            @Override
            public int write(byte[] from, int off, int len) throws IOException {
                throw new IOException("cable cut");
            }
        });
        assertEquals(-1, m.ours.shutdown());
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
        assertEquals(SENT_SHUTDOWN, m.ours.getShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterAFaultNothingIsSent(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.read(b, 0, 64);
        m.toUs.write("no record".getBytes(StandardCharsets.US_ASCII), 0, 9);
        assertEquals(-1, m.ours.read(b, 0, 64));
        Reason why = assertInstanceOf(TlsException.class, m.ours.failure()).reason();
        m.toSun.reset(); // our alert
        assertSsl(why, m.ours.shutdown(), m.ours);
        assertEquals(0, m.toSun.pending());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterABioThatFailedToWriteNothingIsSent(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        boolean[] cut = {true};
        m.ours.setBio(
                m.toUs,
                new FilterBio() {
                    @Override
                    public int write(byte[] from, int off, int len) throws IOException {
                        if (cut[0]) {
                            throw new IOException("cable cut");
                        }
                        return super.write(from, off, len);
                    }
                }.push(m.toSun));
        assertEquals(-1, m.ours.write(b, 0, 64));
        cut[0] = false;
        assertEquals(-1, m.ours.shutdown());
        assertEquals(SslError.SYSCALL, m.ours.getError(-1));
        assertEquals(0, m.toSun.pending());
    }

    // ---- both steps ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void oursFirstThenThePeers(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads());
        m.sun.sendCloseNotify();
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(SENT_SHUTDOWN | RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(1, m.ours.shutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void thePeersFirstThenOurs(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.sendCloseNotify();
        assertEquals(0, m.ours.getShutdown(), "it is not processed yet");
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(0, m.toSun.pending(), "nothing answers by itself");
        assertEquals(1, m.ours.shutdown());
        assertEquals(SENT_SHUTDOWN | RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aSecondCallTakesThePeersCloseNotify(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        m.sun.sendCloseNotify();
        assertEquals(1, m.ours.shutdown());
        assertEquals(SENT_SHUTDOWN | RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads(), "and nothing was sent twice");
        assertEquals(0, m.toSun.pending());
        assertEquals(1, m.ours.shutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterBothTheStreamIsFreeForOtherUse(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.sendCloseNotify();
        byte[] other = "220 ready\r\n".getBytes(StandardCharsets.US_ASCII);
        m.toUs.write(other, 0, other.length);
        assertEquals(0, m.ours.shutdown());
        assertEquals(1, m.ours.shutdown());
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertArrayEquals(other, m.toUs.data(), "nothing behind close_notify was taken");
        assertEquals(OverMemory.CLOSED, m.sunReads());
        assertEquals(0, m.toSun.pending());
    }

    // RFC 9846 §4.7.1: a ticket comes after the handshake, so somebody has to read.
    @Test
    void aClientThatOnlyWritesGetsItsTicketByACompleteShutdown() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        m.ours.write(b, 0, 64);
        assertEquals(0, m.ours.shutdown());
        assertNull(m.ours.getSession());
        m.sun.sendCloseNotify();
        assertEquals(1, m.ours.shutdown());
        assertNotNull(m.ours.getSession());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyWritingIsClosedThePeerGoesOn(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        assertSsl(Reason.PROTOCOL_IS_SHUTDOWN, m.ours.write(b, 0, 1), m.ours);
        assertEquals(OverMemory.CLOSED, m.sunReads());
        m.sun.write(new byte[] {1, 2, 3});
        m.sun.write(new byte[] {4});
        m.sun.sendCloseNotify();
        assertEquals(3, m.ours.read(b, 0, 64));
        assertEquals(1, m.ours.read(b, 0, 64));
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(1, m.ours.shutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void dataThatNobodyHasReadHoldTheSecondCallUpAndCanBeReadStill(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.write(new byte[] {1, 2, 3});
        m.sun.sendCloseNotify();
        assertEquals(0, m.ours.shutdown());
        assertSsl(Reason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY, m.ours.shutdown(), m.ours);
        assertEquals(3, m.ours.read(b, 0, 64));
        assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOf(b, 3));
        assertEquals(1, m.ours.shutdown());
    }

    // ---- blocking and not ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketEachCallFinishesItsStep(Role role) throws Exception {
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                sun.awaitCloseNotify(); // ours has to be out after the first call
                sun.sendCloseNotify();
            });
            s.end.handshake();
            assertEquals(0, s.ours.shutdown(), s.end::toString);
            assertEquals(1, s.ours.shutdown(), s.end::toString);
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overABlockingSocketAnErrorEndsTheCall(Role role) throws Exception {
        try (OverSocket s = OverSocket.blocking(role)) {
            s.with(sun -> {
                sun.handshake();
                sun.awaitCloseNotify();
                sun.close();
            });
            s.end.handshake();
            assertEquals(0, s.ours.shutdown());
            assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, s.ours.shutdown(), s.ours);
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingBioTheCallSaysThatItWantsRoom(Role role) throws IOException {
        OverMemory m = OverMemory.bounded(role, 5).connected();
        assertWaits(SslError.WANT_WRITE, m.ours.shutdown(), m.ours);
        byte[] first = m.toSun.data();
        assertWaits(SslError.WANT_WRITE, m.ours.shutdown(), m.ours);
        assertArrayEquals(first, m.toSun.data(), "without room nothing goes on");
        int[] last = {-1};
        m.answering(() -> last[0] = m.ours.shutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads());
        assertEquals(0, last[0]);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingBioTheSecondCallSaysThatItWantsBytes(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        assertEquals(0, m.ours.shutdown());
        for (int i = 0; i < 3; i++) {
            assertWaits(SslError.WANT_READ, m.ours.shutdown(), m.ours);
        }
        m.sun.sendCloseNotify();
        assertEquals(1, m.ours.shutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void overANonBlockingChannelASelectorTellsWhenToCallAgain(Role role) throws Exception {
        try (OverSocket s = OverSocket.nonBlocking(role)) {
            CountDownLatch asked = new CountDownLatch(1);
            s.with(sun -> {
                sun.handshake();
                asked.await();
                sun.awaitCloseNotify();
                sun.sendCloseNotify();
            });
            s.end.handshake();
            assertEquals(0, s.ours.shutdown());
            assertWaits(SslError.WANT_READ, s.ours.shutdown(), s.ours);
            asked.countDown();
            s.end.completeShutdown(); // waits by the selector alone
            s.played();
        }
    }

    // ---- quiet, and peers without manners --------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void aQuietShutdownSendsNothingAndIsDoneAtOnce(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setQuietShutdown(true);
        assertEquals(1, m.ours.shutdown());
        assertEquals(SENT_SHUTDOWN | RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(0, m.toSun.pending());
        assertThrows(EOFException.class, m::sunReads, "the peer meets an end that it did not expect");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withinTheHandshakeNothingIsShutDownQuietOrNot(Role role) throws IOException {
        OverMemory m = OverMemory.as(role);
        assertSsl(Reason.SHUTDOWN_WHILE_IN_INIT, m.ours.shutdown(), m.ours);
        m.ours.doHandshake();
        assertSsl(Reason.SHUTDOWN_WHILE_IN_INIT, m.ours.shutdown(), m.ours);
        m.ours.setQuietShutdown(true);
        assertSsl(Reason.SHUTDOWN_WHILE_IN_INIT, m.ours.shutdown(), m.ours);
        assertEquals(0, m.ours.getShutdown());
        m.connected();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aPeerThatClosesWithoutCloseNotifyIsAnErrorForWhoWaits(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.toUs.setEofReturn(0);
        assertEquals(0, m.ours.shutdown(), "who does not wait does not meet it");
        assertSsl(Reason.UNEXPECTED_EOF_WHILE_READING, m.ours.shutdown(), m.ours);
        assertFalse(m.ours.receivedShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withTheOptionSuchAnEndCompletesTheShutdown(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        m.toUs.setEofReturn(0);
        assertEquals(0, m.ours.shutdown());
        assertEquals(1, m.ours.shutdown());
    }
}
