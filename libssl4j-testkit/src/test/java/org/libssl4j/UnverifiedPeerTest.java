// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.pki.TestCertificate;

/** What a hostile peer, or a change of configuration in a bad moment, must not make of authentication. */
class UnverifiedPeerTest {
    private static MemoryPair asks(VerifyMode mode) throws GeneralSecurityException {
        MemoryPair p = MemoryPair.unbounded();
        p.client.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        p.client.setPostHandshakeAuth(true);
        p.server.setVerify(mode, (r, chain) -> VerifyCb.Answer.ACCEPT);
        return p;
    }

    @Test
    void aVerdictOfOneConfigurationIsNotTakenForThatOfAnother() {
        MemoryPair p = MemoryPair.unbounded();
        boolean[] strict = {false};
        p.client.setVerify(VerifyMode.PEER, (r, chain) -> strict[0] ? VerifyCb.Answer.REJECT : VerifyCb.Answer.LATER);
        p.handshake();
        assertEquals(SslWant.RETRY_VERIFY, p.client.want());
        p.client.asked(() -> {
            p.client.set1Host("another.libssl4j.test");
            return null;
        });
        p.client.setVerify(VerifyMode.PEER, null);
        p.handshake();
        assertEquals(VerifyResult.HOSTNAME_MISMATCH, p.client.getVerifyResult());
        assertFalse(p.client.isInitFinished());
    }

    @Test
    void answersPileUpForAServerThatDoesNotReadOnlyToABound() throws GeneralSecurityException {
        MemoryPair p =
                new MemoryPair(MemoryPair.clientCtx(), MemoryPair.serverCtx(), new MemoryBio(4096), new MemoryBio());
        p.client.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        p.client.setPostHandshakeAuth(true);
        p.connected();
        p.server.setVerify(VerifyMode.PEER, (r, chain) -> VerifyCb.Answer.ACCEPT);
        byte[] b = new byte[10];
        int requests = 0;
        while (p.client.failure() == null && requests < 1000) {
            forgetRequest(p.server);
            assertEquals(1, p.server.verifyClientPostHandshake());
            requests++;
            assertEquals(1, p.server.write(b, 0, 1));
            p.client.read(b, 0, 10);
        }
        assertTrue(requests < 100, "no end of answers");
        assertEquals(Reason.UNEXPECTED_MESSAGE, ((TlsException) p.client.failure()).reason());
    }

    /** A server of ours asks once and waits; this makes it ask again. */
    private static void forgetRequest(Ssl server) {
        try {
            Object at = server;
            for (String name : List.of("transfer", "connection", "server")) {
                at = field(at, name).get(at);
            }
            field(at, "outstanding").set(at, null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Object of, String name) throws ReflectiveOperationException {
        Field f = of.getClass().getDeclaredField(name);
        f.setAccessible(true);
        return f;
    }

    /** Whoever pins a certificate compares it with the first; a leaf that the JDK refuses must not let the second move up. */
    @Test
    void aCertificateThatCannotBeParsedDoesNotMakeTheNextOneThePeers(@TempDir Path dir) throws Exception {
        X509Certificate pinned = MemoryPair.IDENTITY.certificate();
        TestCertificate own = TestCertificate.builder()
                .commonName(null)
                .dns(Identity.HOST)
                .ec("secp256r1")
                .build();
        assertThrows(IllegalStateException.class, own::x509);
        Path chain = own.writeCertificate(dir.resolve("chain.pem"));
        Files.writeString(
                chain,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(pinned.getEncoded())
                        + "\n-----END CERTIFICATE-----\n",
                StandardOpenOption.APPEND);
        MemoryPair p = MemoryPair.unbounded();
        p.server.certsClear();
        p.server.useCertAndKeyFile(chain, own.writeKey(dir.resolve("key.pem")), null);
        List<List<X509Certificate>> seen = new ArrayList<>();
        p.client.setVerify(VerifyMode.PEER, (r, c) -> {
            seen.add(c);
            return c.isEmpty() || !c.get(0).equals(pinned) ? VerifyCb.Answer.REJECT : VerifyCb.Answer.ACCEPT;
        });
        p.handshake();
        assertEquals(List.of(List.of()), seen);
        assertFalse(p.client.isInitFinished());
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, ((TlsException) p.client.failure()).reason());
    }

    @Test
    void whoClosesInACallbackHasNoConnection() throws GeneralSecurityException {
        closes((c, s) -> s.setClientHelloCb((ssl, h) -> {
            ssl.close();
            return ClientHelloAnswer.SUCCESS;
        }));
        closes((c, s) -> s.setTlsextServernameCallback((ssl, name) -> {
            ssl.close();
            return ServernameAnswer.OK;
        }));
        closes((c, s) -> s.setCertCb(ssl -> {
            ssl.close();
            return CertCb.Answer.OK;
        }));
        closes((c, s) -> c.setCertCb(ssl -> {
            ssl.close();
            return CertCb.Answer.OK;
        }));
    }

    @Test
    void whoClosesAtTheVeryEndHasNoConnectionEither() throws GeneralSecurityException {
        MemoryPair p = asks(VerifyMode.PEER);
        p.server.setInfoCallback((where, ret, state) -> {
            if ((where & InfoCb.HANDSHAKE_DONE) != 0) {
                p.server.close();
            }
        });
        p.client.doHandshake();
        p.server.doHandshake();
        p.client.doHandshake();
        assertEquals(-1, p.server.doHandshake());
        assertFalse(p.server.isInitFinished());
    }

    private static void closes(BiConsumer<SslCtx, SslCtx> set) throws GeneralSecurityException {
        SslCtx c = MemoryPair.clientCtx();
        SslCtx s = MemoryPair.serverCtx();
        s.setVerify(VerifyMode.PEER, (r, chain) -> VerifyCb.Answer.ACCEPT);
        set.accept(c, s);
        MemoryPair p = new MemoryPair(c, s, new MemoryBio(), new MemoryBio()).handshake();
        for (int i = 0; i < 3; i++) {
            p.client.doHandshake();
            p.server.doHandshake();
        }
        assertTrue(p.client.failure() != null || p.server.failure() != null);
        assertFalse(p.server.isInitFinished());
    }

    @Test
    void finishedIsThatOfTheLatestAuthentication() throws GeneralSecurityException {
        MemoryPair p = asks(VerifyMode.PEER_POST_HANDSHAKE).connected();
        byte[] before = p.client.getFinished();
        assertEquals(1, p.server.verifyClientPostHandshake());
        assertEquals(0, p.server.verifyClientPostHandshake(), "one at a time");
        assertEquals(1, p.server.doHandshake());
        assertEquals(-1, p.client.read(new byte[1], 0, 1));
        assertEquals(-1, p.server.read(new byte[1], 0, 1));
        assertEquals(MemoryPair.IDENTITY.certificate(), p.server.getPeerCertificate());
        assertFalse(Arrays.equals(before, p.client.getFinished()));
        assertArrayEquals(p.server.getPeerFinished(), p.client.getFinished());
    }
}
