// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What a peer must not do, and the alert and reason that answer it: one row a rule. */
class Misbehaviour13Test {
    /** A change of one message; null for one that is swallowed. */
    private interface Tamper {
        List<HandshakeMessage> apply(HandshakeMessage m) throws TlsException;
    }

    private record Row(String rule, Role from, HandshakeType at, Tamper tamper, AlertDescription alert, Reason reason) {}

    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        List<Row> rows = new ArrayList<>();
        serverHello(rows);
        serverFlight(rows);
        clientHello(rows);
        clientFlight(rows);
        return rows.stream().map(r -> DynamicTest.dynamicTest(r.rule(), () -> check(r)));
    }

    private static void check(Row row) {
        boolean[] done = {false};
        ScriptedPair p = new ScriptedPair(Configs.client(), Configs.server(), Configs.CRYPTO, CarrierTraits.TLS)
                .run((from, m) -> {
                    if (done[0] || from != row.from() || !m.is(row.at())) {
                        return List.of(m);
                    }
                    done[0] = true;
                    try {
                        return row.tamper().apply(m);
                    } catch (TlsException e) {
                        throw new AssertionError(e);
                    }
                });
        ScriptedPair.Side victim = row.from() == Role.CLIENT ? p.server : p.client;
        assertNotNull(victim.failure, "nothing was refused");
        assertEquals(row.alert() + " " + row.reason(), victim.failure.alert() + " " + victim.failure.reason(), victim.failure::getMessage);
        assertEquals(List.of(row.alert()), victim.carrier.alerts(), "one alert, and once");
        assertTrue(victim.carrier.retired(), "keys are not kept for a connection that has failed");
        victim.advance();
        assertEquals(List.of(row.alert()), victim.carrier.alerts(), "a later call sends no second one");
    }

    private static void serverHello(List<Row> rows) {
        hello(rows, "a session id that was not sent", h -> with(h, h.random(), new byte[32], h.cipherSuite(), 0), AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_SESSION_ID);
        hello(rows, "compression", h -> with(h, h.random(), h.sessionId(), h.cipherSuite(), 1), AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_COMPRESSION_ALGORITHM);
        hello(rows, "a cipher suite that is not known", h -> with(h, h.random(), h.sessionId(), 0x13aa, 0), AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_CIPHER_RETURNED);
        hello(rows, "legacy_version 0x0304", h -> new ServerHello(0x0304, h.random(), h.sessionId(), h.cipherSuite(), 0, h.extensions()), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_LEGACY_VERSION);
        hello(rows, "TLS 1.2 in supported_versions", h -> ext(h, replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, new SupportedVersions.Selected(0x0303))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_PROTOCOL_VERSION_NUMBER);
        hello(rows, "TLS 1.2 without supported_versions", h -> ext(h, replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)), AlertDescription.PROTOCOL_VERSION, Reason.UNSUPPORTED_PROTOCOL);
        hello(rows, "the mark of a downgrade to TLS 1.2", h -> ext(with(h, downgraded(h.random(), 1), h.sessionId(), h.cipherSuite(), 0), replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)), AlertDescription.ILLEGAL_PARAMETER, Reason.INAPPROPRIATE_FALLBACK);
        hello(rows, "the mark of a downgrade to TLS 1.1", h -> ext(new ServerHello(0x0302, downgraded(h.random(), 0), h.sessionId(), h.cipherSuite(), 0, h.extensions()), replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)), AlertDescription.ILLEGAL_PARAMETER, Reason.INAPPROPRIATE_FALLBACK);
        hello(rows, "no key_share", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, null)), AlertDescription.MISSING_EXTENSION, Reason.NO_SUITABLE_KEY_SHARE);
        hello(rows, "a share of a group that none was sent of", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Answer(new KeyShare.Entry(0x0018, new byte[97])))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        hello(rows, "a share that is too short", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Answer(new KeyShare.Entry(0x001d, new byte[31])))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        hello(rows, "a share of zeros", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Answer(new KeyShare.Entry(0x001d, new byte[32])))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        hello(rows, "an extension that belongs elsewhere", h -> ext(h, plus(h.extensions(), new Alpn(List.of("h2")))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION);
        hello(rows, "an extension that was not sent", h -> ext(h, plus(h.extensions(), new RawExtension(0x4242, new byte[3]))), AlertDescription.UNSUPPORTED_EXTENSION, Reason.UNSOLICITED_EXTENSION);
        hello(rows, "a HelloRetryRequest that changes nothing", h -> ServerHello.retry(h.sessionId(), h.cipherSuite(), ExtensionBlock.builder().add(new SupportedVersions.Selected(0x0304)).build()), AlertDescription.ILLEGAL_PARAMETER, Reason.NO_CHANGE_FOLLOWING_HRR);
        hello(rows, "a HelloRetryRequest for the group that was sent", h -> retry(h, 0x001d), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        hello(rows, "a HelloRetryRequest for a group that was not offered", h -> retry(h, 0x0018), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        rows.add(new Row("a second HelloRetryRequest", Role.SERVER, HandshakeType.SERVER_HELLO, m -> {
            HandshakeMessage again = retry(m.parse(ServerHello::read), 0x0017).toMessage();
            return List.of(again, again);
        }, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("another suite than the HelloRetryRequest's", Role.SERVER, HandshakeType.SERVER_HELLO, m -> {
            ServerHello h = m.parse(ServerHello::read);
            ServerHello other = with(h, h.random(), h.sessionId(), h.cipherSuite() == 0x1301 ? 0x1302 : 0x1301, 0);
            return List.of(retry(h, 0x0017).toMessage(), ext(other, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Answer(new KeyShare.Entry(0x0017, new byte[65])))).toMessage());
        }, AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_CIPHER_RETURNED));
        rows.add(new Row("another message in place of the ServerHello", Role.SERVER, HandshakeType.SERVER_HELLO, m -> List.of(new EncryptedExtensions(ExtensionBlock.EMPTY).toMessage()), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a ServerHello with a byte too many", Role.SERVER, HandshakeType.SERVER_HELLO, m -> List.of(longer(m)), AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH));
    }

    private static void serverFlight(List<Row> rows) {
        rows.add(new Row("EncryptedExtensions with a protocol that was not offered", Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, m -> List.of(new EncryptedExtensions(ExtensionBlock.builder().add(new Alpn(List.of("h2"))).build()).toMessage()), AlertDescription.UNSUPPORTED_EXTENSION, Reason.UNSOLICITED_EXTENSION));
        rows.add(new Row("EncryptedExtensions with key_share", Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, m -> List.of(new EncryptedExtensions(ExtensionBlock.builder().add(new KeyShare.Retry(0x0017)).build()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION));
        rows.add(new Row("no EncryptedExtensions", Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, m -> List.of(), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a CertificateRequest with a context", Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, m -> List.of(m, new CertificateRequest13(new byte[1], ExtensionBlock.builder().add(new SignatureAlgorithms(new int[] {0x0403})).build()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_CONTEXT));
        rows.add(new Row("a CertificateRequest without signature_algorithms", Role.SERVER, HandshakeType.ENCRYPTED_EXTENSIONS, m -> List.of(m, new CertificateRequest13(new byte[0], ExtensionBlock.EMPTY).toMessage()), AlertDescription.MISSING_EXTENSION, Reason.MISSING_SIGALGS_EXTENSION));
        rows.add(new Row("an empty Certificate", Role.SERVER, HandshakeType.CERTIFICATE, m -> List.of(new Certificate13(new byte[0], List.of()).toMessage()), AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH));
        rows.add(new Row("a Certificate with a context", Role.SERVER, HandshakeType.CERTIFICATE, m -> List.of(new Certificate13(new byte[2], m.parse(Certificate13::read).entries()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_CONTEXT));
        rows.add(new Row("a Certificate with an OCSP response that was not asked for", Role.SERVER, HandshakeType.CERTIFICATE, m -> List.of(new Certificate13(new byte[0], List.of(new Certificate13.Entry(Configs.LEAF, ExtensionBlock.builder().add(new RawExtension(5, new byte[] {1, 0, 0, 1, 0})).build()))).toMessage()), AlertDescription.UNSUPPORTED_EXTENSION, Reason.UNSOLICITED_EXTENSION));
        rows.add(new Row("no CertificateVerify", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a CertificateVerify by a scheme of another kind of key", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(new CertificateVerify(0x0804, m.parse(CertificateVerify::read).signature()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Row("a CertificateVerify by a scheme that was not offered", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(new CertificateVerify(0x0503, m.parse(CertificateVerify::read).signature()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Row("a CertificateVerify by PKCS#1", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(new CertificateVerify(0x0401, m.parse(CertificateVerify::read).signature()).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Row("a signature over something else", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(flipped(m)), AlertDescription.DECRYPT_ERROR, Reason.BAD_SIGNATURE));
        rows.add(new Row("an empty signature", Role.SERVER, HandshakeType.CERTIFICATE_VERIFY, m -> List.of(new CertificateVerify(0x0403, new byte[0]).toMessage()), AlertDescription.DECRYPT_ERROR, Reason.BAD_SIGNATURE));
        rows.add(new Row("a Finished with one bit changed", Role.SERVER, HandshakeType.FINISHED, m -> List.of(flipped(m)), AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED));
        rows.add(new Row("a Finished that is too short", Role.SERVER, HandshakeType.FINISHED, m -> List.of(new Finished(new byte[12]).toMessage()), AlertDescription.DECODE_ERROR, Reason.BAD_DIGEST_LENGTH));
        rows.add(new Row("a CertificateRequest after the handshake that was not allowed", Role.SERVER, HandshakeType.FINISHED, m -> List.of(m, new CertificateRequest13(new byte[] {1}, ExtensionBlock.builder().add(new SignatureAlgorithms(new int[] {0x0403})).build()).toMessage()), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a ticket that lives longer than a week", Role.SERVER, HandshakeType.FINISHED, m -> List.of(m, new NewSessionTicket13(604_801, 0, new byte[] {1}, new byte[] {1}, ExtensionBlock.EMPTY).toMessage()), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION));
        rows.add(new Row("a KeyUpdate with another value than 0 or 1", Role.SERVER, HandshakeType.FINISHED, m -> List.of(m, HandshakeMessage.of(HandshakeType.KEY_UPDATE, w -> w.u8(2))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_UPDATE));
    }

    private static void clientHello(List<Row> rows) {
        client(rows, "no supported_versions", h -> ext(h, replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)), AlertDescription.PROTOCOL_VERSION, Reason.UNSUPPORTED_PROTOCOL);
        client(rows, "TLS 1.2 alone in supported_versions", h -> ext(h, replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, new SupportedVersions.Offer(new int[] {0x0303, 0x0a0a}))), AlertDescription.PROTOCOL_VERSION, Reason.UNSUPPORTED_PROTOCOL);
        client(rows, "no cipher suite that we have", h -> new ClientHello(h.legacyVersion(), h.random(), h.sessionId(), new int[] {0x0a0a, 0xc02f}, h.compressionMethods(), h.extensions()), AlertDescription.HANDSHAKE_FAILURE, Reason.NO_SHARED_CIPHER);
        client(rows, "a second compression method", h -> new ClientHello(h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuites(), new byte[] {0, 1}, h.extensions()), AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_COMPRESSION_ALGORITHM);
        client(rows, "no supported_groups", h -> ext(h, replace(h.extensions(), ExtensionType.SUPPORTED_GROUPS, null)), AlertDescription.MISSING_EXTENSION, Reason.MISSING_SUPPORTED_GROUPS_EXTENSION);
        client(rows, "no key_share", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, null)), AlertDescription.MISSING_EXTENSION, Reason.MISSING_SUPPORTED_GROUPS_EXTENSION);
        client(rows, "pre_shared_key without psk_key_exchange_modes", h -> ext(h, plus(replace(h.extensions(), ExtensionType.PSK_KEY_EXCHANGE_MODES, null), new PreSharedKey.Offer(List.of(new PreSharedKey.Identity(new byte[1], 0)), List.of(new byte[32])))), AlertDescription.MISSING_EXTENSION, Reason.MISSING_PSK_KEX_MODES_EXTENSION);
        client(rows, "a pre_shared_key that is cut off", h -> ext(h, plus(h.extensions(), new RawExtension(ExtensionType.PRE_SHARED_KEY.code(), new byte[] {0, 9}))), AlertDescription.DECODE_ERROR, Reason.BAD_EXTENSION);
        client(rows, "psk_key_exchange_modes without a mode", h -> ext(h, replace(h.extensions(), ExtensionType.PSK_KEY_EXCHANGE_MODES, new RawExtension(ExtensionType.PSK_KEY_EXCHANGE_MODES.code(), new byte[1]))), AlertDescription.DECODE_ERROR, Reason.BAD_EXTENSION);
        client(rows, "no signature_algorithms", h -> ext(h, replace(h.extensions(), ExtensionType.SIGNATURE_ALGORITHMS, null)), AlertDescription.MISSING_EXTENSION, Reason.MISSING_SIGALGS_EXTENSION);
        client(rows, "no signature scheme that our key can make", h -> ext(h, replace(h.extensions(), ExtensionType.SIGNATURE_ALGORITHMS, new SignatureAlgorithms(new int[] {0x0804, 0x0503}))), AlertDescription.HANDSHAKE_FAILURE, Reason.NO_SUITABLE_SIGNATURE_ALGORITHM);
        client(rows, "a share of a group that supported_groups lacks", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Offer(List.of(new KeyShare.Entry(0x0018, new byte[97]))))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        client(rows, "a share that is too long", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Offer(List.of(new KeyShare.Entry(0x001d, new byte[33]))))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        client(rows, "a point that is not on the curve", h -> ext(h, replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Offer(List.of(new KeyShare.Entry(0x0017, offCurve()))))), AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE);
        rows.add(new Row("another message in place of the ClientHello", Role.CLIENT, HandshakeType.CLIENT_HELLO, m -> List.of(new KeyUpdate(false).toMessage()), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a ClientHello that ends early", Role.CLIENT, HandshakeType.CLIENT_HELLO, m -> List.of(shorter(m)), AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH));
    }

    private static void clientFlight(List<Row> rows) {
        rows.add(new Row("a client's Finished with one bit changed", Role.CLIENT, HandshakeType.FINISHED, m -> List.of(flipped(m)), AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED));
        rows.add(new Row("a Certificate that was not asked for", Role.CLIENT, HandshakeType.FINISHED, m -> List.of(new Certificate13(new byte[0], List.of()).toMessage()), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a ticket from a client", Role.CLIENT, HandshakeType.FINISHED, m -> List.of(m, new NewSessionTicket13(1, 0, new byte[] {1}, new byte[] {1}, ExtensionBlock.EMPTY).toMessage()), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
        rows.add(new Row("a ClientHello after the handshake", Role.CLIENT, HandshakeType.FINISHED, m -> List.of(m, HandshakeMessage.of(HandshakeType.CLIENT_HELLO, w -> w.u16(0x0303))), AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE));
    }

    private static void hello(List<Row> rows, String rule, Function<ServerHello, ServerHello> change, AlertDescription alert, Reason reason) {
        rows.add(new Row("ServerHello: " + rule, Role.SERVER, HandshakeType.SERVER_HELLO, m -> List.of(change.apply(m.parse(ServerHello::read)).toMessage()), alert, reason));
    }

    private static void client(List<Row> rows, String rule, Function<ClientHello, ClientHello> change, AlertDescription alert, Reason reason) {
        rows.add(new Row("ClientHello: " + rule, Role.CLIENT, HandshakeType.CLIENT_HELLO, m -> List.of(change.apply(m.parse(ClientHello::read)).toMessage()), alert, reason));
    }

    private static ServerHello with(ServerHello h, byte[] random, byte[] sessionId, int suite, int compression) {
        return new ServerHello(h.legacyVersion(), random, sessionId, suite, compression, h.extensions());
    }

    private static ServerHello ext(ServerHello h, ExtensionBlock e) {
        return new ServerHello(h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuite(), h.compressionMethod(), e);
    }

    private static ClientHello ext(ClientHello h, ExtensionBlock e) {
        return new ClientHello(h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuites(), h.compressionMethods(), e);
    }

    private static ServerHello retry(ServerHello h, int group) {
        return ServerHello.retry(
                h.sessionId(),
                h.cipherSuite(),
                ExtensionBlock.builder()
                        .add(new SupportedVersions.Selected(0x0304))
                        .add(new KeyShare.Retry(group))
                        .add(new Cookie(new byte[] {1, 2, 3}))
                        .build());
    }

    private static ExtensionBlock replace(ExtensionBlock block, ExtensionType type, org.libssl4j.message.ext.Extension with) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (int t : block.types()) {
            if (t != type.code()) {
                b.add(new RawExtension(t, block.body(t)));
            }
        }
        return with == null ? b.build() : b.add(with).build();
    }

    private static ExtensionBlock plus(ExtensionBlock block, org.libssl4j.message.ext.Extension e) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (int t : block.types()) {
            b.add(new RawExtension(t, block.body(t)));
        }
        return b.add(e).build();
    }

    private static byte[] downgraded(byte[] random, int last) {
        byte[] r = random.clone();
        byte[] mark = {0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, (byte) last};
        System.arraycopy(mark, 0, r, 24, 8);
        return r;
    }

    private static byte[] offCurve() {
        byte[] p = new byte[65];
        p[0] = 4;
        p[32] = 1;
        p[64] = 1;
        return p;
    }

    private static HandshakeMessage flipped(HandshakeMessage m) {
        byte[] raw = m.raw().clone();
        raw[raw.length - 1] ^= 1;
        return HandshakeMessage.received(raw);
    }

    private static HandshakeMessage longer(HandshakeMessage m) {
        return HandshakeMessage.of(HandshakeType.of(m.type()), w -> w.bytes(m.raw(), 4, m.raw().length - 4).u8(0));
    }

    private static HandshakeMessage shorter(HandshakeMessage m) {
        return HandshakeMessage.of(HandshakeType.of(m.type()), w -> w.bytes(Arrays.copyOfRange(m.raw(), 4, m.raw().length - 3)));
    }
}
