// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** AES-CCM (RFC 9846 §B.5 [8446 B.4]) with Bouncy Castle, which is the one library on the class path that has it. Primitives and TLS are two code bases there; {@code openssl} is asked in the tests with programs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CcmTest {
    private static final int DATA = 70_000;

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"})
    void aServerServesOurClient(String suite) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        Library.BOUNCY_CASTLE.engine(Wish.server(Identity.ECDSA, suite, "X25519", "x")), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, suite, "X25519", "x"));
                OurEnd ours = link.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            echo(suite, peer, ssl, ours);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"})
    void aClientIsServedByUs(String suite) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        Library.BOUNCY_CASTLE.engine(Wish.client(Identity.ECDSA.issuer(), suite, "X25519", "x")),
                        link.peer());
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, suite, "X25519", "x"));
                OurEnd ours = link.ours(ssl, true)) {
            echo(suite, peer, ssl, ours);
        }
    }

    @Test
    void aProviderHasToHaveIt() {
        SslCtx c = new SslCtx(TlsMethod.TLS_CLIENT, "jdk-only");
        assertThrows(IllegalArgumentException.class, () -> c.setCiphersuites("TLS_AES_128_CCM_SHA256"));
    }

    private static void echo(String suite, EnginePeer peer, Ssl ssl, OurEnd ours) throws Exception {
        byte[] data = new byte[DATA];
        new Random(2).nextBytes(data);
        CompletableFuture<String> said = Link.aside(() -> {
            peer.handshake();
            peer.write(peer.read(DATA));
            peer.sendCloseNotify();
            return peer.engine().getSession().getCipherSuite();
        });
        ours.handshake();
        ours.write(data);
        assertArrayEquals(data, ours.read(DATA));
        ours.awaitCloseNotify();
        ours.sendCloseNotify();
        assertEquals(suite, Link.result(said));
        assertEquals(suite, ssl.getCipherName());
    }
}
