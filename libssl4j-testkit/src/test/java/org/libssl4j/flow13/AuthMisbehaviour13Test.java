// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.carrier.ScriptedPair;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** What either side must not do when a client authenticates itself, during the handshake and after it, and the alert and reason that answer it. */
class AuthMisbehaviour13Test {
    private static final HandshakeConfig CLIENT = Configs.client().with(Configs.credentials());
    private static final HandshakeConfig SERVER = Configs.serverThatAsks(VerifyMode.PEER);

    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        List<Tampering.Row> rows = new ArrayList<>();
        request(
                rows,
                "no signature_algorithms",
                e -> Tampering.replace(e, ExtensionType.SIGNATURE_ALGORITHMS, null),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_SIGALGS_EXTENSION);
        request(
                rows,
                "signature_algorithms without a scheme",
                e -> Tampering.replace(
                        e, ExtensionType.SIGNATURE_ALGORITHMS, raw(ExtensionType.SIGNATURE_ALGORITHMS, 0, 0)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        request(
                rows,
                "signature_algorithms_cert of an odd length",
                e -> Tampering.plus(e, raw(ExtensionType.SIGNATURE_ALGORITHMS_CERT, 0, 1, 8)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        request(
                rows,
                "certificate_authorities without a name",
                e -> Tampering.plus(e, raw(ExtensionType.CERTIFICATE_AUTHORITIES, 0, 0)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        request(
                rows,
                "certificate_authorities with an empty name",
                e -> Tampering.plus(e, raw(ExtensionType.CERTIFICATE_AUTHORITIES, 0, 2, 0, 0)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        request(
                rows,
                "a cookie",
                e -> Tampering.plus(e, new Cookie(new byte[1])),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        rows.add(new Tampering.Row(
                "CertificateRequest: a context during the handshake",
                Role.SERVER,
                HandshakeType.CERTIFICATE_REQUEST,
                m -> List.of(new CertificateRequest13(
                                new byte[] {1},
                                m.parse(CertificateRequest13::read).extensions())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_CONTEXT));
        rows.add(new Tampering.Row(
                "CertificateRequest: twice",
                Role.SERVER,
                HandshakeType.CERTIFICATE_REQUEST,
                m -> List.of(m, m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "CertificateRequest: bytes behind it",
                Role.SERVER,
                HandshakeType.CERTIFICATE_REQUEST,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        rows.add(new Tampering.Row(
                "Certificate: garbage",
                Role.CLIENT,
                HandshakeType.CERTIFICATE,
                m -> List.of(certificate(new byte[0], "GARBAGE".getBytes())),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_PACKET));
        rows.add(new Tampering.Row(
                "Certificate: a context that was not sent",
                Role.CLIENT,
                HandshakeType.CERTIFICATE,
                m -> List.of(certificate(new byte[] {1}, Configs.LEAF)),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_CONTEXT));
        verify(rows, "a scheme that was not offered", 0x0807, Reason.WRONG_SIGNATURE_TYPE);
        verify(rows, "PKCS#1", 0x0401, Reason.WRONG_SIGNATURE_TYPE);
        verify(rows, "SHA-1", 0x0203, Reason.WRONG_SIGNATURE_TYPE);
        verify(rows, "a scheme for another kind of key", 0x0804, Reason.WRONG_SIGNATURE_TYPE);
        verify(rows, "a scheme that nobody knows", 0x7a7a, Reason.WRONG_SIGNATURE_TYPE);
        rows.add(new Tampering.Row(
                "no CertificateVerify behind a Certificate",
                Role.CLIENT,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        return rows.stream().map(r -> DynamicTest.dynamicTest(r.rule(), () -> Tampering.check(r, CLIENT, SERVER)));
    }

    @Test
    void anExtensionThatIsNotKnownIsPassedOver() throws Exception {
        ExtensionBlock e = parse(lateRequest(0)).extensions();
        AwaitCertificateRequest.Asked asked = AwaitCertificateRequest.Asked.of(new CertificateRequest13(
                        new byte[0], Tampering.plus(e, new RawExtension(0x4a4a, new byte[3])))
                .toMessage());
        assertEquals(1, asked.signatures().handshake().length);
    }

    @Test
    void namesThatAreNoDerArePassedOn() {
        byte[] odd = {1, 2, 3};
        ScriptedPair p = pair(CLIENT, SERVER.with(SERVER.auth().withClientAuthorities(List.of(odd))))
                .run();
        assertTrue(p.client.negotiated.complete());
        assertArrayEquals(odd, p.client.negotiated.peerAuthorities().get(0));
    }

    @Test
    void theCurveOfAnEcdsaKeyHasToBeThatOfTheScheme() {
        TestCertificate p384 =
                TestCertificate.builder().dns("a").ec("secp384r1").build();
        Tampering.check(
                new Tampering.Row(
                        "curve",
                        Role.CLIENT,
                        HandshakeType.CERTIFICATE,
                        m -> List.of(certificate(new byte[0], p384.der())),
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.WRONG_SIGNATURE_TYPE),
                CLIENT,
                lenient(SERVER));
    }

    @Test
    void aKeyUsageWithoutDigitalSignatureIsRefusedWhateverVerificationSays() {
        TestCertificate c = TestCertificate.builder()
                .dns("a")
                .keyUsage(CertificateBuilder.KEY_ENCIPHERMENT)
                .ec("secp256r1")
                .build();
        Tampering.check(
                new Tampering.Row(
                        "keyUsage",
                        Role.CLIENT,
                        HandshakeType.CERTIFICATE,
                        m -> List.of(certificate(new byte[0], c.der())),
                        AlertDescription.UNSUPPORTED_CERTIFICATE,
                        Reason.INVALID_CERTIFICATE_OR_ALG),
                CLIENT,
                lenient(SERVER));
    }

    // ---- after the handshake ---------------------------------------------------------------------------------------

    @Test
    void aRequestThatWasNotAskedForIsUnexpected() {
        ScriptedPair p = pair(CLIENT, SERVER).run();
        p.client.carrier.receive(lateRequest(1));
        p.client.advance();
        assertEquals(Reason.UNEXPECTED_MESSAGE, p.client.failure.reason());
        assertEquals(List.of(AlertDescription.UNEXPECTED_MESSAGE), p.client.carrier.alerts());
    }

    @Test
    void requestsWithoutDataBetweenAreBounded() {
        ScriptedPair p = pair(offering(CLIENT), SERVER).run();
        for (int i = 0; i < 8; i++) {
            p.client.carrier.receive(lateRequest(i));
            p.client.advance();
            assertNull(p.client.failure);
            assertEquals(3, p.client.carrier.takeSent().size());
        }
        p.client.carrier.receive(lateRequest(9));
        p.client.advance();
        assertEquals(Reason.UNEXPECTED_MESSAGE, p.client.failure.reason());
    }

    @Test
    void theAnswerIsCertificateCertificateVerifyAndFinished() {
        ScriptedPair p = late();
        assertEquals(
                List.of("certificate", "certificate_verify", "finished"),
                p.client.carrier.takeSent().stream()
                        .map(HandshakeMessage::toString)
                        .toList());
    }

    @Test
    void aClientWithoutACertificateAnswersWithAnEmptyOneAndFinished() {
        ScriptedPair p = pair(offering(Configs.client()), SERVER).run();
        p.client.carrier.receive(lateRequest(1));
        p.client.advance();
        List<HandshakeMessage> sent = p.client.carrier.takeSent();
        assertEquals(
                List.of("certificate", "finished"),
                sent.stream().map(HandshakeMessage::toString).toList());
        assertTrue(p.client.negotiated.complete());
    }

    @Test
    void eachRequestHasAContextOfItsOwn() {
        ScriptedPair p = late();
        byte[] first = parse(lastRequest).context();
        p.client.carrier.takeSent().forEach(p.server.carrier::receive);
        p.server.advance();
        assertNull(p.server.failure);
        p.server.requestCertificate();
        byte[] second = parse(p.server.carrier.takeSent().get(0)).context();
        assertEquals(32, first.length);
        assertTrue(!java.util.Arrays.equals(first, second));
    }

    /** Anybody can send somebody else's certificate. */
    @Test
    void aCertificateIsNobodysBeforeItsCertificateVerify() {
        ScriptedPair p = late();
        List<HandshakeMessage> answer = List.copyOf(p.client.carrier.takeSent());
        p.server.carrier.receive(answer.get(0));
        p.server.advance();
        assertNull(p.server.failure);
        assertEquals(List.of(), p.server.negotiated.peerChain());
        assertEquals(List.of(), p.server.negotiated.verifiedChain());
        p.server.carrier.receive(answer.get(1));
        p.server.advance();
        assertEquals(1, p.server.negotiated.peerChain().size());
        assertTrue(p.server.negotiated.verifiedChain().size() > 0);
    }

    @TestFactory
    Stream<DynamicTest> eachFaultInALateAnswerHasItsAlertAndReason() {
        return Stream.of(
                        new Late(
                                "another context",
                                0,
                                m -> certificate(new byte[] {1}, Configs.LEAF),
                                "ILLEGAL_PARAMETER INVALID_CONTEXT"),
                        new Late("no Certificate", 0, m -> null, "UNEXPECTED_MESSAGE UNEXPECTED_MESSAGE"),
                        new Late("no CertificateVerify", 1, m -> null, "UNEXPECTED_MESSAGE UNEXPECTED_MESSAGE"),
                        new Late("a wrong CertificateVerify", 1, Tampering::flipped, "DECRYPT_ERROR BAD_SIGNATURE"),
                        new Late("a wrong Finished", 2, Tampering::flipped, "DECRYPT_ERROR DIGEST_CHECK_FAILED"),
                        new Late(
                                "a Finished of another length",
                                2,
                                m -> new Finished(new byte[31]).toMessage(),
                                "DECRYPT_ERROR DIGEST_CHECK_FAILED"))
                .map(l -> DynamicTest.dynamicTest(l.rule, () -> {
                    ScriptedPair p = late();
                    List<HandshakeMessage> answer = new ArrayList<>(p.client.carrier.takeSent());
                    answer.set(l.at, l.change.apply(answer.get(l.at)));
                    answer.removeIf(m -> m == null);
                    answer.forEach(p.server.carrier::receive);
                    p.server.advance();
                    assertEquals(l.fault, p.server.failure.alert() + " " + p.server.failure.reason());
                }));
    }

    private record Late(String rule, int at, Function<HandshakeMessage, HandshakeMessage> change, String fault) {}

    private HandshakeMessage lastRequest;

    /** The server has asked, and the client has answered; the answer is on its way. */
    private ScriptedPair late() {
        ScriptedPair p = pair(offering(CLIENT), SERVER).run();
        assertTrue(p.server.negotiated.complete());
        p.server.requestCertificate();
        lastRequest = p.server.carrier.takeSent().get(0);
        p.client.carrier.receive(lastRequest);
        p.client.advance();
        assertNull(p.client.failure);
        return p;
    }

    // ---- parts -----------------------------------------------------------------------------------------------------

    private static ScriptedPair pair(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS);
    }

    private static HandshakeConfig offering(HandshakeConfig c) {
        return c.with(c.auth().withPostHandshake(true));
    }

    private static HandshakeConfig lenient(HandshakeConfig c) {
        return c.with(c.verification()
                .with((org.libssl4j.spi.VerifyCb) (result, chain) -> org.libssl4j.spi.VerifyCb.Answer.ACCEPT));
    }

    private static HandshakeMessage lateRequest(int context) {
        return new CertificateRequest13(
                        new byte[] {(byte) context},
                        ExtensionBlock.builder()
                                .add(new SignatureAlgorithms(new int[] {0x0403}))
                                .build())
                .toMessage();
    }

    private static HandshakeMessage certificate(byte[] context, byte[] der) {
        return new Certificate13(context, List.of(new Certificate13.Entry(der, ExtensionBlock.EMPTY))).toMessage();
    }

    private static RawExtension raw(ExtensionType type, int... bytes) {
        byte[] b = new byte[bytes.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) bytes[i];
        }
        return new RawExtension(type.code(), b);
    }

    private static CertificateRequest13 parse(HandshakeMessage m) {
        try {
            return m.parse(CertificateRequest13::read);
        } catch (org.libssl4j.fault.TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static void request(
            List<Tampering.Row> rows,
            String rule,
            Function<ExtensionBlock, ExtensionBlock> change,
            AlertDescription alert,
            Reason reason) {
        rows.add(new Tampering.Row(
                "CertificateRequest: " + rule,
                Role.SERVER,
                HandshakeType.CERTIFICATE_REQUEST,
                m -> List.of(new CertificateRequest13(new byte[0], change.apply(parse(m).extensions())).toMessage()),
                alert,
                reason));
    }

    private static void verify(List<Tampering.Row> rows, String rule, int scheme, Reason reason) {
        rows.add(new Tampering.Row(
                "CertificateVerify: " + rule,
                Role.CLIENT,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(new CertificateVerify(
                                scheme, m.parse(CertificateVerify::read).signature())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                reason));
    }
}
