// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** Certificates of each kind of key, and odd ones, in handshakes; loaded from files as a user does. */
class CertificateKindsTest {
    private static final String HOST = "kinds.libssl4j.test";
    private static final TestCertificate CA = TestCertificate.builder()
            .commonName("Root of kinds")
            .ca()
            .ec("secp256r1")
            .build();

    @TempDir
    Path directory;

    private static CertificateBuilder leaf() {
        return TestCertificate.builder().commonName(HOST).dns(HOST).issuedBy(CA);
    }

    private SslCtx server(TestCertificate c) throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKeyFile(
                c.writeCertificate(directory.resolve("cert.pem")), c.writeKey(directory.resolve("key.pem")), null);
        return ctx;
    }

    private static SslCtx client() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(CA.x509()));
        return ctx;
    }

    private static MemoryPair pair(SslCtx client, SslCtx server) {
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
        p.client.setHostname(HOST);
        return p;
    }

    @ParameterizedTest
    @EnumSource
    void eachKindOfKeySignsByItsScheme(ServerKey key) throws Exception {
        Path files = key.write(directory);
        SslCtx server = AllSchemes.context(TlsMethod.TLS_SERVER);
        server.useCertAndKeyFile(files.resolve("cert.pem"), files.resolve("key.pem"), null);
        SslCtx client = AllSchemes.context(TlsMethod.TLS_CLIENT);
        client.addTrusted(List.of(ServerKey.CA.x509()));
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
        p.client.setHostname(Identity.HOST);
        p.connected();
        assertEquals(key.scheme(), p.client.getPeerSignatureName());
        assertArrayEquals(key.certificate().der(), p.client.getPeerCertificate().getEncoded());
    }

    /** What is offered by default has to hold for whole chains, and those are the JDK's affair, which knows ML-DSA from 24 on. */
    @Test
    void mlDsaIsOfferedByDefaultWhereTheJdkVerifiesCertificatesByIt() throws Exception {
        boolean known = Runtime.version().feature() >= 24;
        assertEquals(known, client().config().ownSignatures(false).has(0x0905));
        SslCtx server = new SslCtx(TlsMethod.TLS_SERVER);
        Path files = ServerKey.MLDSA65.write(directory);
        server.useCertAndKeyFile(files.resolve("cert.pem"), files.resolve("key.pem"), null);
        SslCtx client = new SslCtx(TlsMethod.TLS_CLIENT);
        client.addTrusted(List.of(ServerKey.CA.x509()));
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
        p.client.setHostname(Identity.HOST);
        if (!known) {
            p.handshake();
            assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, ((TlsException) p.server.failure()).reason());
            return;
        }
        p.connected();
        assertEquals("mldsa65", p.client.getPeerSignatureName());

        KeyPairGenerator g = KeyPairGenerator.getInstance("ML-DSA-44");
        TestCertificate ca = TestCertificate.builder()
                .commonName("Root with ML-DSA")
                .ca()
                .keys(g.generateKeyPair())
                .build();
        TestCertificate own = TestCertificate.builder()
                .commonName(HOST)
                .dns(HOST)
                .issuedBy(ca)
                .keys(g.generateKeyPair())
                .build();
        SslCtx trusting = new SslCtx(TlsMethod.TLS_CLIENT);
        trusting.addTrusted(List.of(ca.x509()));
        MemoryPair chain = pair(trusting, server(own)).connected();
        assertEquals("mldsa44", chain.client.getPeerSignatureName());
        assertEquals(VerifyResult.OK, chain.client.getVerifyResult());
    }

    @Test
    void aCertificateThatTheJdkCannotParseIsNoHindranceWhileVerificationIsOff() throws Exception {
        // An empty subject with a subjectAltName that is not critical (RFC 5280 §4.2.1.6 wants it critical).
        TestCertificate odd = TestCertificate.builder()
                .commonName(null)
                .dns(HOST)
                .issuedBy(CA)
                .ec("secp256r1")
                .build();
        assertThrows(IllegalStateException.class, odd::x509, "the JDK parses it after all");
        MemoryPair off = pair(client(), server(odd));
        off.client.setVerify(VerifyMode.NONE, null);
        off.connected();
        assertNull(off.client.getPeerCertificate());
        assertArrayEquals(odd.der(), off.client.getPeerCertChainDer().get(0));
        MemoryPair on = pair(client(), server(odd)).handshake();
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, ((TlsException) on.client.failure()).reason());
    }

    private record Flaw(String what, CertificateBuilder certificate, VerifyResult result, AlertDescription alert) {}

    @TestFactory
    Stream<DynamicTest> aFlawIsRefusedByDefaultWithItsCodeAndAlert() {
        Instant now = Instant.now();
        TestCertificate stranger = TestCertificate.builder()
                .commonName("Nobody's root")
                .ca()
                .ec("secp256r1")
                .build();
        return Stream.of(
                        new Flaw(
                                "another name",
                                TestCertificate.builder()
                                        .commonName(HOST)
                                        .dns("other.test")
                                        .issuedBy(CA)
                                        .ec("secp256r1"),
                                VerifyResult.HOSTNAME_MISMATCH,
                                AlertDescription.BAD_CERTIFICATE),
                        new Flaw(
                                "expired",
                                leaf().validity(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)))
                                        .ec("secp256r1"),
                                VerifyResult.CERT_HAS_EXPIRED,
                                AlertDescription.CERTIFICATE_EXPIRED),
                        new Flaw(
                                "not yet valid",
                                leaf().validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)))
                                        .ec("secp256r1"),
                                VerifyResult.CERT_NOT_YET_VALID,
                                AlertDescription.BAD_CERTIFICATE),
                        new Flaw(
                                "untrusted",
                                leaf().issuedBy(stranger).ec("secp256r1"),
                                VerifyResult.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                                AlertDescription.UNKNOWN_CA),
                        new Flaw(
                                "for clients",
                                leaf().eku(CertificateBuilder.CLIENT_AUTH).ec("secp256r1"),
                                VerifyResult.INVALID_PURPOSE,
                                AlertDescription.UNSUPPORTED_CERTIFICATE),
                        new Flaw(
                                "with a signature that is wrong",
                                leaf().badSignature().ec("secp256r1"),
                                VerifyResult.CERT_SIGNATURE_FAILURE,
                                AlertDescription.DECRYPT_ERROR))
                .map(f -> DynamicTest.dynamicTest(f.what(), () -> {
                    MemoryPair p =
                            pair(client(), server(f.certificate().build())).handshake();
                    assertEquals(f.result(), p.client.getVerifyResult());
                    assertEquals(-1, p.server.doHandshake());
                    PeerAlertException heard = assertInstanceOf(PeerAlertException.class, p.server.failure());
                    assertEquals(f.alert(), heard.alert());
                }));
    }

    @Test
    void aKeyThatBelongsToAnotherCertificateIsRefusedWhenItIsLoaded() throws Exception {
        TestCertificate one = leaf().ec("secp256r1").build();
        TestCertificate other = leaf().ec("secp256r1").build();
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        Path cert = one.writeCertificate(directory.resolve("cert.pem"));
        Path key = other.writeKey(directory.resolve("key.pem"));
        assertThrows(GeneralSecurityException.class, () -> ctx.useCertAndKeyFile(cert, key, null));
    }

    @Test
    void aServerShowsTheCertificateThatTheClientsSchemesFit() throws Exception {
        SslCtx both = server(leaf().rsa(2048).build());
        TestCertificate ecdsa = leaf().ec("secp256r1").build();
        both.useCertAndKey(List.of(ecdsa.x509()), ecdsa.privateKey());
        MemoryPair p = pair(client(), both).connected();
        assertEquals("ecdsa_secp256r1_sha256", p.client.getPeerSignatureName());
    }

    @Test
    void aClientsCertificateIsVerifiedForItsPurpose() throws Exception {
        SslCtx asks = server(leaf().ec("secp256r1").build());
        asks.addTrusted(List.of(CA.x509()));
        asks.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        TestCertificate good = TestCertificate.builder()
                .commonName("a client")
                .issuedBy(CA)
                .eku(CertificateBuilder.CLIENT_AUTH)
                .rsa(2048)
                .build();
        SslCtx client = client();
        client.useCertAndKey(List.of(good.x509()), good.privateKey());
        MemoryPair p = pair(client, asks).connected();
        assertEquals(VerifyResult.OK, p.server.getVerifyResult());
        assertEquals(good.x509(), p.server.getPeerCertificate());
        assertEquals("rsa_pss_rsae_sha256", p.server.getPeerSignatureName());

        TestCertificate servers =
                leaf().eku(CertificateBuilder.SERVER_AUTH).ec("secp256r1").build();
        SslCtx wrong = client();
        wrong.useCertAndKey(List.of(servers.x509()), servers.privateKey());
        MemoryPair q = pair(wrong, asks).handshake();
        assertEquals(VerifyResult.INVALID_PURPOSE, q.server.getVerifyResult());
        assertTrue(
                q.server.failure() instanceof TlsException e && e.alert() == AlertDescription.UNSUPPORTED_CERTIFICATE);
    }
}
