// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertSsl;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.TlsMethod;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;

/** SSL_set_connect_state(3), SSL_set_accept_state(3) and SSL_is_server(3). */
class SslSetConnectStateManualTest {
    private static Ssl of(TlsMethod method) {
        return new Ssl(new SslCtx(method));
    }

    @Test
    void connectStateMakesAClient() throws IOException {
        OverMemory m = OverMemory.undecided(Role.CLIENT);
        m.ours.setConnectState();
        assertFalse(m.ours.isServer());
        m.connected();
        assertFalse(m.ours.isServer());
    }

    @Test
    void acceptStateMakesAServer() throws IOException {
        OverMemory m = OverMemory.undecided(Role.SERVER);
        m.ours.setAcceptState();
        assertTrue(m.ours.isServer());
        m.connected();
        assertTrue(m.ours.isServer());
    }

    @Test
    void aContextForEitherRoleHasBothKindsOfConnections() {
        Ssl client = of(TlsMethod.TLS);
        client.setConnectState();
        Ssl server = of(TlsMethod.TLS);
        server.setAcceptState();
        assertTrue(server.isServer() && !client.isServer());
        server.setConnectState(); // before the handshake it may still be changed
        assertFalse(server.isServer());
    }

    @Test
    void aContextForOneRoleHasNoConnectionsOfTheOther() {
        assertThrows(IllegalStateException.class, of(TlsMethod.TLS_CLIENT)::setAcceptState);
        assertThrows(IllegalStateException.class, of(TlsMethod.TLS_SERVER)::setConnectState);
        Ssl client = of(TlsMethod.TLS_CLIENT);
        assertEquals(-1, client.accept());
        assertEquals(SslError.SSL, client.getError(-1));
        Ssl server = of(TlsMethod.TLS_SERVER);
        assertEquals(-1, server.connect());
        assertEquals(SslError.SSL, server.getError(-1));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void connectAndAcceptSetTheRoleThemselves(Role role) throws IOException {
        OverMemory m = OverMemory.undecided(role);
        m.answering(() -> {
            if (role == Role.CLIENT) {
                m.ours.connect();
            } else {
                m.ours.accept();
            }
        });
        m.sun.handshake();
        assertEquals(role == Role.SERVER, m.ours.isServer());
        assertEquals(1, m.ours.doHandshake());
    }

    @Test
    void aHandshakeByReadingOrWritingNeedsTheRoleBefore() {
        for (Role role : Role.values()) {
            OverMemory m = OverMemory.undecided(role);
            byte[] b = new byte[1];
            assertSsl(Reason.CONNECTION_TYPE_NOT_SET, m.ours.read(b, 0, 1), m.ours);
            assertSsl(Reason.CONNECTION_TYPE_NOT_SET, m.ours.peek(b, 0, 1), m.ours);
            assertSsl(Reason.CONNECTION_TYPE_NOT_SET, m.ours.write(b, 0, 1), m.ours);
            if (role == Role.CLIENT) {
                m.ours.setConnectState();
            } else {
                m.ours.setAcceptState();
            }
            assertWaits(SslError.WANT_READ, m.ours.read(b, 0, 1), m.ours);
        }
    }

    @Test
    void beforeARoleIsSetIsServerGoesByTheMethod() {
        assertFalse(of(TlsMethod.TLS_CLIENT).isServer());
        assertTrue(of(TlsMethod.TLS_SERVER).isServer());
    }

    @Test
    void beforeARoleIsSetAConnectionForEitherCountsAsAServer() {
        assertTrue(of(TlsMethod.TLS).isServer());
    }

    @Test
    void onceTheHandshakeHasBegunTheRoleStays() {
        MemoryPair p = MemoryPair.unbounded();
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS));
        ssl.setBio(p.toClient, p.toServer);
        ssl.setConnectState();
        ssl.doHandshake();
        ssl.setConnectState();
        assertThrows(IllegalStateException.class, ssl::setAcceptState);
        assertFalse(ssl.isServer());
    }
}
