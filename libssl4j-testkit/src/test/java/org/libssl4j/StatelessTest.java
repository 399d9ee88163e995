// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;

/** SSL_stateless(3): what the call returns, and that nothing is needed of the object that has sent the HelloRetryRequest. */
class StatelessTest {
    private static final byte[] MINE = {1, 2, 3};

    private final SslCtx serverCtx = MemoryPair.serverCtx();
    private final MemoryBio toServer = new MemoryBio();
    private final MemoryBio toClient = new MemoryBio();
    private final Ssl client = new Ssl(MemoryPair.clientCtx());
    private final List<Ssl> asked = new ArrayList<>();

    StatelessTest() {
        serverCtx.setStatelessCookieGenerateCb(ssl -> {
            asked.add(ssl);
            return MINE;
        });
        serverCtx.setStatelessCookieVerifyCb((ssl, cookie) -> {
            asked.add(ssl);
            return Arrays.equals(MINE, cookie);
        });
        client.setHostname(Identity.HOST);
        client.setBio(toClient, toServer);
    }

    private Ssl server() {
        Ssl s = new Ssl(serverCtx);
        s.setBio(toServer, toClient);
        return s;
    }

    private static Reason reason(Ssl ssl) {
        return assertInstanceOf(TlsException.class, ssl.failure()).reason();
    }

    private void clientWaits() {
        assertEquals(-1, client.connect());
        assertEquals(SslError.WANT_READ, client.getError(-1), () -> "client: " + client.failure());
    }

    private void connected(Ssl server) {
        assertEquals(1, client.connect(), () -> "client: " + client.failure());
        assertEquals(1, server.accept(), () -> "server: " + server.failure());
        byte[] b = new byte[3];
        assertEquals(3, client.write(MINE, 0, 3));
        assertEquals(3, server.read(b, 0, 3));
        assertEquals(3, server.write(b, 0, 3));
        assertEquals(3, client.read(b, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "P-256"})
    void oneObjectSendsTheCookieAndAnotherOneGetsIt(String groups) {
        serverCtx.set1GroupsList(groups);
        clientWaits();
        Ssl first = server();
        assertEquals(0, first.stateless());
        assertEquals(SslError.NONE, first.getError(0));
        clientWaits();
        Ssl second = server();
        assertEquals(1, second.stateless());
        assertEquals(List.of(first, second), asked);
        connected(second);
        assertEquals(groups.equals("P-256") ? "secp256r1" : "X25519MLKEM768", client.getNegotiatedGroup());
    }

    @Test
    void aClientOfTls12HasNoCookiesAndIsRefused() {
        client.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        clientWaits();
        Ssl server = server();
        assertEquals(-1, server.stateless());
        assertEquals(SslError.SSL, server.getError(-1));
        assertEquals(Reason.UNSUPPORTED_PROTOCOL, reason(server));
        assertEquals(List.of(), asked);
        assertEquals(-1, client.connect());
        assertEquals(
                AlertDescription.PROTOCOL_VERSION,
                assertInstanceOf(PeerAlertException.class, client.failure()).alert());
    }

    @Test
    void theSameObjectMayBeAskedAgainAndBeginsAnew() {
        clientWaits();
        Ssl server = server();
        assertEquals(0, server.stateless());
        clientWaits();
        assertEquals(1, server.stateless());
        connected(server);
    }

    @Test
    void acceptGoesOnAfterTheCookieWasSent() {
        clientWaits();
        Ssl server = server();
        assertEquals(0, server.stateless());
        clientWaits();
        assertEquals(-1, server.accept());
        assertEquals(SslError.WANT_READ, server.getError(-1));
        connected(server);
    }

    @Test
    void aClientHelloThatComesInPiecesIsWaitedFor() {
        MemoryBio slow = new MemoryBio(1);
        client.setBio(toClient, slow);
        Ssl server = server();
        server.setBio(slow, toClient);
        List<Integer> ends = new ArrayList<>();
        for (int turn = 0; ends.size() < 2; turn++) {
            assertTrue(turn < 100_000, "no end");
            client.connect();
            int r = server.stateless();
            if (r >= 0) {
                ends.add(r);
            } else {
                assertEquals(SslError.WANT_READ, server.getError(r), () -> "server: " + server.failure());
            }
        }
        assertEquals(List.of(0, 1), ends);
    }

    @Test
    void aStaleCookieIsAnsweredByAnotherOne() {
        Instant[] now = {Instant.parse("2027-01-15T12:00:00Z")};
        serverCtx.setClock(new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        });
        clientWaits();
        assertEquals(0, server().stateless());
        clientWaits();
        now[0] = now[0].plus(Duration.ofSeconds(601));
        assertEquals(0, server().stateless());
        assertEquals(-1, client.connect());
        assertEquals(Reason.UNEXPECTED_MESSAGE, reason(client), "a second HelloRetryRequest");
    }

    @Test
    void aCookieOfAnotherContextIsRefused() {
        clientWaits();
        assertEquals(0, server().stateless());
        clientWaits();
        SslCtx other = MemoryPair.serverCtx();
        other.setStatelessCookieGenerateCb(ssl -> MINE);
        other.setStatelessCookieVerifyCb((ssl, cookie) -> true);
        Ssl server = new Ssl(other);
        server.setBio(toServer, toClient);
        assertEquals(-1, server.stateless());
        assertEquals(SslError.SSL, server.getError(-1));
        assertEquals(Reason.COOKIE_MISMATCH, reason(server));
        assertEquals(-1, client.connect());
        assertEquals(
                AlertDescription.ILLEGAL_PARAMETER,
                assertInstanceOf(PeerAlertException.class, client.failure()).alert());
    }

    @Test
    void aCookieThatTheCallbackDoesNotTakeIsRefused() {
        serverCtx.setStatelessCookieVerifyCb((ssl, cookie) -> false);
        clientWaits();
        assertEquals(0, server().stateless());
        clientWaits();
        Ssl server = server();
        assertEquals(-1, server.stateless());
        assertEquals(Reason.COOKIE_MISMATCH, reason(server));
    }

    @Test
    void withoutACookieFromTheCallbackTheHandshakeEnds() {
        serverCtx.setStatelessCookieGenerateCb(ssl -> null);
        clientWaits();
        Ssl server = server();
        assertEquals(-1, server.stateless());
        assertEquals(Reason.COOKIE_GEN_CALLBACK_FAILURE, reason(server));
    }

    @Test
    void bothCallbacksHaveToBeSet() {
        clientWaits();
        serverCtx.setStatelessCookieVerifyCb(null);
        Ssl server = server();
        assertEquals(-1, server.stateless());
        assertEquals(Reason.NO_COOKIE_CALLBACK_SET, reason(server));
        serverCtx.setStatelessCookieVerifyCb((ssl, cookie) -> true);
        assertEquals(0, server.stateless(), "nothing was taken from the Bio");
    }

    @Test
    void anEndOfTheStreamIsAFailureAndNotACookieThatWasSent() {
        toServer.setEofReturn(0);
        Ssl server = server();
        server.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        assertEquals(-1, server.stateless());
        assertEquals(SslError.ZERO_RETURN, server.getError(-1));
    }

    @Test
    void aFailedObjectMayBeAskedAgain() throws Exception {
        Ssl server = server();
        toServer.write(new byte[] {22, 3, 1, 0, 4, 20, 0, 0, 0}, 0, 9); // a Finished
        assertEquals(-1, server.stateless());
        assertEquals(Reason.UNEXPECTED_MESSAGE, reason(server));
        toClient.reset();
        clientWaits();
        assertEquals(0, server.stateless());
        clientWaits();
        assertEquals(1, server.stateless());
        connected(server);
    }

    @Test
    void itIsRefusedOnceAHandshakeHasBegunAndByAClientsContext() {
        clientWaits();
        Ssl server = server();
        assertEquals(-1, server.accept());
        assertThrows(IllegalStateException.class, server::stateless);
        Ssl ofClients = new Ssl(MemoryPair.clientCtx());
        assertEquals(-1, ofClients.stateless());
        assertEquals(Reason.CONNECTION_TYPE_NOT_SET, reason(ofClients));
    }

    @Test
    void itIsRefusedFromInsideOfACallback() {
        RuntimeException[] thrown = {null};
        serverCtx.setStatelessCookieGenerateCb(ssl -> {
            thrown[0] = assertThrows(IllegalStateException.class, ssl::stateless);
            return MINE;
        });
        clientWaits();
        assertEquals(0, server().stateless());
        assertSame(IllegalStateException.class, thrown[0].getClass());
    }
}
