// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.flow13.Tampering.Row;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.Certificate12;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.Extension;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What a client of TLS 1.2 must not do, and the alert and reason that answer it: one row a rule. */
class ClientMisbehaviour12Test {
    private static final AlertDescription ILLEGAL = AlertDescription.ILLEGAL_PARAMETER;
    private static final AlertDescription DECODE = AlertDescription.DECODE_ERROR;
    private static final int FALLBACK_SCSV = 0x5600;

    private static Stream<DynamicTest> tests(List<Row> rows, HandshakeConfig client, HandshakeConfig server) {
        return rows.stream().map(r -> DynamicTest.dynamicTest(r.rule(), () -> Tampering.check(r, client, server)));
    }

    private static void row(
            List<Row> rows, String rule, HandshakeType at, Tampering.Tamper t, AlertDescription alert, Reason reason) {
        rows.add(new Row(rule, Role.CLIENT, at, t, alert, reason));
    }

    // ---- ClientHello -----------------------------------------------------------------------------------------------

    private interface Change {
        ClientHello of(ClientHello h) throws TlsException;
    }

    private static Row hello(String rule, Change change, AlertDescription alert, Reason reason) {
        return new Row(
                rule,
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(change.of(m.parse(ClientHello::read)).toMessage()),
                alert,
                reason);
    }

    private static Row with(String rule, ExtensionType type, Extension e, AlertDescription alert, Reason reason) {
        return hello(rule, h -> Tampering.ext(h, Tampering.replace(h.extensions(), type, e)), alert, reason);
    }

    private static RawExtension raw(ExtensionType type, int length) {
        return new RawExtension(type.code(), new byte[length]);
    }

    private static ClientHello compression(ClientHello h, int... methods) {
        byte[] b = new byte[methods.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) methods[i];
        }
        return new ClientHello(h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuites(), b, h.extensions());
    }

    private static ClientHello suites(ClientHello h, int... codes) {
        return new ClientHello(
                h.legacyVersion(), h.random(), h.sessionId(), codes, h.compressionMethods(), h.extensions());
    }

    @TestFactory
    Stream<DynamicTest> eachRuleOfTheHelloHasItsAlertAndReason() {
        List<Row> rows = new ArrayList<>();
        rows.add(hello("no null compression", h -> compression(h, 1), ILLEGAL, Reason.NO_COMPRESSION_SPECIFIED));
        rows.add(hello("no compression at all", h -> compression(h), DECODE, Reason.LENGTH_MISMATCH));
        rows.add(with(
                "renegotiation_info of another handshake",
                ExtensionType.RENEGOTIATION_INFO,
                new RenegotiationInfo(new byte[12]),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.RENEGOTIATION_MISMATCH));
        rows.add(with(
                "renegotiation_info without its structure",
                ExtensionType.RENEGOTIATION_INFO,
                raw(ExtensionType.RENEGOTIATION_INFO, 0),
                DECODE,
                Reason.BAD_EXTENSION));
        rows.add(with(
                "no uncompressed points",
                ExtensionType.EC_POINT_FORMATS,
                new EcPointFormats(new byte[] {1, 2}),
                ILLEGAL,
                Reason.TLS_INVALID_ECPOINTFORMAT_LIST));
        rows.add(with(
                "extended_master_secret with a body",
                ExtensionType.EXTENDED_MASTER_SECRET,
                raw(ExtensionType.EXTENDED_MASTER_SECRET, 1),
                DECODE,
                Reason.BAD_EXTENSION));
        rows.add(with(
                "encrypt_then_mac with a body",
                ExtensionType.ENCRYPT_THEN_MAC,
                raw(ExtensionType.ENCRYPT_THEN_MAC, 1),
                DECODE,
                Reason.BAD_EXTENSION));
        rows.add(with(
                "no curve that we have, and nothing but ECDHE",
                ExtensionType.SUPPORTED_GROUPS,
                new org.libssl4j.message.ext.SupportedGroups(new int[] {0x0a0a, 0x0019}),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SHARED_CIPHER));
        rows.add(with(
                "no signature that we have",
                ExtensionType.SIGNATURE_ALGORITHMS,
                new RawExtension(ExtensionType.SIGNATURE_ALGORITHMS.code(), new byte[] {0, 2, 0x0a, 0x0a}),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SHARED_CIPHER));
        rows.add(hello(
                "no suite that we have",
                h -> suites(h, 0x0a0a, 0xc0fe),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SHARED_CIPHER));
        rows.add(hello(
                "TLS 1.1",
                h -> new ClientHello(
                        0x0302, h.random(), h.sessionId(), h.cipherSuites(), h.compressionMethods(), h.extensions()),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL));
        row(
                rows,
                "an extension twice",
                HandshakeType.CLIENT_HELLO,
                m -> List.of(Tampering.twice(m, ExtensionType.EXTENDED_MASTER_SECRET)),
                DECODE,
                Reason.BAD_EXTENSION);
        row(
                rows,
                "a byte behind the hello",
                HandshakeType.CLIENT_HELLO,
                m -> List.of(Tampering.longer(m)),
                DECODE,
                Reason.LENGTH_MISMATCH);
        HandshakeConfig ecdhe = Configs12.client(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
        return tests(rows, ecdhe, Configs12.server());
    }

    /** RFC 7507 §3: who falls back although both could do better. */
    @Test
    void aFallbackThatNeedNotBe() {
        Row r = hello(
                "",
                h -> {
                    int[] codes = Arrays.copyOf(h.cipherSuites(), h.cipherSuites().length + 1);
                    codes[codes.length - 1] = FALLBACK_SCSV;
                    return suites(h, codes);
                },
                AlertDescription.INAPPROPRIATE_FALLBACK,
                Reason.INAPPROPRIATE_FALLBACK);
        Tampering.check(r, Configs12.client(), Configs12.newer(Configs12.server()));
    }

    /** RFC 7627 §4, RFC 5746 §3.6, RFC 7366 §3: who takes out on the way what protects is found out at the Finished. */
    @TestFactory
    Stream<DynamicTest> whatIsTakenOutOfTheHelloShowsInTheFinished() {
        List<Row> rows = new ArrayList<>();
        for (ExtensionType t : List.of(
                ExtensionType.EXTENDED_MASTER_SECRET, ExtensionType.ENCRYPT_THEN_MAC, ExtensionType.SESSION_TICKET)) {
            rows.add(with("without " + t, t, null, AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED));
        }
        return tests(rows, Configs12.client(), Configs12.server());
    }

    /** RFC 7627 §5.2: a client that does not know extended_master_secret is served, and nobody claims that it was used. */
    @Test
    void whoDoesNotBindTheMasterSecretIsServedWithoutIt() {
        HandshakeConfig c = Configs12.client();
        HandshakeConfig unbound = c.with(c.legacy().withExtendedMasterSecret(false));
        ScriptedPair p = pair(unbound, Configs12.server()).run();
        assertTrue(p.client.negotiated.complete() && p.server.negotiated.complete());
        assertFalse(p.client.negotiated.extendedMasterSecret() || p.server.negotiated.extendedMasterSecret());
    }

    // ---- ClientKeyExchange -----------------------------------------------------------------------------------------

    private static void share(List<Row> rows, String rule, KeyExchangeAlgorithm kx, byte[] share, Reason reason) {
        row(
                rows,
                rule,
                HandshakeType.CLIENT_KEY_EXCHANGE,
                m -> List.of(new ClientKeyExchange(kx, null, share).toMessage()),
                ILLEGAL,
                reason);
    }

    private static byte[] point(byte[] p, int format) {
        byte[] b = p.clone();
        b[0] = (byte) format;
        return b;
    }

    /** RFC 8422 §5.7, §5.11: a point has to be on the curve, in the form that was agreed on. */
    @TestFactory
    Stream<DynamicTest> pointsThatAreNone() {
        KeyExchangeAlgorithm kx = KeyExchangeAlgorithm.ECDHE_ECDSA;
        List<Row> rows = new ArrayList<>();
        byte[] off = Tampering.offCurve();
        share(rows, "not on the curve", kx, off, Reason.BAD_ECPOINT);
        share(rows, "the origin", kx, point(new byte[65], 4), Reason.BAD_ECPOINT);
        byte[] large = new byte[65];
        Arrays.fill(large, (byte) 0xff);
        share(rows, "beyond the field", kx, point(large, 4), Reason.BAD_ECPOINT);
        share(rows, "infinity", kx, new byte[1], Reason.BAD_ECPOINT);
        share(rows, "compressed", kx, Arrays.copyOf(point(off, 2), 33), Reason.BAD_ECPOINT);
        share(rows, "hybrid", kx, point(off, 6), Reason.BAD_ECPOINT);
        share(rows, "a byte short", kx, Arrays.copyOf(off, 64), Reason.BAD_ECPOINT);
        share(rows, "a byte long", kx, Arrays.copyOf(off, 66), Reason.BAD_ECPOINT);
        share(rows, "of X25519", kx, new byte[32], Reason.BAD_ECPOINT);
        exchangeForms(rows);
        GroupList curve = new GroupList(List.of(NamedGroup.SECP256R1));
        return tests(rows, Configs12.client().with(curve), Configs12.server().with(curve));
    }

    private static void exchangeForms(List<Row> rows) {
        HandshakeType type = HandshakeType.CLIENT_KEY_EXCHANGE;
        row(rows, "a byte behind", type, m -> List.of(Tampering.longer(m)), DECODE, Reason.LENGTH_MISMATCH);
        row(rows, "cut", type, m -> List.of(Tampering.shorter(m)), DECODE, Reason.LENGTH_MISMATCH);
        row(
                rows,
                "nothing in it",
                type,
                m -> List.of(HandshakeMessage.of(type, w -> {})),
                DECODE,
                Reason.LENGTH_MISMATCH);
        row(
                rows,
                "an empty share",
                type,
                m -> List.of(HandshakeMessage.of(type, w -> w.u8(0))),
                DECODE,
                Reason.LENGTH_MISMATCH);
        row(rows, "twice", type, m -> List.of(m, m), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    /** RFC 7748 §6.1, RFC 8422 §5.11: values of small order, whose secret is zero whatever our key. */
    @TestFactory
    Stream<DynamicTest> valuesOfSmallOrder() {
        KeyExchangeAlgorithm kx = KeyExchangeAlgorithm.ECDHE_ECDSA;
        List<Row> rows = new ArrayList<>();
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger eighth =
                new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504");
        BigInteger other =
                new BigInteger("39382357235489614581723060781553021112529911719440698176882885853963445705823");
        for (BigInteger u : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                eighth,
                other,
                p.subtract(BigInteger.ONE),
                p,
                p.add(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(255))) { // the highest bit does not count
            share(rows, "X25519 of " + u, kx, littleEndian(u), Reason.BAD_ECPOINT);
        }
        share(rows, "X25519, a byte short", kx, new byte[31], Reason.BAD_ECPOINT);
        share(rows, "X25519, a byte long", kx, new byte[33], Reason.BAD_ECPOINT);
        GroupList curve = new GroupList(List.of(NamedGroup.X25519));
        GroupList both = new GroupList(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)); // the certificate's is one
        return tests(rows, Configs12.client().with(both), Configs12.server().with(curve));
    }

    private static byte[] littleEndian(BigInteger u) {
        byte[] b = new byte[32];
        for (int i = 0; i < 32; i++) {
            b[i] = u.shiftRight(8 * i).byteValue();
        }
        return b;
    }

    /** RFC 7919 §5.1: 1 < Y < p-1, or everybody knows the secret. */
    @TestFactory
    Stream<DynamicTest> valuesOutsideTheField() throws TlsException {
        KeyExchangeAlgorithm kx = KeyExchangeAlgorithm.DHE_RSA;
        BigInteger p = Configs12.CRYPTO.field(NamedGroup.FFDHE2048).p();
        List<Row> rows = new ArrayList<>();
        share(rows, "0", kx, new byte[1], Reason.BAD_DH_VALUE);
        share(rows, "0 of full length", kx, new byte[256], Reason.BAD_DH_VALUE);
        share(rows, "1", kx, new byte[] {1}, Reason.BAD_DH_VALUE);
        share(rows, "p - 1", kx, p.subtract(BigInteger.ONE).toByteArray(), Reason.BAD_DH_VALUE);
        share(rows, "p", kx, p.toByteArray(), Reason.BAD_DH_VALUE);
        share(rows, "p + 1", kx, p.add(BigInteger.ONE).toByteArray(), Reason.BAD_DH_VALUE);
        byte[] large = new byte[4096];
        Arrays.fill(large, (byte) 0xff);
        share(rows, "far beyond p", kx, large, Reason.BAD_DH_VALUE);
        return tests(rows, Walks12.field(Configs12::client), Walks12.field(Configs12::server));
    }

    // ---- Certificate and CertificateVerify -------------------------------------------------------------------------

    /** Nobody's fault but the server's: ML-DSA is for TLS 1.3. As OpenSSL, it says so instead of asking for nothing. */
    @Test
    void aRequestThatCouldAskForNothingIsNotMade() {
        SignatureList none = new SignatureList(List.of(SignatureScheme.MLDSA65));
        ScriptedPair p = pair(showing(), requiring().withClientSignatures(none)).run();
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, p.server.failure.reason());
        assertEquals(List.of(AlertDescription.INTERNAL_ERROR), p.server.carrier.alerts());
    }

    private static HandshakeConfig showing() {
        return Configs12.client().with(Configs12.credentials());
    }

    @TestFactory
    Stream<DynamicTest> certificates() {
        HandshakeType type = HandshakeType.CERTIFICATE;
        List<Row> rows = new ArrayList<>();
        row(
                rows,
                "none where one is required",
                type,
                m -> List.of(new Certificate12(List.of()).toMessage()),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE);
        row(
                rows,
                "one that is none",
                type,
                m -> List.of(new Certificate12(List.of(new byte[] {0x30, 1, 0})).toMessage()),
                DECODE,
                Reason.BAD_PACKET);
        row(
                rows,
                "one of no bytes",
                type,
                m -> List.of(HandshakeMessage.of(type, w -> w.u24(3).u24(0))),
                DECODE,
                Reason.LENGTH_MISMATCH);
        row(rows, "a byte behind", type, m -> List.of(Tampering.longer(m)), DECODE, Reason.LENGTH_MISMATCH);
        row(rows, "left out", type, m -> List.of(), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
        row(
                rows,
                "one that its issuer has not signed",
                type,
                m -> List.of(new Certificate12(List.of(Configs12.der(Identity.make(
                                Identity.Kind.ECDSA,
                                Identity.HOST,
                                java.time.Instant.now().plusSeconds(86_400)))))
                        .toMessage()),
                AlertDescription.DECRYPT_ERROR,
                Reason.CERTIFICATE_VERIFY_FAILED);
        return tests(rows, showing(), requiring());
    }

    private static HandshakeConfig requiring() {
        HandshakeConfig c = Configs12.server();
        return c.with(c.verification().with(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT));
    }

    /** Makes another CertificateVerify; {@code signed} is what it has to be over. */
    private interface Forgery {
        CertificateVerify of(CertificateVerify real, byte[] signed) throws TlsException;
    }

    private record Forged(String rule, Forgery forgery, AlertDescription alert, Reason reason) {}

    private static final SignatureScheme ECDSA = SignatureScheme.ECDSA_SECP256R1_SHA256;

    private static CertificateVerify by(Identity who, SignatureScheme scheme, byte[] input) throws TlsException {
        return new CertificateVerify(scheme.code(), Configs12.CRYPTO.sign(who.key(), scheme, input));
    }

    /** RFC 5246 §7.4.8: a scheme that was asked for and is the key's, over all messages so far, by the certificate's key. */
    @TestFactory
    Stream<DynamicTest> signatures() {
        AlertDescription wrong = AlertDescription.DECRYPT_ERROR;
        Reason bad = Reason.BAD_SIGNATURE;
        Identity stranger = Identity.make(
                Identity.Kind.ECDSA, Identity.HOST, java.time.Instant.now().plusSeconds(86_400));
        return Stream.of(
                        new Forged(
                                "a scheme that was not asked for",
                                (v, in) -> new CertificateVerify(SignatureScheme.ECDSA_SHA1.code(), v.signature()),
                                ILLEGAL,
                                Reason.WRONG_SIGNATURE_TYPE),
                        new Forged(
                                "a scheme that nobody knows",
                                (v, in) -> new CertificateVerify(0x0a0a, v.signature()),
                                ILLEGAL,
                                Reason.WRONG_SIGNATURE_TYPE),
                        new Forged(
                                "a scheme of another kind of key, by such a key",
                                (v, in) -> by(Identity.RSA, SignatureScheme.RSA_PSS_RSAE_SHA256, in),
                                ILLEGAL,
                                Reason.WRONG_SIGNATURE_TYPE),
                        new Forged("another key of the kind", (v, in) -> by(stranger, ECDSA, in), wrong, bad),
                        new Forged(
                                "without the last message",
                                (v, in) -> by(Identity.ECDSA, ECDSA, Arrays.copyOf(in, in.length - 37)),
                                wrong,
                                bad),
                        new Forged("over nothing", (v, in) -> by(Identity.ECDSA, ECDSA, new byte[0]), wrong, bad),
                        new Forged(
                                "over the hash of the messages",
                                (v, in) -> by(Identity.ECDSA, ECDSA, sha256(in)),
                                wrong,
                                bad),
                        new Forged(
                                "in the form of TLS 1.3", (v, in) -> by(Identity.ECDSA, ECDSA, tls13(in)), wrong, bad),
                        new Forged(
                                "of zeros",
                                (v, in) -> new CertificateVerify(v.scheme(), new byte[v.signature().length]),
                                wrong,
                                bad),
                        new Forged(
                                "of r = s = 0",
                                (v, in) -> new CertificateVerify(v.scheme(), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}),
                                wrong,
                                bad),
                        new Forged(
                                "of no bytes", (v, in) -> new CertificateVerify(v.scheme(), new byte[0]), wrong, bad),
                        new Forged(
                                "with a byte behind it",
                                (v, in) -> new CertificateVerify(
                                        v.scheme(), Arrays.copyOf(v.signature(), v.signature().length + 1)),
                                wrong,
                                bad))
                .map(f -> DynamicTest.dynamicTest(f.rule(), () -> check(f)));
    }

    private static void check(Forged f) {
        ScriptedPair p = forged(f.forgery());
        Tampering.assertRefused(p.server, f.alert(), f.reason());
        assertNull(p.server.negotiated.peerSignature());
        assertFalse(p.server.negotiated.complete());
    }

    /** What the forgeries are measured by: the same made by hand, and right, is taken. */
    @Test
    void aSignatureOverAllMessagesIsTakenUpToTheFinished() {
        ScriptedPair p = forged((v, in) -> by(Identity.ECDSA, ECDSA, in));
        assertEquals(Reason.DIGEST_CHECK_FAILED, p.server.failure.reason(), "the client knows of another signature");
        assertEquals(ECDSA, p.server.negotiated.peerSignature());
    }

    private static ScriptedPair forged(Forgery forgery) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        return pair(showing(), requiring()).run((from, m) -> {
            try {
                if (m.is(HandshakeType.CERTIFICATE_VERIFY)) {
                    return List.of(forgery.of(m.parse(CertificateVerify::read), signed.toByteArray())
                            .toMessage());
                }
                signed.writeBytes(m.raw());
                return List.of(m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static byte[] sha256(byte[] in) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(in);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    // RFC 9846 §4.5.2 [8446 4.4.3]
    private static byte[] tls13(byte[] in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] spaces = new byte[64];
        Arrays.fill(spaces, (byte) ' ');
        out.writeBytes(spaces);
        out.writeBytes("TLS 1.3, client CertificateVerify\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.writeBytes(sha256(in));
        return out.toByteArray();
    }

    // ---- Finished --------------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> finished() {
        HandshakeType type = HandshakeType.FINISHED;
        AlertDescription wrong = AlertDescription.DECRYPT_ERROR;
        Reason reason = Reason.DIGEST_CHECK_FAILED;
        List<Row> rows = new ArrayList<>();
        row(rows, "that does not fit", type, m -> List.of(Tampering.flipped(m)), wrong, reason);
        row(rows, "of 13 bytes", type, m -> List.of(Tampering.longer(m)), wrong, reason);
        row(rows, "of 9 bytes", type, m -> List.of(Tampering.shorter(m)), wrong, reason);
        row(rows, "of none", type, m -> List.of(HandshakeMessage.of(type, w -> {})), wrong, reason);
        row(
                rows,
                "behind a second change",
                type,
                m -> List.of(HandshakeMessage.CHANGE_CIPHER_SPEC, m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE);
        return tests(rows, Configs12.client(), Configs12.server());
    }

    private static ScriptedPair pair(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs12.CRYPTO, CarrierTraits.TLS);
    }
}
