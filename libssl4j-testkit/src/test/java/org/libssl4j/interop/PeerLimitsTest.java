// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/**
 * What the libraries cannot do, which is why the matrix does without it there. Each limit is a test: when a new release lifts one, the test fails and the matrix can ask for more.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>library</th><th>limit</th><th>in the matrix</th></tr>
 * <tr><td>Conscrypt, Netty BoringSSL</td><td>TLS 1.3 suites cannot be chosen</td><td>our end chooses</td></tr>
 * <tr><td>Conscrypt</td><td>a server told to choose them has no certificate any more</td><td>it is not told</td></tr>
 * <tr><td>Conscrypt</td><td>a server does not tell its own certificate</td><td>our end does, and Conscrypt's client</td></tr>
 * <tr><td>SunJSSE, Conscrypt before JDK 20</td><td>an engine's groups cannot be chosen</td><td>our end chooses</td></tr>
 * <tr><td>BCJSSE</td><td>ECDSA on P-256 needs the group P-256 enabled</td><td>it comes last</td></tr>
 * </table>
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerLimitsTest {
    private static final String AES256 = "TLS_AES_256_GCM_SHA384";
    private static final String CHACHA = "TLS_CHACHA20_POLY1305_SHA256";

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"CONSCRYPT", "BORINGSSL"})
    void aClientToldToUseOneSuiteOffersTheOthersToo(Library library) throws Exception {
        SSLEngine told = library.engine(Wish.client(Identity.ECDSA.issuer(), AES256, null, null));
        assertEquals(CHACHA, negotiated(told, OurEnd.server(Identity.ECDSA, CHACHA, null, "none")));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
    void theOthersOfferTheSuiteTheyWereTold(Library library) throws Exception {
        SSLEngine told = library.engine(Wish.client(Identity.ECDSA.issuer(), AES256, null, null));
        assertNull(negotiated(told, OurEnd.server(Identity.ECDSA, CHACHA, null, "none")));
    }

    @Test
    void aBoringSslServerToldToUseOneSuiteTakesTheOthersToo() throws Exception {
        SSLEngine told = Library.BORINGSSL.engine(Wish.server(Identity.ECDSA, AES256, null, null));
        assertEquals(CHACHA, negotiated(told, OurEnd.client(Identity.ECDSA, CHACHA, null, null)));
    }

    @Test
    void aConscryptServerToldToUseOneSuiteHasNoCertificate() throws Exception {
        SSLEngine told = Library.CONSCRYPT.engine(Wish.server(Identity.ECDSA, null, null, null));
        SSLParameters p = told.getSSLParameters();
        p.setCipherSuites(new String[] {AES256});
        told.setSSLParameters(p);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(told, link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, AES256, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<SSLException> refusal =
                    Link.aside(() -> assertThrows(SSLException.class, peer::handshake));
            ssl.setHostname(Identity.HOST);
            assertEquals(-1, ours.tryHandshake());
            assertTrue(Link.result(refusal).getMessage().contains("NO_CERTIFICATE_SET"));
        }
    }

    /** On a JDK where the groups can be chosen, the choice has to be obeyed. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"SUN_JSSE", "CONSCRYPT"})
    void anEnginesGroupsCannotBeChosenBeforeJdk20(Library library) throws Exception {
        SSLEngine told = library.engine(Wish.client(Identity.ECDSA.issuer(), AES256, "P-256", null));
        String suite = negotiated(told, OurEnd.server(Identity.ECDSA, AES256, "X25519", "none"));
        assertEquals(Library.SET_NAMED_GROUPS == null ? AES256 : null, suite);
    }

    @Test
    void bouncyCastleTakesEcdsaOnP256OnlyWithThatGroup() throws Exception {
        assertNull(negotiated(bouncyCastleWithX25519Alone(), OurEnd.server(Identity.ECDSA, AES256, "X25519", "none")));
        assertEquals(
                AES256,
                negotiated(bouncyCastleWithX25519Alone(), OurEnd.server(Identity.RSA, AES256, "X25519", "none")));
    }

    private static SSLEngine bouncyCastleWithX25519Alone() {
        SSLEngine e = Library.BOUNCY_CASTLE.engine(Wish.client(Identity.RSA.issuer(), AES256, null, null));
        BCSSLParameters p = ((BCSSLEngine) e).getParameters();
        p.setNamedGroups(new String[] {"x25519"});
        ((BCSSLEngine) e).setParameters(p);
        return e;
    }

    /** The suite by the peer's report; null if there was no handshake, as both ends then say. */
    private static String negotiated(SSLEngine engine, SslCtx ctx) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(engine, link.peer());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<String> suite = Link.aside(() -> {
                try (peer) {
                    peer.handshake();
                    peer.write(new byte[] {1});
                    return engine.getSession().getCipherSuite();
                } catch (SSLException e) {
                    return null;
                }
            });
            if (engine.getUseClientMode()) {
                ssl.setAcceptState();
            } else {
                ssl.setHostname(Identity.HOST);
            }
            int r = ours.tryHandshake();
            byte[] one = new byte[1];
            assertEquals(r, r == 1 ? ours.tryRead(one) : r);
            ours.awaitEnd();
            assertEquals(r == 1, Link.result(suite) != null, ours::toString);
            return r == 1 ? ssl.getCipherName() : null;
        }
    }
}
