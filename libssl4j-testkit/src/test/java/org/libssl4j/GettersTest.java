// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** What an {@link Ssl} tells of its handshake and its settings. What peers say of the same {@link org.libssl4j.interop.OffersTest} shows. */
class GettersTest {
    /** Record header, handshake header, legacy_version: what stands before the random of a first hello (RFC 9846 §5.1, §4, §4.2.2). */
    private static final int BEFORE_RANDOM = 5 + 4 + 2;

    @Test
    void theRandomsAreThoseOfTheHellos() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.doHandshake();
        byte[] clientHello = p.toServer.data();
        p.server.doHandshake();
        byte[] serverHello = p.toClient.data();
        p.connected();
        for (Ssl s : List.of(p.client, p.server)) {
            assertArrayEquals(Arrays.copyOfRange(clientHello, BEFORE_RANDOM, BEFORE_RANDOM + 32), s.getClientRandom());
            assertArrayEquals(Arrays.copyOfRange(serverHello, BEFORE_RANDOM, BEFORE_RANDOM + 32), s.getServerRandom());
            assertEquals(0x0303, s.clientVersion());
        }
    }

    @Test
    void whatOneSideHasFinishedWithTheOtherHasReceived() {
        MemoryPair p = MemoryPair.unbounded().connected();
        assertEquals(48, p.client.getFinished().length); // SHA-384
        assertArrayEquals(p.client.getFinished(), p.server.getPeerFinished());
        assertArrayEquals(p.server.getFinished(), p.client.getPeerFinished());
        assertFalse(Arrays.equals(p.client.getFinished(), p.server.getFinished()));
    }

    @Test
    void arraysAreCopies() {
        Ssl s = MemoryPair.unbounded().connected().client;
        assertNotSame(s.getClientRandom(), s.getClientRandom());
        assertNotSame(s.getServerRandom(), s.getServerRandom());
        assertNotSame(s.getFinished(), s.getFinished());
        assertNotSame(s.getPeerFinished(), s.getPeerFinished());
    }

    @Test
    void beforeTheHandshakeNothingIsKnown() {
        for (Ssl s : List.of(MemoryPair.unbounded().client, MemoryPair.unbounded().server)) {
            assertNull(s.getClientRandom());
            assertNull(s.getServerRandom());
            assertNull(s.getFinished());
            assertNull(s.getPeerFinished());
            assertEquals(0, s.clientVersion());
            assertEquals(List.of(), s.get0VerifiedChain());
            assertEquals(List.of(), s.getClientCiphers());
            assertEquals(List.of(), s.getSharedCiphers());
            assertEquals(List.of(), s.get1Groups());
            assertEquals(List.of(), s.getSharedGroups());
            assertEquals(List.of(), s.getSigalgs());
            assertEquals(List.of(), s.getSharedSigalgs());
        }
    }

    @Test
    void bothTellWhatTls12HasOnlyByExtensions() {
        for (boolean off : new boolean[] {false, true}) {
            SslCtx client = MemoryPair.clientCtx();
            SslCtx server = MemoryPair.serverCtx();
            client.setMaxProtoVersion(ProtocolVersion.TLS1_2);
            if (off) {
                server.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
            }
            MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
            for (Ssl s : List.of(p.client, p.server)) {
                assertFalse(s.getSecureRenegotiationSupport(), "nothing is known yet");
                assertFalse(s.getExtmsSupport(), "nothing is known yet");
            }
            p.connected();
            for (Ssl s : List.of(p.client, p.server)) {
                assertTrue(s.getSecureRenegotiationSupport());
                assertEquals(!off, s.getExtmsSupport());
            }
        }
        MemoryPair newer = MemoryPair.unbounded().connected();
        assertFalse(newer.client.getSecureRenegotiationSupport(), "TLS 1.3 has no renegotiation");
        assertFalse(newer.server.getExtmsSupport(), "all secrets of TLS 1.3 are bound");
    }

    @Test
    void aServerTellsWhatTheClientOfferedAndWhatBothHave() {
        SslCtx client = MemoryPair.clientCtx();
        client.setMinProtoVersion(ProtocolVersion.TLS1_3);
        client.setCiphersuites("TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384");
        client.set1GroupsList("X448:P-256:X25519");
        client.set1SigalgsList("ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256");
        SslCtx server = MemoryPair.serverCtx();
        server.setCiphersuites("TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256");
        server.set1GroupsList("X25519:X448:P-384");
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio()).connected();
        assertEquals(
                List.of("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"),
                p.server.getClientCiphers());
        assertEquals(List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"), p.server.getSharedCiphers());
        assertEquals(List.of("x448", "secp256r1", "x25519"), p.server.get1Groups());
        assertEquals(List.of("x25519", "x448"), p.server.getSharedGroups());
        assertTrue(p.server.getSigalgs().contains("rsa_pss_rsae_sha256"));
        assertEquals("ecdsa_secp256r1_sha256", p.server.getSharedSigalgs().get(0));
        assertEquals(List.of(), p.client.getClientCiphers());
        assertEquals(List.of(), p.client.getSharedCiphers());
        assertEquals(List.of(), p.client.get1Groups());
        assertEquals(List.of(), p.client.getSharedGroups());
        assertEquals(List.of(), p.client.getSigalgs());
    }

    @Test
    void aClientThatIsAskedForACertificateTellsWhichSignaturesTheServerTakes() {
        SslCtx server = MemoryPair.serverCtx();
        server.setVerify(VerifyMode.PEER, null);
        MemoryPair p = new MemoryPair(MemoryPair.clientCtx(), server, new MemoryBio(), new MemoryBio()).connected();
        assertTrue(p.client.getSigalgs().contains("ed25519"));
        assertEquals(p.client.getSigalgs(), p.client.getSharedSigalgs());
    }

    @Test
    void theVerifiedChainGoesFromThePeersCertificateToTheTrustedOne() {
        MemoryPair p = MemoryPair.unbounded().connected();
        assertEquals(1, p.client.getPeerCertChainDer().size());
        assertEquals(
                List.of(MemoryPair.IDENTITY.certificate(), MemoryPair.IDENTITY.issuer()), p.client.get0VerifiedChain());
        assertEquals(List.of(), p.server.get0VerifiedChain());
    }

    @Test
    void aPeerThatPassesWithoutAChainHasNone() {
        SslCtx client = new SslCtx(TlsMethod.TLS_CLIENT);
        client.setVerify(VerifyMode.PEER, (result, chain) -> VerifyCb.Answer.ACCEPT);
        MemoryPair p = new MemoryPair(client, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio()).connected();
        assertEquals(List.of(), p.client.get0VerifiedChain());
        assertEquals(MemoryPair.IDENTITY.certificate(), p.client.getPeerCertificate());
    }

    @Test
    void verifySettingsAreToldAsTheyWereSet() {
        VerifyCb callback = (result, chain) -> VerifyCb.Answer.ACCEPT;
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, callback);
        ctx.setVerifyDepth(3);
        assertEquals(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, ctx.getVerifyMode());
        assertSame(callback, ctx.getVerifyCallback());
        assertEquals(3, ctx.getVerifyDepth());
        try (Ssl ssl = new Ssl(ctx)) {
            assertEquals(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, ssl.getVerifyMode());
            assertSame(callback, ssl.getVerifyCallback());
            assertEquals(3, ssl.getVerifyDepth());
            ssl.setVerify(VerifyMode.NONE, null);
            ssl.setVerifyDepth(0);
            assertEquals(VerifyMode.NONE, ssl.getVerifyMode());
            assertNull(ssl.getVerifyCallback());
            assertEquals(0, ssl.getVerifyDepth());
            assertThrows(IllegalArgumentException.class, () -> ssl.setVerifyDepth(-1));
        }
        assertEquals(3, ctx.getVerifyDepth());
    }

    @Test
    void ourCertificateIsTheOneChosenAndBeforeThatTheOneSetLast() throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        assertNull(ctx.get0Certificate());
        assertNull(ctx.get0Privatekey());
        ctx.useCertAndKey(List.of(Identity.ECDSA.certificate()), Identity.ECDSA.key());
        ctx.useCertAndKey(List.of(Identity.RSA.certificate()), Identity.RSA.key());
        assertEquals(Identity.RSA.certificate(), ctx.get0Certificate());
        assertSame(Identity.RSA.key(), ctx.get0Privatekey());
        SslCtx client = new SslCtx(TlsMethod.TLS_CLIENT);
        client.addTrusted(List.of(Identity.ECDSA.issuer()));
        client.set1SigalgsList("ecdsa_secp256r1_sha256");
        MemoryPair p = new MemoryPair(client, ctx, new MemoryBio(), new MemoryBio());
        assertEquals(Identity.RSA.certificate(), p.server.getCertificate());
        assertSame(Identity.RSA.key(), p.server.getPrivatekey());
        p.connected();
        assertEquals(Identity.ECDSA.certificate(), p.server.getCertificate());
        assertSame(Identity.ECDSA.key(), p.server.getPrivatekey());
        assertNull(p.client.getCertificate());
        assertNull(p.client.getPrivatekey());
    }

    @Test
    void withoutASettingTheVerifyModeIsThatOfTheRole() {
        assertEquals(VerifyMode.PEER, new SslCtx(TlsMethod.TLS_CLIENT).getVerifyMode());
        assertEquals(VerifyMode.NONE, new SslCtx(TlsMethod.TLS_SERVER).getVerifyMode());
        assertNull(new SslCtx(TlsMethod.TLS).getVerifyMode());
        try (Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS))) {
            assertEquals(VerifyMode.NONE, ssl.getVerifyMode());
            ssl.setConnectState();
            assertEquals(VerifyMode.PEER, ssl.getVerifyMode());
            assertEquals(100, ssl.getVerifyDepth());
        }
    }

    @Test
    void aConnectionsVerifyDepthCounts() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setVerifyDepth(0); // no intermediates: the leaf's issuer is the anchor itself
        p.connected();
        assertThrows(IllegalStateException.class, () -> p.client.setVerifyDepth(1));
    }

    @Test
    void theCiphersAreThoseThatWereSet() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        assertEquals("TLS_AES_256_GCM_SHA384", ctx.getCiphers().get(0));
        ctx.setCiphersuites("TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
        ctx.setCipherList("ECDHE-ECDSA-AES128-GCM-SHA256");
        assertEquals(
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"),
                ctx.getCiphers());
        try (Ssl ssl = new Ssl(ctx)) {
            assertEquals(ctx.getCiphers(), ssl.getCiphers());
        }
    }

    @Test
    void exDataIsFoundUnderItsKeyAndBelongsToOneObject() {
        ExDataKey<String> name = new ExDataKey<>("name");
        ExDataKey<String> namesake = new ExDataKey<>("name");
        ExDataKey<List<Integer>> numbers = new ExDataKey<>("numbers");
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setExData(name, "context");
        try (Ssl ssl = new Ssl(ctx)) {
            assertNull(ssl.getExData(name));
            ssl.setExData(name, "connection");
            ssl.setExData(numbers, List.of(1, 2));
            String s = ssl.getExData(name);
            List<Integer> n = ssl.getExData(numbers);
            assertEquals("connection", s);
            assertEquals(List.of(1, 2), n);
            assertNull(ssl.getExData(namesake));
            ssl.setExData(name, null);
            assertNull(ssl.getExData(name));
        }
        assertEquals("context", ctx.getExData(name));
        assertEquals("ExDataKey[name]", name.toString());
        assertThrows(NullPointerException.class, () -> ctx.setExData(null, "x"));
    }

    @Test
    void aServerOfTls12TellsWhichOfItsCertificatesItHasShown() {
        Identity rsa = Identity.of(Identity.Kind.RSA);
        Identity ecdsa = Identity.of(Identity.Kind.ECDSA);
        SslCtx server = new SslCtx(TlsMethod.TLS_SERVER);
        server.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        Flow.certificate(server, rsa);
        Flow.certificate(server, ecdsa);
        SslCtx client = new SslCtx(TlsMethod.TLS_CLIENT);
        client.setVerify(VerifyMode.NONE, null);
        client.setCipherList("ECDHE-RSA-AES128-GCM-SHA256");
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio()).connected();
        assertEquals(rsa.chain().get(0), p.server.getCertificate());
        assertEquals(rsa.key(), p.server.getPrivatekey());
    }
}
