// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.Extension;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedVersions;

/** What a server must not do, and the alert and reason that answer it: one row a rule. */
class ServerMisbehaviour13Test {
    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        List<Tampering.Row> rows = new ArrayList<>();
        serverHello(rows);
        serverFlight(rows);
        return rows.stream().map(r -> DynamicTest.dynamicTest(r.rule(), () -> Tampering.check(r)));
    }

    private static void serverHello(List<Tampering.Row> rows) {
        hello(
                rows,
                "a session id that was not sent",
                h -> Tampering.with(h, h.random(), new byte[32], h.cipherSuite(), 0),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_SESSION_ID);
        hello(
                rows,
                "compression",
                h -> Tampering.with(h, h.random(), h.sessionId(), h.cipherSuite(), 1),
                AlertDescription.DECODE_ERROR,
                Reason.INVALID_COMPRESSION_ALGORITHM);
        hello(
                rows,
                "a cipher suite that is not known",
                h -> Tampering.with(h, h.random(), h.sessionId(), 0x13aa, 0),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.WRONG_CIPHER_RETURNED);
        hello(
                rows,
                "legacy_version 0x0304",
                h -> new ServerHello(0x0304, h.random(), h.sessionId(), h.cipherSuite(), 0, h.extensions()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_LEGACY_VERSION);
        hello(
                rows,
                "TLS 1.2 in supported_versions",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_VERSIONS,
                                new SupportedVersions.Selected(0x0303))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_PROTOCOL_VERSION_NUMBER);
        hello(
                rows,
                "TLS 1.2 without supported_versions",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        hello(
                rows,
                "the mark of a downgrade to TLS 1.2",
                h -> Tampering.ext(
                        Tampering.with(h, Tampering.downgraded(h.random(), 1), h.sessionId(), h.cipherSuite(), 0),
                        Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INAPPROPRIATE_FALLBACK);
        hello(
                rows,
                "the mark of a downgrade to TLS 1.1",
                h -> Tampering.ext(
                        new ServerHello(
                                0x0302,
                                Tampering.downgraded(h.random(), 0),
                                h.sessionId(),
                                h.cipherSuite(),
                                0,
                                h.extensions()),
                        Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INAPPROPRIATE_FALLBACK);
        hello(
                rows,
                "no key_share",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.KEY_SHARE, null)),
                AlertDescription.MISSING_EXTENSION,
                Reason.NO_SUITABLE_KEY_SHARE);
        hello(
                rows,
                "a share of a group that none was sent of",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Answer(new KeyShare.Entry(0x0018, new byte[97])))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_KEY_SHARE);
        hello(
                rows,
                "a share that is too short",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Answer(new KeyShare.Entry(0x001d, new byte[31])))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_ECPOINT);
        hello(
                rows,
                "a share of zeros",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Answer(new KeyShare.Entry(0x001d, new byte[32])))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_ECPOINT);
        hello(
                rows,
                "an extension that belongs elsewhere",
                h -> Tampering.ext(h, Tampering.plus(h.extensions(), new Alpn(List.of("h2")))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        hello(
                rows,
                "an extension that was not sent",
                h -> Tampering.ext(h, Tampering.plus(h.extensions(), new RawExtension(0x4242, new byte[3]))),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        hello(
                rows,
                "pre_shared_key that was not offered",
                h -> Tampering.ext(
                        h,
                        Tampering.plus(
                                h.extensions(), new RawExtension(ExtensionType.PRE_SHARED_KEY.code(), new byte[2]))),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        hello(
                rows,
                "server_name, which belongs into EncryptedExtensions",
                h -> Tampering.ext(h, Tampering.plus(h.extensions(), ServerName.ACKNOWLEDGED)),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        hello(
                rows,
                "a GREASE version in supported_versions",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_VERSIONS,
                                new SupportedVersions.Selected(0x7a7a))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_PROTOCOL_VERSION_NUMBER);
        hello(
                rows,
                "supported_versions in the client's form",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_VERSIONS,
                                new SupportedVersions.Offer(new int[] {0x0304}))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        hello(
                rows,
                "key_share with a byte too many",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                Tampering.longer(h.extensions(), ExtensionType.KEY_SHARE))),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        hello(
                rows,
                "a HelloRetryRequest with compression",
                h -> {
                    ServerHello r = Tampering.retry(h, 0x0017);
                    return Tampering.with(r, r.random(), r.sessionId(), r.cipherSuite(), 1);
                },
                AlertDescription.DECODE_ERROR,
                Reason.INVALID_COMPRESSION_ALGORITHM);
        hello(
                rows,
                "a HelloRetryRequest with a session id that was not sent",
                h -> {
                    ServerHello r = Tampering.retry(h, 0x0017);
                    return Tampering.with(r, r.random(), new byte[32], r.cipherSuite(), 0);
                },
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_SESSION_ID);
        hello(
                rows,
                "a HelloRetryRequest with an extension that was not sent",
                h -> {
                    ServerHello r = Tampering.retry(h, 0x0017);
                    return Tampering.ext(r, Tampering.plus(r.extensions(), new RawExtension(0x4242, new byte[0])));
                },
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        rows.add(new Tampering.Row(
                "ServerHello: an extension twice",
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> List.of(Tampering.twice(m, ExtensionType.SUPPORTED_VERSIONS)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION));
        hello(
                rows,
                "a HelloRetryRequest that changes nothing",
                h -> ServerHello.retry(
                        h.sessionId(),
                        h.cipherSuite(),
                        ExtensionBlock.builder()
                                .add(new SupportedVersions.Selected(0x0304))
                                .build()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.NO_CHANGE_FOLLOWING_HRR);
        hello(
                rows,
                "a HelloRetryRequest for the group that was sent",
                h -> Tampering.retry(h, 0x001d),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_KEY_SHARE);
        hello(
                rows,
                "a HelloRetryRequest for a group that was not offered",
                h -> Tampering.retry(h, 0x0018),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_KEY_SHARE);
        rows.add(new Tampering.Row(
                "a second HelloRetryRequest",
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> {
                    HandshakeMessage again =
                            Tampering.retry(m.parse(ServerHello::read), 0x0017).toMessage();
                    return List.of(again, again);
                },
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "another suite than the HelloRetryRequest's",
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> {
                    ServerHello h = m.parse(ServerHello::read);
                    ServerHello other = Tampering.with(
                            h, h.random(), h.sessionId(), h.cipherSuite() == 0x1301 ? 0x1302 : 0x1301, 0);
                    return List.of(
                            Tampering.retry(h, 0x0017).toMessage(),
                            Tampering.ext(
                                            other,
                                            Tampering.replace(
                                                    h.extensions(),
                                                    ExtensionType.KEY_SHARE,
                                                    new KeyShare.Answer(new KeyShare.Entry(0x0017, new byte[65]))))
                                    .toMessage());
                },
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.WRONG_CIPHER_RETURNED));
        rows.add(new Tampering.Row(
                "another message in place of the ServerHello",
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> List.of(new EncryptedExtensions(ExtensionBlock.EMPTY).toMessage()),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a ServerHello with a byte too many",
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
    }

    private static void serverFlight(List<Tampering.Row> rows) {
        rows.add(new Tampering.Row(
                "EncryptedExtensions with a protocol that was not offered",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(new EncryptedExtensions(ExtensionBlock.builder()
                                .add(new Alpn(List.of("h2")))
                                .build())
                        .toMessage()),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION));
        rows.add(new Tampering.Row(
                "EncryptedExtensions with key_share",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(new EncryptedExtensions(ExtensionBlock.builder()
                                .add(new KeyShare.Retry(0x0017))
                                .build())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION));
        encrypted(
                rows,
                "an acknowledgement of the server name that is not empty",
                new RawExtension(ExtensionType.SERVER_NAME.code(), new byte[1]),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        encrypted(
                rows,
                "a record_size_limit that is too small",
                new RecordSizeLimit(63),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        encrypted(
                rows,
                "a max_fragment_length that nobody asked for",
                new MaxFragmentLength(1),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        rows.add(new Tampering.Row(
                "a KeyUpdate before the handshake is complete",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(new KeyUpdate(false).toMessage(), m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        encrypted(
                rows,
                "an extension that nobody knows",
                new RawExtension(0x4242, new byte[0]),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        encrypted(
                rows,
                "supported_versions",
                new SupportedVersions.Selected(0x0304),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        encrypted(
                rows,
                "signature_algorithms, which a client alone may send",
                new SignatureAlgorithms(new int[] {0x0403}),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        for (ExtensionType old : List.of(
                ExtensionType.EC_POINT_FORMATS,
                ExtensionType.EXTENDED_MASTER_SECRET,
                ExtensionType.RENEGOTIATION_INFO)) {
            encrypted(
                    rows,
                    old + " of TLS 1.2",
                    new RawExtension(old.code(), new byte[] {1, 0}),
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION);
        }
        encrypted(
                rows,
                "supported_groups that are cut off",
                new RawExtension(ExtensionType.SUPPORTED_GROUPS.code(), new byte[] {0, 2, 0}),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        rows.add(new Tampering.Row(
                "EncryptedExtensions without the length of their list",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(HandshakeMessage.of(HandshakeType.ENCRYPTED_EXTENSIONS, w -> {})),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        rows.add(new Tampering.Row(
                "EncryptedExtensions with a byte too many",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        rows.add(new Tampering.Row(
                "a Certificate with a byte too many",
                Role.SERVER,
                HandshakeType.CERTIFICATE,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        rows.add(new Tampering.Row(
                "a CertificateVerify with a byte too many",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        certificate(
                rows,
                "garbage in place of a certificate",
                new Certificate13.Entry(new byte[] {'G', 'A', 'R', 'B', 'A', 'G', 'E'}, ExtensionBlock.EMPTY),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_PACKET);
        certificate(
                rows,
                "an extension that nobody knows",
                new Certificate13.Entry(
                        Configs.LEAF,
                        ExtensionBlock.builder()
                                .add(new RawExtension(0x4242, new byte[0]))
                                .build()),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        certificate(
                rows,
                "server_name, which belongs elsewhere",
                new Certificate13.Entry(
                        Configs.LEAF,
                        ExtensionBlock.builder().add(ServerName.ACKNOWLEDGED).build()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        rows.add(new Tampering.Row(
                "no EncryptedExtensions",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a CertificateRequest with a context",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(
                        m,
                        new CertificateRequest13(
                                        new byte[1],
                                        ExtensionBlock.builder()
                                                .add(new SignatureAlgorithms(new int[] {0x0403}))
                                                .build())
                                .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_CONTEXT));
        rows.add(new Tampering.Row(
                "a CertificateRequest without signature_algorithms",
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(m, new CertificateRequest13(new byte[0], ExtensionBlock.EMPTY).toMessage()),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_SIGALGS_EXTENSION));
        rows.add(new Tampering.Row(
                "an empty Certificate",
                Role.SERVER,
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate13(new byte[0], List.of()).toMessage()),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        rows.add(new Tampering.Row(
                "a Certificate with a context",
                Role.SERVER,
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate13(
                                new byte[2], m.parse(Certificate13::read).entries())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_CONTEXT));
        rows.add(new Tampering.Row(
                "a Certificate with an OCSP response that was not asked for",
                Role.SERVER,
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate13(
                                new byte[0],
                                List.of(new Certificate13.Entry(
                                        Configs.LEAF,
                                        ExtensionBlock.builder()
                                                .add(new RawExtension(5, new byte[] {1, 0, 0, 1, 0}))
                                                .build())))
                        .toMessage()),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION));
        rows.add(new Tampering.Row(
                "no CertificateVerify",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a CertificateVerify by a scheme of another kind of key",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(new CertificateVerify(
                                0x0804, m.parse(CertificateVerify::read).signature())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Tampering.Row(
                "a CertificateVerify by a scheme that was not offered",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(new CertificateVerify(
                                0x0503, m.parse(CertificateVerify::read).signature())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Tampering.Row(
                "a CertificateVerify by PKCS#1",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(new CertificateVerify(
                                0x0401, m.parse(CertificateVerify::read).signature())
                        .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.WRONG_SIGNATURE_TYPE));
        rows.add(new Tampering.Row(
                "a signature over something else",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(Tampering.flipped(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.BAD_SIGNATURE));
        rows.add(new Tampering.Row(
                "an empty signature",
                Role.SERVER,
                HandshakeType.CERTIFICATE_VERIFY,
                m -> List.of(new CertificateVerify(0x0403, new byte[0]).toMessage()),
                AlertDescription.DECRYPT_ERROR,
                Reason.BAD_SIGNATURE));
        rows.add(new Tampering.Row(
                "a Finished with one bit changed",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(Tampering.flipped(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED));
        rows.add(new Tampering.Row(
                "a Finished that is too short",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(new Finished(new byte[12]).toMessage()),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED));
        rows.add(new Tampering.Row(
                "a Finished with a byte too many",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED));
        rows.add(new Tampering.Row(
                "a CertificateRequest after the handshake that was not allowed",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(
                        m,
                        new CertificateRequest13(
                                        new byte[] {1},
                                        ExtensionBlock.builder()
                                                .add(new SignatureAlgorithms(new int[] {0x0403}))
                                                .build())
                                .toMessage()),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a ticket that lives longer than a week",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(
                        m,
                        new NewSessionTicket13(604_801, 0, new byte[] {1}, new byte[] {1}, ExtensionBlock.EMPTY)
                                .toMessage()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION));
        rows.add(new Tampering.Row(
                "a KeyUpdate with another value than 0 or 1",
                Role.SERVER,
                HandshakeType.FINISHED,
                m -> List.of(m, HandshakeMessage.of(HandshakeType.KEY_UPDATE, w -> w.u8(2))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_KEY_UPDATE));
    }

    private static void encrypted(
            List<Tampering.Row> rows, String rule, Extension more, AlertDescription alert, Reason reason) {
        rows.add(new Tampering.Row(
                "EncryptedExtensions: " + rule,
                Role.SERVER,
                HandshakeType.ENCRYPTED_EXTENSIONS,
                m -> List.of(HandshakeMessage.of(
                        HandshakeType.ENCRYPTED_EXTENSIONS,
                        w -> ExtensionBlock.builder().add(more).build().write(w))),
                alert,
                reason));
    }

    private static void certificate(
            List<Tampering.Row> rows, String rule, Certificate13.Entry entry, AlertDescription alert, Reason reason) {
        rows.add(new Tampering.Row(
                "Certificate: " + rule,
                Role.SERVER,
                HandshakeType.CERTIFICATE,
                m -> List.of(new Certificate13(new byte[0], List.of(entry)).toMessage()),
                alert,
                reason));
    }

    private static void hello(
            List<Tampering.Row> rows,
            String rule,
            Function<ServerHello, ServerHello> change,
            AlertDescription alert,
            Reason reason) {
        rows.add(new Tampering.Row(
                "ServerHello: " + rule,
                Role.SERVER,
                HandshakeType.SERVER_HELLO,
                m -> List.of(change.apply(m.parse(ServerHello::read)).toMessage()),
                alert,
                reason));
    }
}
