// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.flow13.Tampering.Row;
import org.libssl4j.flow13.Tampering.Tamper;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.Certificate12;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.EncryptThenMac;
import org.libssl4j.message.ext.Extension;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What a server of TLS 1.2 must not do, and the alert and reason that answer it: one row a rule. */
class ServerMisbehaviour12Test {
    private static final AlertDescription ILLEGAL = AlertDescription.ILLEGAL_PARAMETER;

    /** A change of a ServerHello. */
    private interface Change {
        ServerHello of(ServerHello h) throws TlsException;
    }

    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        List<Row> rows = new ArrayList<>();
        serverHello(rows);
        serverFlight(rows);
        return rows.stream()
                .map(r -> DynamicTest.dynamicTest(
                        r.rule(), () -> Tampering.check(r, Configs12.client(), Configs12.server())));
    }

    @TestFactory
    Stream<DynamicTest> ofAFiniteFieldToo() {
        List<Row> rows = new ArrayList<>();
        BigInteger small = BigInteger.TWO.pow(1023).add(BigInteger.ONE);
        BigInteger even = BigInteger.TWO.pow(2047).add(BigInteger.TWO);
        flight(rows, "a prime of 1024 bits", field(small), AlertDescription.HANDSHAKE_FAILURE, Reason.DH_KEY_TOO_SMALL);
        flight(rows, "an even prime", field(even), ILLEGAL, Reason.BAD_DH_VALUE);
        CipherSuite s = CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
        GroupList fields = new GroupList(List.of(NamedGroup.FFDHE2048));
        HandshakeConfig server = Configs12.server(s).with(fields);
        HandshakeConfig withFields = server.with(server.legacy().withDhAuto(true));
        return rows.stream()
                .map(r -> DynamicTest.dynamicTest(
                        r.rule(), () -> Tampering.check(r, Configs12.client(s).with(fields), withFields)));
    }

    private static void serverHello(List<Row> rows) {
        hello(rows, "a suite that was not offered", h -> suite(h, 0x009c), ILLEGAL, Reason.WRONG_CIPHER_RETURNED);
        hello(rows, "a suite that is not known", h -> suite(h, 0xc0fe), ILLEGAL, Reason.WRONG_CIPHER_RETURNED);
        hello(
                rows,
                "compression",
                h -> Tampering.with(h, h.random(), h.sessionId(), h.cipherSuite(), 1),
                ILLEGAL,
                Reason.UNSUPPORTED_COMPRESSION_ALGORITHM);
        hello(
                rows,
                "TLS 1.0",
                h -> new ServerHello(0x0301, h.random(), h.sessionId(), h.cipherSuite(), 0, h.extensions()),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        hello(
                rows,
                "no renegotiation_info",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.RENEGOTIATION_INFO, null)),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.UNSAFE_LEGACY_RENEGOTIATION_DISABLED);
        with(
                rows,
                "renegotiation_info of another handshake",
                ExtensionType.RENEGOTIATION_INFO,
                new RenegotiationInfo(new byte[12]),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.RENEGOTIATION_MISMATCH);
        with(
                rows,
                "no uncompressed points",
                ExtensionType.EC_POINT_FORMATS,
                new EcPointFormats(new byte[] {1, 2}),
                ILLEGAL,
                Reason.TLS_INVALID_ECPOINTFORMAT_LIST);
        with(
                rows,
                "encrypt_then_mac without CBC",
                ExtensionType.ENCRYPT_THEN_MAC,
                new EncryptThenMac(),
                ILLEGAL,
                Reason.BAD_EXTENSION);
        with(
                rows,
                "extended_master_secret with a body",
                ExtensionType.EXTENDED_MASTER_SECRET,
                raw(ExtensionType.EXTENDED_MASTER_SECRET, 1),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        with(
                rows,
                "session_ticket with a ticket",
                ExtensionType.SESSION_TICKET,
                raw(ExtensionType.SESSION_TICKET, 16),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        with(
                rows,
                "an extension of the ClientHello alone",
                ExtensionType.SIGNATURE_ALGORITHMS,
                raw(ExtensionType.SIGNATURE_ALGORITHMS, 4),
                ILLEGAL,
                Reason.BAD_EXTENSION);
        with(
                rows,
                "an extension that was not sent",
                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, 5),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
    }

    private static void serverFlight(List<Row> rows) {
        row(
                rows,
                "no certificate",
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate12(List.of()).toMessage()),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        row(
                rows,
                "a certificate of another kind than the suite's",
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate12(List.of(Configs12.der(Identity.RSA))).toMessage()),
                ILLEGAL,
                Reason.WRONG_CERTIFICATE_TYPE);
        flight(
                rows,
                "a signature that is not the key's",
                m -> List.of(changed(m, x -> x.signed(x.scheme(), new byte[x.signature().length]))),
                AlertDescription.DECRYPT_ERROR,
                Reason.BAD_SIGNATURE);
        flight(
                rows,
                "a share that is not the one signed",
                m -> List.of(changed(
                        m,
                        x -> ServerKeyExchange.ofGroup(null, x.group(), new byte[32])
                                .signed(x.scheme(), x.signature()))),
                AlertDescription.DECRYPT_ERROR,
                Reason.BAD_SIGNATURE);
        flight(
                rows,
                "a scheme that was not offered",
                m -> List.of(changed(m, x -> x.signed(0x0203, x.signature()))),
                ILLEGAL,
                Reason.WRONG_SIGNATURE_TYPE);
        flight(
                rows,
                "a scheme of another kind of key",
                m -> List.of(changed(m, x -> x.signed(0x0804, x.signature()))),
                ILLEGAL,
                Reason.WRONG_SIGNATURE_TYPE);
        flight(rows, "a curve that was not offered", group(0x0019), ILLEGAL, Reason.WRONG_CURVE);
        flight(rows, "a finite field for a curve", group(0x0100), ILLEGAL, Reason.WRONG_CURVE);
        flight(rows, "a hybrid for a curve", group(0x11ec), ILLEGAL, Reason.WRONG_CURVE);
        flight(
                rows,
                "something behind the signature",
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        flight(
                rows,
                "no ServerKeyExchange",
                m -> List.of(),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE);
        flight(rows, "two of them", m -> List.of(m, m), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
        flight(
                rows,
                "a HelloRequest with a body within the handshake",
                m -> List.of(m, Tampering.longer(new HelloRequest().toMessage())),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        row(
                rows,
                "a ServerHelloDone with a body",
                HandshakeType.SERVER_HELLO_DONE,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        row(
                rows,
                "a Finished that does not fit",
                HandshakeType.FINISHED,
                m -> List.of(Tampering.flipped(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED);
        row(
                rows,
                "a Finished of another length",
                HandshakeType.FINISHED,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED);
    }

    @Test
    void aSessionIdThatComesBackResumesNothing() {
        byte[][] id = new byte[1][];
        ScriptedPair p = pair(Configs12.newer(Configs12.client())).run((from, m) -> {
            try {
                if (m.is(HandshakeType.CLIENT_HELLO)) {
                    id[0] = m.parse(ClientHello::read).sessionId();
                } else if (m.is(HandshakeType.SERVER_HELLO)) {
                    ServerHello h = m.parse(ServerHello::read);
                    return List.of(Tampering.with(h, h.random(), id[0], h.cipherSuite(), 0)
                            .toMessage());
                }
                return List.of(m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(Reason.INVALID_SESSION_ID, p.client.failure.reason());
        assertEquals(List.of(ILLEGAL), p.client.carrier.alerts());
    }

    @Test
    void whoOffersTls13DoesNotTakeItsSuitesInTls12NorItsMark() {
        HandshakeConfig client = Configs12.newer(Configs12.client());
        Tampering.check(
                hello("", h -> suite(h, 0x1301), ILLEGAL, Reason.WRONG_CIPHER_RETURNED), client, Configs12.server());
        Tampering.check(
                hello(
                        "",
                        h -> Tampering.with(h, Tampering.downgraded(h.random(), 1), h.sessionId(), h.cipherSuite(), 0),
                        ILLEGAL,
                        Reason.INAPPROPRIATE_FALLBACK),
                client,
                Configs12.server());
        Tampering.check(
                hello(
                        "",
                        h -> Tampering.with(
                                h, ServerHello.helloRetryRequestRandom(), h.sessionId(), h.cipherSuite(), 0),
                        AlertDescription.MISSING_EXTENSION,
                        Reason.WRONG_SSL_VERSION),
                client,
                Configs12.server());
    }

    @Test
    void aServerWithoutRenegotiationInfoIsTakenIfTheUserHasItSo() {
        HandshakeConfig c = Configs12.client();
        ScriptedPair p = pair(c.with(c.legacy().withLegacyServerConnect(true))).run((from, m) -> {
            try {
                return List.of(
                        m.is(HandshakeType.SERVER_HELLO)
                                ? hello(
                                                "",
                                                h -> Tampering.ext(
                                                        h,
                                                        Tampering.replace(
                                                                h.extensions(),
                                                                ExtensionType.RENEGOTIATION_INFO,
                                                                null)),
                                                ILLEGAL,
                                                Reason.BAD_EXTENSION)
                                        .tamper()
                                        .apply(m)
                                        .get(0)
                                : m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
        assertNull(p.client.failure, "it goes on until the Finished, which knows of the change");
        assertEquals(Reason.DIGEST_CHECK_FAILED, p.server.failure.reason());
    }

    @Test
    void aFinishedBeforeTheChangeOfCiphersIsRefused() {
        ScriptedPair p = pair(Configs12.client());
        p.client.advance();
        boolean moved = true;
        while (moved && p.client.failure == null) {
            List<HandshakeMessage> up = p.client.carrier.takeSent();
            up.forEach(p.server.carrier::receive);
            p.server.advance();
            List<HandshakeMessage> down = p.server.carrier.takeSent();
            down.stream().filter(m -> m != HandshakeMessage.CHANGE_CIPHER_SPEC).forEach(p.client.carrier::receive);
            p.client.advance();
            moved = !up.isEmpty() || !down.isEmpty();
        }
        assertEquals(Reason.GOT_A_FIN_BEFORE_A_CCS, p.client.failure.reason());
        assertEquals(List.of(AlertDescription.UNEXPECTED_MESSAGE), p.client.carrier.alerts());
    }

    @Test
    void withoutMisbehaviourTheyConnect() {
        ScriptedPair p = pair(Configs12.newer(Configs12.client())).run();
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete() && p.server.negotiated.complete());
        assertEquals(ProtocolVersion.TLS1_2, p.client.negotiated.version());
        assertEquals(ProtocolVersion.TLS1_2, p.client.carrier.version());
        assertTrue(p.client.negotiated.extendedMasterSecret() && p.client.negotiated.secureRenegotiation());
        assertEquals(2, p.client.carrier.promoted().size());
    }

    private static ScriptedPair pair(HandshakeConfig client) {
        return new ScriptedPair(client, Configs12.server(), Configs12.CRYPTO, CarrierTraits.TLS);
    }

    // ---- how messages are changed ----------------------------------------------------------------------------------

    private static ServerHello suite(ServerHello h, int code) {
        return Tampering.with(h, h.random(), h.sessionId(), code, 0);
    }

    private static RawExtension raw(ExtensionType type, int length) {
        return new RawExtension(type.code(), new byte[length]);
    }

    private static Row hello(String rule, Change change, AlertDescription alert, Reason reason) {
        return new Row(
                rule,
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> List.of(change.of(m.parse(ServerHello::read)).toMessage()),
                alert,
                reason);
    }

    private static void hello(List<Row> rows, String rule, Change change, AlertDescription alert, Reason reason) {
        rows.add(hello(rule, change, alert, reason));
    }

    private static void with(
            List<Row> rows, String rule, ExtensionType type, Extension e, AlertDescription alert, Reason reason) {
        hello(rows, rule, h -> Tampering.ext(h, Tampering.replace(h.extensions(), type, e)), alert, reason);
    }

    private static void flight(List<Row> rows, String rule, Tamper tamper, AlertDescription alert, Reason reason) {
        row(rows, rule, HandshakeType.SERVER_KEY_EXCHANGE, tamper, alert, reason);
    }

    private static void row(
            List<Row> rows, String rule, HandshakeType at, Tamper tamper, AlertDescription alert, Reason reason) {
        rows.add(new Row(rule, Role.SERVER, at, tamper, alert, reason));
    }

    private interface Exchange {
        ServerKeyExchange of(ServerKeyExchange x);
    }

    private static HandshakeMessage changed(HandshakeMessage m, Exchange change) throws TlsException {
        ServerKeyExchange x =
                m.parse(ServerKeyExchange.codec(KeyExchangeAlgorithm.ECDHE_ECDSA, ProtocolVersion.TLS1_2));
        return change.of(x).toMessage(ProtocolVersion.TLS1_2);
    }

    private static Tamper group(int code) {
        return m -> List.of(changed(
                m, x -> ServerKeyExchange.ofGroup(null, code, new byte[32]).signed(x.scheme(), x.signature())));
    }

    private static Tamper field(BigInteger p) {
        byte[] prime = p.toByteArray();
        return m -> List.of(ServerKeyExchange.ofField(null, prime, new byte[] {2}, new byte[] {3})
                .signed(0x0804, new byte[256])
                .toMessage(ProtocolVersion.TLS1_2));
    }
}
