// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.libssl4j.Ssl.RECEIVED_SHUTDOWN;
import static org.libssl4j.Ssl.SENT_SHUTDOWN;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;

/** SSL_set_shutdown(3) and SSL_get_shutdown(3). */
class SslSetShutdownManualTest {
    private final byte[] b = new byte[64];

    @ParameterizedTest
    @ValueSource(ints = {0, SENT_SHUTDOWN, RECEIVED_SHUTDOWN, SENT_SHUTDOWN | RECEIVED_SHUTDOWN})
    void whatIsSetIsWhatIsGot(int mode) throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT).connected();
        m.ours.setShutdown(SENT_SHUTDOWN | RECEIVED_SHUTDOWN);
        m.ours.setShutdown(mode);
        assertEquals(mode, m.ours.getShutdown());
        assertEquals((mode & SENT_SHUTDOWN) != 0, m.ours.sentShutdown());
        assertEquals((mode & RECEIVED_SHUTDOWN) != 0, m.ours.receivedShutdown());
    }

    @Test
    void theBitsAreOpenssls() {
        assertEquals(1, SENT_SHUTDOWN);
        assertEquals(2, RECEIVED_SHUTDOWN);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void atFirstNeitherIsSet(Role role) throws IOException {
        OverMemory m = OverMemory.as(role);
        assertEquals(0, m.ours.getShutdown());
        m.connected();
        assertEquals(0, m.ours.getShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void sentIsSetByOurCloseNotify(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.shutdown();
        assertEquals(SENT_SHUTDOWN, m.ours.getShutdown());
        assertSsl(Reason.PROTOCOL_IS_SHUTDOWN, m.ours.write(b, 0, 1), m.ours);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void receivedIsSetByThePeersCloseNotifyAndSentIsNot(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.sun.sendCloseNotify();
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(RECEIVED_SHUTDOWN, m.ours.getShutdown());
        assertEquals(1, m.ours.shutdown());
        assertEquals(SENT_SHUTDOWN | RECEIVED_SHUTDOWN, m.ours.getShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void receivedIsSetByAFatalAlertOfThePeerToo(Role role) throws IOException {
        MemoryPair p = MemoryPair.unbounded().connected();
        Ssl fails = role == Role.CLIENT ? p.client : p.server;
        Ssl hears = role == Role.CLIENT ? p.server : p.client;
        byte[] garbage = {23, 3, 3, 0, 1, 0};
        (role == Role.CLIENT ? p.toClient : p.toServer).write(garbage, 0, garbage.length);
        assertEquals(-1, fails.read(b, 0, 64));
        assertEquals(0, fails.getShutdown());
        assertEquals(-1, hears.read(b, 0, 64));
        assertEquals(SslError.SSL, hears.getError(-1));
        assertEquals(RECEIVED_SHUTDOWN, hears.getShutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void sentCanBeSetWithoutSendingAnything(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setShutdown(SENT_SHUTDOWN);
        assertEquals(0, m.toSun.pending());
        assertSsl(Reason.PROTOCOL_IS_SHUTDOWN, m.ours.write(b, 0, 1), m.ours);
        assertWaits(SslError.WANT_READ, m.ours.shutdown(), m.ours);
        assertEquals(0, m.toSun.pending(), "close_notify counts as sent");
        assertThrows(EOFException.class, m::sunReads);
        m.sun.sendCloseNotify();
        assertEquals(1, m.ours.shutdown());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withBothSetShutdownHasNothingToDo(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setShutdown(SENT_SHUTDOWN | RECEIVED_SHUTDOWN);
        assertEquals(1, m.ours.shutdown());
        assertEquals(0, m.toSun.pending());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withReceivedSetReadingEndsAndShutdownIsCompleteWithOurs(Role role) throws IOException {
        OverMemory m = OverMemory.as(role).connected();
        m.ours.setShutdown(RECEIVED_SHUTDOWN);
        assertClosed(m.ours.read(b, 0, 64), m.ours);
        assertEquals(1, m.ours.shutdown());
        assertEquals(OverMemory.CLOSED, m.sunReads());
    }

    @Test
    void aStateThatIsNoneIsRefused() {
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        assertThrows(IllegalArgumentException.class, () -> ssl.setShutdown(4));
        assertThrows(IllegalArgumentException.class, () -> ssl.setShutdown(-1));
        assertEquals(0, ssl.getShutdown());
    }
}
