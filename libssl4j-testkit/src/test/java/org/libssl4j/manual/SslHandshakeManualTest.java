// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertClosed;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.testkit.peer.EnginePeer;

/** SSL_connect(3), SSL_accept(3) and SSL_do_handshake(3), which share most of their sentences. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslHandshakeManualTest {
    /** The calls that handshake. */
    enum Call {
        CONNECT(Role.CLIENT),
        ACCEPT(Role.SERVER),
        DO_HANDSHAKE_AS_CLIENT(Role.CLIENT),
        DO_HANDSHAKE_AS_SERVER(Role.SERVER);

        final Role role;

        Call(Role role) {
            this.role = role;
        }

        int on(Ssl ssl) {
            return switch (this) {
                case CONNECT -> ssl.connect();
                case ACCEPT -> ssl.accept();
                default -> ssl.doHandshake();
            };
        }
    }

    /** Sends what would be a hello, is none, and is refused at once. */
    private static final byte[] NO_TLS = "EHLO mail.example\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CLOSE_NOTIFY = HexFormat.of().parseHex("15030300020100");

    @ParameterizedTest
    @EnumSource(Call.class)
    void aClientBeginsAndAServerWaits(Call call) {
        OverMemory m = OverMemory.as(call.role);
        assertWaits(SslError.WANT_READ, call.on(m.ours), m.ours);
        if (call.role == Role.SERVER) {
            assertEquals(0, m.toSun.pending());
        } else {
            byte[] sent = m.toSun.data();
            assertEquals(22, sent[0], "a handshake record");
            assertEquals(1, sent[5], "a ClientHello");
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void withoutABioTheCallFails(Call call) {
        Ssl ssl = OverMemory.newSsl(call.role);
        assertEquals(-1, call.on(ssl));
        assertEquals(SslError.SYSCALL, ssl.getError(-1));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void overABlockingSocketOneCallIsTheWholeHandshake(Call call) throws Exception {
        try (OverSocket s = OverSocket.blocking(call.role)) {
            s.with(EnginePeer::handshake);
            assertEquals(1, call.on(s.ours), s.end::toString);
            assertTrue(s.ours.isInitFinished());
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void overABlockingSocketAFaultEndsTheCall(Call call) throws Exception {
        try (OverSocket s = OverSocket.blocking(call.role)) {
            s.with(sun -> s.peer().getOutputStream().write(NO_TLS));
            assertSsl(Reason.WRONG_VERSION_NUMBER, call.on(s.ours), s.ours);
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void overANonBlockingBioTheCallSaysThatItWantsBytes(Call call) throws IOException {
        OverMemory m = OverMemory.as(call.role);
        boolean[] read = {false};
        m.answering(() -> {
            int r = call.on(m.ours);
            if (r != 1) {
                assertWaits(SslError.WANT_READ, r, m.ours);
                read[0] = true;
            }
        });
        m.sun.handshake();
        assertEquals(1, call.on(m.ours));
        assertTrue(read[0]);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void overANonBlockingBioTheCallSaysThatItWantsRoom(Call call) throws IOException {
        OverMemory m = OverMemory.bounded(call.role, 10);
        boolean[] wanted = {false};
        m.answering(() -> {
            int r = call.on(m.ours);
            if (r != 1) {
                assertEquals(-1, r);
                wanted[0] |= m.ours.getError(r) == SslError.WANT_WRITE;
            }
        });
        m.sun.handshake();
        assertEquals(1, call.on(m.ours));
        assertTrue(wanted[0]);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void aCallMadeAgainChangesNothingUntilBytesWereMoved(Call call) throws IOException {
        OverMemory m = OverMemory.as(call.role);
        call.on(m.ours);
        byte[] sent = m.toSun.data();
        for (int i = 0; i < 3; i++) {
            assertWaits(SslError.WANT_READ, call.on(m.ours), m.ours);
        }
        assertArrayEquals(sent, m.toSun.data());
        m.answering(() -> call.on(m.ours));
        m.sun.handshake();
        assertEquals(1, call.on(m.ours));
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void overANonBlockingChannelASelectorTellsWhenToCallAgain(Call call) throws Exception {
        try (OverSocket s = OverSocket.nonBlocking(call.role);
                Selector selector = Selector.open()) {
            ChannelBio bio = assertInstanceOf(ChannelBio.class, s.ours.getRbio());
            SelectionKey key =
                    assertInstanceOf(SocketChannel.class, bio.channel()).register(selector, 0);
            int r = call.on(s.ours);
            s.with(EnginePeer::handshake);
            while (r != 1) {
                assertWaits(SslError.WANT_READ, r, s.ours); // room is there always, for so few bytes
                key.interestOps(SelectionKey.OP_READ);
                selector.select();
                selector.selectedKeys().clear();
                r = call.on(s.ours);
            }
            s.played();
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void returnsOneOnceAConnectionStands(Call call) throws IOException {
        OverMemory m = OverMemory.as(call.role);
        m.answering(() -> call.on(m.ours));
        m.sun.handshake();
        assertEquals(1, call.on(m.ours));
        assertEquals(SslError.NONE, m.ours.getError(1));
        assertTrue(m.ours.isInitFinished());
        m.sun.write(new byte[] {4, 2});
        byte[] b = new byte[2];
        assertEquals(2, m.ours.read(b, 0, 2));
        assertArrayEquals(new byte[] {4, 2}, b);
        assertEquals(2, m.ours.write(b, 0, 2));
        assertArrayEquals(b, m.sun.read(2));
        assertEquals(1, call.on(m.ours), "it is over already");
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void returnsZeroIfThePeerClosesWithinTheHandshake(Call call) throws IOException {
        OverMemory m = OverMemory.as(call.role);
        call.on(m.ours);
        m.toUs.write(CLOSE_NOTIFY, 0, CLOSE_NOTIFY.length);
        assertClosed(call.on(m.ours), m.ours);
        assertFalse(m.ours.isInitFinished());
        assertClosed(call.on(m.ours), m.ours);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void aFaultOfTheProtocolIsLessThanZero(Call call) throws IOException {
        OverMemory m = OverMemory.as(call.role);
        call.on(m.ours);
        m.toUs.write(NO_TLS, 0, NO_TLS.length);
        assertSsl(Reason.WRONG_VERSION_NUMBER, call.on(m.ours), m.ours);
        assertFalse(m.ours.isInitFinished());
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void aConnectionThatFailsIsLessThanZero(Call call) {
        IOException cut = new IOException("cable cut");
        Ssl ssl = OverMemory.newSsl(call.role);
        ssl.setBio(
                new FilterBio() {
                    @Override
                    public int read(byte[] b, int off, int len) throws IOException {
                        throw cut;
                    }
                },
                new MemoryBio());
        assertEquals(-1, call.on(ssl));
        assertEquals(SslError.SYSCALL, ssl.getError(-1));
        assertSame(cut, ssl.failure());
    }

    @Test
    void theClientSpeaksLast() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        boolean[] before = {false};
        m.answering(() -> {
            if (m.ours.connect() == 1) {
                before[0] = true; // and the server still reads
            }
        });
        m.sun.handshake();
        assertTrue(before[0]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tcpNoDelayStaysAsTheSocketHasIt(boolean noDelay) throws Exception {
        try (OverSocket s = OverSocket.blocking(Role.CLIENT)) {
            Socket socket = assertInstanceOf(SocketBio.class, s.ours.getRbio()).socket();
            socket.setTcpNoDelay(noDelay);
            s.ours.setFd(socket);
            s.with(EnginePeer::handshake);
            assertEquals(1, s.ours.connect());
            assertEquals(noDelay, socket.getTcpNoDelay());
            s.played();
        }
    }

    @Test
    void doHandshakeOfAContextForEitherRoleHasToBeToldWhich() throws IOException {
        for (Role role : Role.values()) {
            OverMemory m = OverMemory.undecided(role);
            assertSsl(Reason.CONNECTION_TYPE_NOT_SET, m.ours.doHandshake(), m.ours);
            if (role == Role.CLIENT) {
                m.ours.setConnectState();
            } else {
                m.ours.setAcceptState();
            }
            m.connected();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void doHandshakeOfAContextForOneRoleHasThatRole(Role role) throws IOException {
        OverMemory.as(role).connected(); // no state was set
    }
}
