// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;

/** The callbacks of a server that see the ClientHello, and what they may do with the {@link Ssl}. */
class ServerCallbacksTest {
    private final SslCtx ctx = MemoryPair.serverCtx();

    private MemoryPair pair() {
        return new MemoryPair(MemoryPair.clientCtx(), ctx, new MemoryBio(), new MemoryBio());
    }

    private static Reason reason(Ssl ssl) {
        return assertInstanceOf(TlsException.class, ssl.failure()).reason();
    }

    private void onServername(java.util.function.Consumer<Ssl> what) {
        ctx.setTlsextServernameCallback((ssl, name) -> {
            what.accept(ssl);
            return ServernameAnswer.OK;
        });
    }

    // ---- what the callbacks are given ------------------------------------------------------------------------------

    @Test
    void theServersNameIsKnownToItsCallbackAndNotBefore() {
        List<String> names = new ArrayList<>();
        ctx.setClientHelloCb((ssl, hello) -> {
            names.add(ssl.getServername());
            return ClientHelloAnswer.SUCCESS;
        });
        ctx.setTlsextServernameCallback((ssl, name) -> {
            names.add(name);
            names.add(ssl.getServername());
            return ServernameAnswer.OK;
        });
        MemoryPair p = pair();
        assertNull(p.server.getServername());
        p.connected();
        assertEquals(java.util.Arrays.asList(null, Identity.HOST, Identity.HOST), names);
        assertEquals(Identity.HOST, p.server.getServername());
        assertEquals(Identity.HOST, p.client.getServername());
    }

    @Test
    void callbacksOfAContextAreGivenTheConnectionThatTheyAreCalledFor() {
        List<Ssl> seen = new ArrayList<>();
        ctx.setClientHelloCb((ssl, hello) -> {
            seen.add(ssl);
            return ClientHelloAnswer.SUCCESS;
        });
        ctx.setAlpnSelectCb((ssl, offered) -> {
            seen.add(ssl);
            return offered.get(0);
        });
        for (int i = 0; i < 2; i++) {
            MemoryPair p = pair();
            p.client.setAlpnProtos("h2");
            p.connected();
            assertEquals(List.of(p.server, p.server), seen);
            seen.clear();
        }
    }

    @Test
    void theAlpnCallbackThatWasSetLastIsTheOneThatIsAsked() {
        ctx.setAlpnSelectCb((ssl, offered) -> "a");
        ctx.setAlpnSelectCb(offered -> "b");
        MemoryPair p = pair();
        p.client.setAlpnProtos("a", "b", "c");
        assertEquals("b", p.connected().client.getAlpnSelected());
        ctx.setAlpnSelectCb((ssl, offered) -> "a");
        MemoryPair q = pair();
        q.client.setAlpnProtos("a", "b", "c");
        q.server.setAlpnSelectCb((ssl, offered) -> ssl == q.server ? "c" : null);
        assertEquals("c", q.connected().client.getAlpnSelected());
    }

    @Test
    void anAlpnCallbackThatChoosesTheEmptyNameOrOneThatWasNotOfferedEndsTheHandshake() {
        for (String answer : List.of("", "h3")) {
            ctx.setAlpnSelectCb(offered -> answer);
            MemoryPair p = pair();
            p.client.setAlpnProtos("h2");
            p.client.connect();
            assertEquals(-1, p.server.accept());
            TlsException e = assertInstanceOf(TlsException.class, p.server.failure());
            assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
            assertEquals(Reason.BAD_VALUE, e.reason());
        }
    }

    // ---- later -----------------------------------------------------------------------------------------------------

    @Test
    void eachMaySayLaterAndShowsAsWantClientHelloCb() {
        Queue<Boolean> later = new ArrayDeque<>(List.of(true, true, false, true, false, true, false));
        ctx.setClientHelloCb((ssl, hello) -> later.remove() ? ClientHelloAnswer.RETRY : ClientHelloAnswer.SUCCESS);
        ctx.setTlsextServernameCallback((ssl, name) -> later.remove() ? ServernameAnswer.RETRY : ServernameAnswer.OK);
        ctx.setAlpnSelectCb((ssl, offered) -> later.remove() ? AlpnSelectCb.LATER : "h2");
        MemoryPair p = pair();
        p.client.setAlpnProtos("h2");
        p.client.connect();
        for (int i = 0; i < 4; i++) {
            int r = p.server.accept();
            assertEquals(-1, r);
            assertEquals(SslError.WANT_CLIENT_HELLO_CB, p.server.getError(r));
            assertEquals(SslWant.CLIENT_HELLO_CB, p.server.want());
            assertEquals("SSLv3/TLS read client hello", p.server.stateStringLong());
            assertEquals(0, p.toClient.pending(), "nothing is sent before all is known");
        }
        p.connected();
        assertTrue(later.isEmpty());
    }

    // ---- another context -------------------------------------------------------------------------------------------

    @Test
    void anotherContextTakesTheFirstOnesPlaceWithAllItsSettings() {
        AtomicInteger told = new AtomicInteger();
        SslCtx first = new SslCtx(TlsMethod.TLS);
        first.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256");
        first.set1GroupsList("P-521");
        first.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        first.setAlpnSelectCb(offered -> null);
        first.setOptions(SslOption.IGNORE_UNEXPECTED_EOF, SslOption.CIPHER_SERVER_PREFERENCE);
        first.clearMode(SslMode.AUTO_RETRY);
        first.setQuietShutdown(true);
        first.setReadAhead(true);
        first.setMaxCertList(1);
        first.setMsgCallback(m -> told.addAndGet(1_000));
        ctx.setMsgCallback(m -> told.incrementAndGet());
        SslCtx[] was = {null};
        first.setTlsextServernameCallback((ssl, name) -> {
            was[0] = ssl.getSslCtx();
            ssl.setSslCtx(ctx);
            told.set(0);
            return ServernameAnswer.OK;
        });
        MemoryPair p = new MemoryPair(MemoryPair.clientCtx(), first, new MemoryBio(), new MemoryBio());
        p.client.setAlpnProtos("h2");
        p.connected();
        assertSame(first, was[0]);
        assertSame(ctx, p.server.getSslCtx());
        assertEquals("TLS_AES_256_GCM_SHA384", p.server.getCipherName());
        assertNotEquals("secp521r1", p.server.getNegotiatedGroup()); // the first one's
        assertNull(p.server.getAlpnSelected());
        assertEquals(ctx.getOptions(), p.server.getOptions());
        assertEquals(ctx.getMode(), p.server.getMode());
        assertFalse(p.server.getQuietShutdown());
        assertFalse(p.server.getReadAhead());
        assertTrue(told.get() > 5 && told.get() < 1_000, "messages are shown to the new context's callback: " + told);
    }

    @Test
    void whatWasSetOnTheConnectionItselfStays() {
        SslCtx first = new SslCtx(TlsMethod.TLS_SERVER);
        first.setTlsextServernameCallback((ssl, name) -> {
            ssl.setSslCtx(ctx);
            return ServernameAnswer.OK;
        });
        ctx.setAlpnSelectCb(offered -> "of the context");
        ctx.setVerify(VerifyMode.NONE, null);
        ctx.setOptions(SslOption.CIPHER_SERVER_PREFERENCE);
        MemoryPair p = new MemoryPair(MemoryPair.clientCtx(), first, new MemoryBio(), new MemoryBio());
        p.client.setAlpnProtos("of the context", "of its own");
        p.server.setAlpnSelectCb(offered -> "of its own");
        p.server.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        p.server.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        p.server.clearOptions(SslOption.CIPHER_SERVER_PREFERENCE);
        p.server.clearMode(SslMode.AUTO_RETRY);
        p.server.setQuietShutdown(true);
        p.server.setReadAhead(true);
        p.handshake();
        assertEquals("of its own", p.server.getAlpnSelected());
        assertEquals(Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE, reason(p.server));
        assertTrue(p.server.getOptions().contains(SslOption.IGNORE_UNEXPECTED_EOF));
        assertFalse(p.server.getOptions().contains(SslOption.CIPHER_SERVER_PREFERENCE));
        assertFalse(p.server.getMode().contains(SslMode.AUTO_RETRY));
        assertTrue(p.server.getQuietShutdown());
        assertTrue(p.server.getReadAhead());
    }

    @Test
    void aCallbackMayConfigureTheConnection() {
        onServername(ssl -> ssl.setAlpnSelectCb(offered -> "h2"));
        MemoryPair p = pair();
        p.client.setAlpnProtos("h2");
        assertEquals("h2", p.connected().client.getAlpnSelected());
        assertThrows(IllegalStateException.class, () -> p.server.setAlpnSelectCb(offered -> "h2"));
    }

    @Test
    void aContextMayBeChangedBeforeTheHandshakeButNotOnceItHasBegun() {
        MemoryPair p = new MemoryPair(
                MemoryPair.clientCtx(), new SslCtx(TlsMethod.TLS_SERVER), new MemoryBio(), new MemoryBio());
        p.server.setSslCtx(ctx);
        p.connected();
        assertThrows(IllegalStateException.class, () -> p.server.setSslCtx(ctx));
    }

    @Test
    void aClientKeepsItsNamesWithAnotherContext() {
        MemoryPair p = new MemoryPair(new SslCtx(TlsMethod.TLS_CLIENT), ctx, new MemoryBio(), new MemoryBio());
        p.client.setSslCtx(MemoryPair.clientCtx());
        assertEquals(Identity.HOST, p.connected().server.getServername());
    }

    @Test
    void aContextForClientsCannotServe() {
        onServername(ssl ->
                assertThrows(IllegalArgumentException.class, () -> ssl.setSslCtx(new SslCtx(TlsMethod.TLS_CLIENT))));
        pair().connected();
    }

    @Test
    void aContextWithOtherCryptoProvidersIsRefused() {
        onServername(ssl -> assertThrows(
                IllegalArgumentException.class, () -> ssl.setSslCtx(new SslCtx(TlsMethod.TLS_SERVER, "jdk-only"))));
        pair().connected();
    }

    @Test
    void theCallbacksOfTheFirstContextAreAskedForTheNextClient() {
        List<SslCtx> seen = new ArrayList<>();
        SslCtx first = new SslCtx(TlsMethod.TLS_SERVER);
        first.setClientHelloCb((ssl, hello) -> {
            seen.add(ssl.getSslCtx());
            ssl.setSslCtx(ctx);
            return ClientHelloAnswer.SUCCESS;
        });
        Ssl server = new Ssl(first);
        for (int i = 0; i < 2; i++) {
            Ssl client = new Ssl(MemoryPair.clientCtx());
            client.setHostname(Identity.HOST);
            MemoryBio toServer = new MemoryBio();
            MemoryBio toClient = new MemoryBio();
            client.setBio(toClient, toServer);
            server.setBio(toServer, toClient);
            for (int turn = 0; turn < 10 && !(client.isInitFinished() && server.isInitFinished()); turn++) {
                client.connect();
                server.accept();
            }
            assertTrue(server.isInitFinished(), () -> "server: " + server.failure());
            server.clear();
        }
        assertEquals(List.of(first, first), seen);
    }

    // ---- misuse ----------------------------------------------------------------------------------------------------

    @Test
    void aCallbackMayCloseTheConnection() {
        onServername(Ssl::close);
        MemoryPair p = pair();
        p.client.connect();
        int r = p.server.accept();
        assertTrue(r <= 0);
        assertNotEquals(SslError.NONE, p.server.getError(r));
        assertFalse(p.server.isInitFinished());
    }

    @Test
    void aCallbackMayNotHandshake() {
        onServername(ssl -> assertThrows(IllegalStateException.class, ssl::accept));
        pair().connected();
    }

    @Test
    void aCallbackThatThrowsEndsTheHandshakeAndConfiguresNoMore() {
        onServername(ssl -> {
            throw new IllegalStateException("a bug of the application's");
        });
        MemoryPair p = pair().handshake();
        assertEquals(Reason.INTERNAL_ERROR, reason(p.server));
        assertThrows(IllegalStateException.class, () -> p.server.setSslCtx(ctx));
    }
}
