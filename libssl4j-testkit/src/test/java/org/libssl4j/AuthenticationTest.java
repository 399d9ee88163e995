// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.pki.TestCertificate;

/** Certificates of either side, as a user sets them: callbacks, names of authorities, lists of schemes, authentication after the handshake. */
class AuthenticationTest {
    private static final String HOST = "auth.libssl4j.test";
    private static final TestCertificate CA = TestCertificate.builder()
            .commonName("Root of auth")
            .ca()
            .ec("secp256r1")
            .build();
    private static final TestCertificate EC = leaf(HOST, "ec");
    private static final TestCertificate RSA = leaf(HOST, "rsa");
    private static final TestCertificate ME = leaf("me", "ec");

    private static TestCertificate leaf(String name, String kind) {
        var b = TestCertificate.builder().commonName(name).dns(name).issuedBy(CA);
        return (kind.equals("ec") ? b.ec("secp256r1") : b.rsa(2048)).build();
    }

    private static SslCtx client() {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(CA.x509()));
        return ctx;
    }

    private static SslCtx server(TestCertificate... own) {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.addTrusted(List.of(CA.x509()));
        for (TestCertificate c : own) {
            use(ctx, c);
        }
        return ctx;
    }

    private static SslCtx asking(VerifyMode mode) {
        SslCtx ctx = server(EC);
        ctx.setVerify(mode, null);
        return ctx;
    }

    private static void use(SslCtx ctx, TestCertificate c) {
        try {
            ctx.useCertAndKey(List.of(c.x509()), c.privateKey());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SslCtx with(SslCtx ctx, TestCertificate c) {
        use(ctx, c);
        return ctx;
    }

    private static MemoryPair pair(SslCtx client, SslCtx server) {
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
        p.client.setHostname(HOST);
        return p;
    }

    private static Reason reason(Ssl ssl) {
        return assertInstanceOf(TlsException.class, ssl.failure()).reason();
    }

    // ---- certificate callbacks -------------------------------------------------------------------------------------

    @Test
    void aServersCallbackSetsTheCertificateByTheNameThatTheClientWants() {
        SslCtx s = server();
        s.setCertCb(ssl -> {
            assertEquals(HOST, ssl.getServername());
            ssl.useCertAndKey(List.of(RSA.x509()), RSA.privateKey());
            return CertCb.Answer.OK;
        });
        MemoryPair p = pair(client(), s).connected();
        assertEquals(RSA.x509(), p.client.getPeerCertificate());
        assertThrows(TlsException.class, () -> {
            throw pair(client(), server()).handshake().server.failure();
        });
    }

    @Test
    void aCallbackThatAnswersLaterIsAskedAgain() {
        Queue<CertCb.Answer> answers =
                new ArrayDeque<>(List.of(CertCb.Answer.LATER, CertCb.Answer.LATER, CertCb.Answer.OK));
        MemoryPair p = pair(client(), server(EC));
        p.server.setCertCb(ssl -> answers.remove());
        assertEquals(-1, p.client.doHandshake());
        for (int i = 0; i < 2; i++) {
            int r = p.server.accept();
            assertEquals(SslError.WANT_X509_LOOKUP, p.server.getError(r));
            assertEquals(SslWant.X509_LOOKUP, p.server.want());
            assertEquals(0, p.toClient.pending(), "nothing is sent before the certificate is chosen");
        }
        p.connected();
        assertTrue(answers.isEmpty(), "an answer is final");
    }

    @Test
    void aServersCallbackThatFailsEndsTheHandshake() {
        for (CertCb cb : List.<CertCb>of(ssl -> CertCb.Answer.FAIL, ssl -> null, ssl -> {
            throw new GeneralSecurityException("no token");
        })) {
            MemoryPair p = pair(client(), server(EC));
            p.server.setCertCb(cb);
            p.handshake();
            assertEquals(Reason.CERT_CB_ERROR, reason(p.server));
            assertEquals(AlertDescription.INTERNAL_ERROR, ((TlsException) p.server.failure()).alert());
        }
    }

    @Test
    void aClientsCallbackIsCalledWhenItIsAskedAndSeesByWhom() {
        SslCtx c = client();
        int[] calls = {0};
        c.setCertCb(ssl -> {
            calls[0]++;
            assertEquals(List.of(CA.x509().getSubjectX500Principal()), ssl.get0PeerCaList());
            assertEquals(List.of("ecdsa_secp256r1_sha256"), ssl.getSharedSigalgs());
            ssl.useCertAndKey(List.of(ME.x509()), ME.privateKey());
            return CertCb.Answer.OK;
        });
        pair(c, server(EC)).connected();
        assertEquals(0, calls[0], "nobody has asked");
        SslCtx s = asking(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT);
        s.addClientCa(CA.x509());
        s.set1ClientSigalgsList("ECDSA+SHA256");
        MemoryPair p = pair(c, s).connected();
        assertEquals(1, calls[0]);
        assertEquals(ME.x509(), p.server.getPeerCertificate());
        assertEquals(VerifyResult.OK, p.server.getVerifyResult());
    }

    @Test
    void aClientsCallbackThatFailsEndsTheHandshake() {
        MemoryPair p = pair(client(), asking(VerifyMode.PEER));
        p.client.setCertCb(ssl -> CertCb.Answer.FAIL);
        p.handshake();
        assertEquals(Reason.CALLBACK_FAILED, reason(p.client));
    }

    @Test
    void theClientCertCallbackIsAskedOnlyIfNoCertificateFits() {
        int[] calls = {0};
        ClientCertCb cb = ssl -> {
            calls[0]++;
            return ClientCertCb.Answer.of(List.of(ME.x509()), ME.privateKey());
        };
        SslCtx has = with(client(), ME);
        has.setClientCertCb(cb);
        pair(has, asking(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)).connected();
        assertEquals(0, calls[0]);
        SslCtx hasNot = client();
        hasNot.setClientCertCb(cb);
        MemoryPair p =
                pair(hasNot, asking(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)).connected();
        assertEquals(1, calls[0]);
        assertEquals(ME.x509(), p.server.getPeerCertificate());
    }

    @Test
    void theClientCertCallbackMayAnswerLaterAndMayHaveNone() {
        Queue<ClientCertCb.Answer> answers =
                new ArrayDeque<>(List.of(ClientCertCb.Answer.LATER, ClientCertCb.Answer.NONE));
        MemoryPair p = pair(client(), asking(VerifyMode.PEER));
        p.client.setClientCertCb(ssl -> answers.remove());
        p.handshake();
        assertEquals(SslWant.X509_LOOKUP, p.client.want());
        p.connected();
        assertTrue(answers.isEmpty());
        assertNull(p.server.getPeerCertificate());
    }

    @Test
    void whatTheClientCertCallbackGivesAndDoesNotFitIsNoCertificate() {
        MemoryPair p = pair(client(), asking(VerifyMode.PEER));
        p.client.setClientCertCb(ssl -> ClientCertCb.Answer.of(List.of(ME.x509()), EC.privateKey()));
        p.connected();
        assertNull(p.server.getPeerCertificate());
    }

    // ---- names of authorities --------------------------------------------------------------------------------------

    @Test
    void bothSidesSeeTheNamesThatTheOtherSends() {
        X500Principal a = new X500Principal("CN=A, O=libssl4j");
        X500Principal b = new X500Principal("CN=B");
        SslCtx c = with(client(), ME);
        c.set0CaList(List.of(a, b));
        SslCtx s = asking(VerifyMode.PEER);
        s.set0CaList(List.of(a));
        MemoryPair p = pair(c, s).connected();
        assertEquals(List.of(a, b), p.server.get0PeerCaList());
        assertEquals(List.of(a), p.client.get0PeerCaList());
        assertEquals(List.of(a), p.client.getClientCaList());
        s.setClientCaList(List.of(b));
        assertEquals(List.of(b), pair(c, s).connected().client.get0PeerCaList(), "a server's own list comes first");
        assertEquals(ME.x509(), p.server.getPeerCertificate(), "names are a hint: our choice is not bound by them");
    }

    @Test
    void namesThatTheJdkCannotParseAreLeftOut() {
        X500Principal a = new X500Principal("CN=A");
        assertEquals(List.of(a), CaNames.parsed(List.of(new byte[] {1, 2, 3}, a.getEncoded(), new byte[] {0x30, 5})));
    }

    @Test
    void namesAreNotSentWithTheOptionAgainstThem() {
        SslCtx s = asking(VerifyMode.PEER);
        s.addClientCa(CA.x509());
        s.setOptions(SslOption.DISABLE_TLSEXT_CA_NAMES);
        MemoryPair p = pair(client(), s).connected();
        assertEquals(List.of(), p.client.get0PeerCaList());
        assertEquals(1, p.server.getClientCaList().size());
    }

    @Test
    void namesThatCannotBeSentAreRefused() {
        X500Principal big = new X500Principal("CN=" + "x".repeat(33_000));
        SslCtx c = client();
        c.set0CaList(List.of(big));
        assertThrows(IllegalArgumentException.class, () -> c.set0CaList(List.of(big, big)));
        assertEquals(List.of(big), c.get0CaList());
    }

    // ---- signature schemes -----------------------------------------------------------------------------------------

    @Test
    void theSchemeIsByThePeersOrderUnlessOursIsToCount() {
        SslCtx c = client();
        c.set1SigalgsList("RSA-PSS+SHA512:ECDSA+SHA256:RSA-PSS+SHA256");
        SslCtx s = server(EC, RSA);
        assertEquals("rsa_pss_rsae_sha512", pair(c, s).connected().client.getPeerSignatureName());
        s.setOptions(SslOption.CIPHER_SERVER_PREFERENCE);
        assertEquals("ecdsa_secp256r1_sha256", pair(c, s).connected().client.getPeerSignatureName());
        s.set1Sigalgs(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.ECDSA_SECP256R1_SHA256);
        assertEquals("rsa_pss_rsae_sha256", pair(c, s).connected().client.getPeerSignatureName());
    }

    @Test
    void aServerSeesTheSchemesOfAClientHello() {
        SslCtx c = client();
        c.setMinProtoVersion(ProtocolVersion.TLS1_3);
        c.setSecurityLevel(0); // SHA-1
        c.set1SigalgsList("ECDSA+SHA256:RSA+SHA1");
        MemoryPair p = pair(c, server(EC)).connected();
        assertEquals(List.of("ecdsa_secp256r1_sha256", "rsa_pkcs1_sha1"), p.server.getSigalgs());
        assertEquals(List.of("ecdsa_secp256r1_sha256"), p.server.getSharedSigalgs());
    }

    @Test
    void aClientSignsByItsOwnListAndAServerAcceptsByIts() {
        SslCtx c = with(client(), RSA);
        c.set1ClientSigalgsList("RSA-PSS+SHA384");
        MemoryPair p = pair(c, asking(VerifyMode.PEER)).connected();
        assertEquals("rsa_pss_rsae_sha384", p.server.getPeerSignatureName());
        assertEquals("ecdsa_secp256r1_sha256", p.client.getPeerSignatureName(), "what it accepts is another matter");
        SslCtx s = asking(VerifyMode.PEER);
        s.set1ClientSigalgsList("RSA-PSS+SHA256");
        assertNull(pair(c, s).connected().server.getPeerCertificate(), "nothing in common: no certificate");
    }

    @Test
    void schemesThatAreNotForHandshakesSignNone() {
        SslCtx s = server(RSA);
        s.set1SigalgsList("RSA+SHA1:RSA+SHA256");
        SslCtx c = client();
        c.set1SigalgsList("RSA+SHA1:RSA+SHA256:RSA-PSS+SHA256");
        MemoryPair p = pair(c, s).handshake();
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, reason(p.server));
    }

    @Test
    void aClientMaySignWithPkcs1IfBothSaySo() {
        for (String scheme : List.of("rsa_pkcs1_sha256_legacy", "rsa_pkcs1_sha384_legacy", "rsa_pkcs1_sha512_legacy")) {
            SslCtx c = with(client(), RSA);
            c.set1ClientSigalgsList(scheme);
            SslCtx s = asking(VerifyMode.PEER);
            assertNull(pair(c, s).connected().server.getPeerCertificate(), "it is off by default");
            s.set1ClientSigalgsList(scheme + ":RSA-PSS+SHA256");
            assertEquals(scheme, pair(c, s).connected().server.getPeerSignatureName());
        }
    }

    @Test
    void aServerNeverSignsWithTheLegacyPkcs1AndNoClientOffersIt() {
        SslCtx c = client();
        c.set1SigalgsList("rsa_pkcs1_sha256_legacy:RSA-PSS+SHA256");
        SslCtx s = server(RSA);
        s.set1SigalgsList("rsa_pkcs1_sha256_legacy:RSA-PSS+SHA256");
        MemoryPair p = pair(c, s).connected();
        assertEquals("rsa_pss_rsae_sha256", p.client.getPeerSignatureName());
        assertEquals(List.of("rsa_pss_rsae_sha256"), p.server.getSigalgs());
        c.set1SigalgsList("rsa_pkcs1_sha256_legacy");
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, reason(pair(c, s).handshake().client));
    }

    @Test
    void theLegacyPkcs1IsNotForCertificates() {
        assertThrows(IllegalArgumentException.class, () -> client().set1SigalgsCertList("rsa_pkcs1_sha256_legacy"));
        MemoryPair p = pair(client(), server(RSA));
        assertThrows(IllegalArgumentException.class, () -> p.client.set1SigalgsCertList("rsa_pkcs1_sha256_legacy"));
    }

    @Test
    void aCertificateBelowTheSecurityLevelIsRefused() throws Exception {
        TestCertificate small =
                TestCertificate.builder().dns(HOST).issuedBy(CA).rsa(1024).build();
        SslCtx s = new SslCtx(TlsMethod.TLS_SERVER);
        InvalidKeyException why = assertThrows(
                InvalidKeyException.class, () -> s.useCertAndKey(List.of(small.x509()), small.privateKey()));
        assertTrue(why.getMessage().startsWith(Reason.EE_KEY_TOO_SMALL.text()), why.getMessage());
        s.setSecurityLevel(1);
        s.useCertAndKey(List.of(small.x509()), small.privateKey());
        s.setSecurityLevel(3);
        why = assertThrows(
                InvalidKeyException.class, () -> s.useCertAndKey(List.of(EC.x509(), small.x509()), EC.privateKey()));
        assertTrue(why.getMessage().startsWith(Reason.CA_KEY_TOO_SMALL.text()), why.getMessage());
    }

    @Test
    void aPeersCertificateIsHeldToTheSecurityLevel() throws Exception {
        TestCertificate small =
                TestCertificate.builder().dns(HOST).issuedBy(CA).rsa(1024).build();
        SslCtx s = new SslCtx(TlsMethod.TLS_SERVER);
        s.setSecurityLevel(1);
        use(s, small);
        SslCtx c = client();
        MemoryPair p = pair(c, s).handshake();
        assertEquals(VerifyResult.EE_KEY_TOO_SMALL, p.client.getVerifyResult());
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, reason(p.client));
        c.setSecurityLevel(1);
        pair(c, s).connected();
    }

    @Test
    void aShortRsaKeyDoesNotSignWithALongHash() {
        TestCertificate small =
                TestCertificate.builder().dns(HOST).issuedBy(CA).rsa(1024).build();
        SslCtx c = client();
        c.setVerify(VerifyMode.NONE, null);
        c.set1SigalgsList("RSA-PSS+SHA512:RSA-PSS+SHA384");
        SslCtx s = new SslCtx(TlsMethod.TLS_SERVER);
        s.setSecurityLevel(1);
        use(s, small);
        assertEquals("rsa_pss_rsae_sha384", pair(c, s).connected().client.getPeerSignatureName());
        c.set1SigalgsList("RSA-PSS+SHA512");
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, reason(pair(c, s).handshake().server));
    }

    @Test
    void aChainThatThePeerCanVerifyIsPreferredAndAnyOtherWillDo() {
        TestCertificate rsaCa =
                TestCertificate.builder().commonName("RSA root").ca().rsa(2048).build();
        TestCertificate byRsa = TestCertificate.builder()
                .dns(HOST)
                .issuedBy(rsaCa)
                .ec("secp256r1")
                .build();
        SslCtx c = client();
        c.addTrusted(List.of(rsaCa.x509()));
        c.set1SigalgsCertList("RSA+SHA256");
        SslCtx s = server(byRsa, RSA);
        assertEquals(byRsa.x509(), pair(c, s).connected().client.getPeerCertificate());
        c.set1SigalgsCertList("ECDSA+SHA256");
        assertEquals(RSA.x509(), pair(c, s).connected().client.getPeerCertificate());
        c.set1SigalgsCertList("ed25519");
        assertEquals(
                byRsa.x509(), pair(c, s).connected().client.getPeerCertificate(), "none fits: by the scheme alone");
        c.set1SigalgsCertList(null);
        assertEquals(byRsa.x509(), pair(c, s).connected().client.getPeerCertificate());
    }

    // ---- after the handshake ---------------------------------------------------------------------------------------

    private static SslCtx offering() {
        SslCtx c = with(client(), ME);
        c.setPostHandshakeAuth(true);
        return c;
    }

    private final byte[] buffer = new byte[100];

    @Test
    void aServerLearnsTheCertificateAfterTheHandshake() {
        MemoryPair p = pair(offering(), asking(VerifyMode.PEER_POST_HANDSHAKE)).connected();
        assertNull(p.server.getPeerCertificate());
        assertEquals(1, p.server.verifyClientPostHandshake());
        assertEquals(1, p.server.doHandshake());
        assertEquals(-1, p.client.read(buffer, 0, 1));
        assertEquals(SslWant.READING, p.client.want());
        assertEquals(-1, p.server.read(buffer, 0, 1));
        assertEquals(ME.x509(), p.server.getPeerCertificate());
        assertEquals(VerifyResult.OK, p.server.getVerifyResult());
        assertEquals("ecdsa_secp256r1_sha256", p.server.getPeerSignatureName());
        assertEquals(3, p.client.write(buffer, 0, 3));
        assertEquals(3, p.server.read(buffer, 0, 100));
    }

    @Test
    void setVerifyAfterTheHandshakeIsForTheRequest() {
        MemoryPair p = pair(offering(), server(EC)).connected();
        assertEquals(0, p.server.verifyClientPostHandshake());
        assertEquals(Reason.INVALID_CONFIG, reason(p.server));
        p.server.setVerify(VerifyMode.PEER, null);
        assertEquals(1, p.server.verifyClientPostHandshake());
        assertEquals(0, p.server.verifyClientPostHandshake());
        assertEquals(Reason.REQUEST_SENT, reason(p.server));
        assertEquals(SslError.SSL, p.server.getError(0));
        p.server.doHandshake();
        p.client.read(buffer, 0, 1);
        p.server.read(buffer, 0, 1);
        assertEquals(ME.x509(), p.server.getPeerCertificate());
        assertEquals(1, p.server.verifyClientPostHandshake(), "another one once the first is answered");
    }

    @Test
    void aRequestThatCannotBeMadeSaysWhy() {
        MemoryPair p = pair(with(client(), ME), asking(VerifyMode.PEER_POST_HANDSHAKE));
        assertEquals(0, p.server.verifyClientPostHandshake());
        assertEquals(Reason.STILL_IN_INIT, reason(p.server));
        p.connected();
        assertEquals(0, p.server.verifyClientPostHandshake());
        assertEquals(Reason.EXTENSION_NOT_RECEIVED, reason(p.server));
        assertEquals(0, p.client.verifyClientPostHandshake());
        assertEquals(Reason.NOT_SERVER, reason(p.client));
        assertEquals(3, p.client.write(buffer, 0, 3));
        assertEquals(3, p.server.read(buffer, 0, 100), "nothing has ended");
    }

    @Test
    void dataFlowBothWaysWhileACallbackIsAwaited() {
        SslCtx server = asking(VerifyMode.PEER_POST_HANDSHAKE);
        server.setNumTickets(0); // they would go out before the first data, and come as records without any
        MemoryPair p = pair(offering(), server).connected();
        CertCb.Answer[] answer = {CertCb.Answer.LATER};
        p.client.setCertCb(ssl -> answer[0]);
        p.server.verifyClientPostHandshake();
        assertEquals(5, p.server.write(buffer, 0, 5));
        int n = p.client.read(buffer, 0, 100);
        assertEquals(SslError.WANT_X509_LOOKUP, n > 0 ? SslError.WANT_X509_LOOKUP : p.client.getError(n));
        assertEquals(5, n > 0 ? n : p.client.read(buffer, 0, 100));
        assertEquals(-1, p.client.read(buffer, 0, 100));
        assertEquals(SslWant.X509_LOOKUP, p.client.want());
        assertEquals(-1, p.client.doHandshake());
        assertEquals(SslWant.X509_LOOKUP, p.client.want());
        assertEquals(7, p.client.write(buffer, 0, 7));
        assertEquals(7, p.server.read(buffer, 0, 100));
        assertEquals(6, p.server.write(buffer, 0, 6));
        assertEquals(6, p.client.read(buffer, 0, 100));
        answer[0] = CertCb.Answer.OK;
        assertEquals(1, p.client.write(buffer, 0, 1), "the answer goes before it");
        assertEquals(1, p.server.read(buffer, 0, 100));
        assertEquals(ME.x509(), p.server.getPeerCertificate());
    }

    @Test
    void aVerificationThatIsAwaitedAfterTheHandshakeHoldsUpReading() {
        MemoryPair p = pair(offering(), asking(VerifyMode.PEER_POST_HANDSHAKE)).connected();
        var answer = new org.libssl4j.spi.VerifyCb.Answer[] {org.libssl4j.spi.VerifyCb.Answer.LATER};
        p.server.setVerify(VerifyMode.PEER, (result, chain) -> answer[0]);
        p.server.verifyClientPostHandshake();
        p.server.doHandshake();
        assertEquals(-1, p.client.read(buffer, 0, 1));
        assertEquals(4, p.client.write(buffer, 0, 4));
        for (int i = 0; i < 3; i++) {
            assertEquals(-1, p.server.read(buffer, 0, 100));
            assertEquals(SslWant.RETRY_VERIFY, p.server.want());
        }
        assertEquals(2, p.server.write(buffer, 0, 2), "writing goes on");
        answer[0] = org.libssl4j.spi.VerifyCb.Answer.ACCEPT;
        assertEquals(4, p.server.read(buffer, 0, 100));
    }

    @Test
    void aClientThatIsRefusedAfterTheHandshakeEndsTheConnection() {
        SslCtx s = server(EC);
        s.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE, null);
        SslCtx c = client();
        c.setPostHandshakeAuth(true);
        MemoryPair p = pair(c, s).connected();
        p.server.verifyClientPostHandshake();
        p.server.doHandshake();
        p.client.read(buffer, 0, 1);
        assertEquals(-1, p.server.read(buffer, 0, 1));
        assertEquals(Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE, reason(p.server));
        assertEquals(-1, p.client.read(buffer, 0, 1));
        assertEquals(AlertDescription.CERTIFICATE_REQUIRED, ((TlsException) p.client.failure()).alert());
    }

    @Test
    void aShutdownThatAwaitsThePeerDoesNotSpinWhileACallbackIsAwaited() {
        MemoryPair p = pair(offering(), asking(VerifyMode.PEER_POST_HANDSHAKE)).connected();
        p.client.setCertCb(ssl -> CertCb.Answer.LATER);
        p.server.verifyClientPostHandshake();
        p.server.doHandshake();
        assertEquals(0, p.client.shutdown());
        assertEquals(-1, p.client.shutdown());
        assertEquals(SslWant.X509_LOOKUP, p.client.want());
        assertEquals(0, p.server.read(buffer, 0, 1));
        assertEquals(1, p.server.shutdown());
    }

    @Test
    void aServerMayAskAgainAndAgain() {
        MemoryPair p = pair(offering(), asking(VerifyMode.PEER_POST_HANDSHAKE)).connected();
        for (int i = 0; i < 20; i++) {
            assertEquals(1, p.server.verifyClientPostHandshake());
            p.server.doHandshake();
            p.client.read(buffer, 0, 1);
            p.client.write(buffer, 0, 1);
            assertEquals(1, p.server.read(buffer, 0, 1));
            p.server.write(buffer, 0, 1);
            assertEquals(1, p.client.read(buffer, 0, 1));
        }
    }
}
