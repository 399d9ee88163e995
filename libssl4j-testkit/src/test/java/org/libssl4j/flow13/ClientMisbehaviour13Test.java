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
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedVersions;

/** What a client must not do, and the alert and reason that answer it: one row a rule. */
class ClientMisbehaviour13Test {
    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        List<Tampering.Row> rows = new ArrayList<>();
        clientHello(rows);
        clientFlight(rows);
        return rows.stream().map(r -> DynamicTest.dynamicTest(r.rule(), () -> Tampering.check(r)));
    }

    private static void clientHello(List<Tampering.Row> rows) {
        client(
                rows,
                "no supported_versions",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        client(
                rows,
                "TLS 1.2 alone in supported_versions",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_VERSIONS,
                                new SupportedVersions.Offer(new int[] {0x0303, 0x0a0a}))),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        client(
                rows,
                "no cipher suite that we have",
                h -> new ClientHello(
                        h.legacyVersion(),
                        h.random(),
                        h.sessionId(),
                        new int[] {0x0a0a, 0xc02f},
                        h.compressionMethods(),
                        h.extensions()),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SHARED_CIPHER);
        client(
                rows,
                "a second compression method",
                h -> new ClientHello(
                        h.legacyVersion(),
                        h.random(),
                        h.sessionId(),
                        h.cipherSuites(),
                        new byte[] {0, 1},
                        h.extensions()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_COMPRESSION_ALGORITHM);
        client(
                rows,
                "a compression method alone that is not the null one",
                h -> new ClientHello(
                        h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuites(), new byte[] {1}, h.extensions()),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.INVALID_COMPRESSION_ALGORITHM);
        client(
                rows,
                "a session id of 33 bytes",
                h -> new ClientHello(
                        h.legacyVersion(),
                        h.random(),
                        new byte[33],
                        h.cipherSuites(),
                        h.compressionMethods(),
                        h.extensions()),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH);
        client(
                rows,
                "versions that only GREASE has, and no supported_versions of ours",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_VERSIONS,
                                new SupportedVersions.Offer(new int[] {0x0a0a, 0xfafa}))),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        client(
                rows,
                "a legacy_version beyond TLS 1.3 in place of supported_versions",
                h -> new ClientHello(
                        0x0400,
                        h.random(),
                        h.sessionId(),
                        h.cipherSuites(),
                        h.compressionMethods(),
                        Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null)),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
        rows.add(new Tampering.Row(
                "ClientHello: an extension twice",
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(Tampering.twice(m, ExtensionType.SUPPORTED_GROUPS)),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION));
        rows.add(new Tampering.Row(
                "a ClientHello with a byte too many",
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
        for (ExtensionType t : List.of(
                ExtensionType.SERVER_NAME,
                ExtensionType.SUPPORTED_VERSIONS,
                ExtensionType.SUPPORTED_GROUPS,
                ExtensionType.SIGNATURE_ALGORITHMS,
                ExtensionType.PSK_KEY_EXCHANGE_MODES,
                ExtensionType.KEY_SHARE)) {
            client(
                    rows,
                    "a byte too many in " + t,
                    h -> Tampering.ext(h, Tampering.replace(h.extensions(), t, Tampering.longer(h.extensions(), t))),
                    AlertDescription.DECODE_ERROR,
                    t == ExtensionType.KEY_SHARE ? Reason.LENGTH_MISMATCH : Reason.BAD_EXTENSION);
        }
        body(rows, "server_name without a name", ExtensionType.SERVER_NAME, new byte[] {0, 0});
        body(rows, "an empty name in server_name", ExtensionType.SERVER_NAME, new byte[] {0, 3, 0, 0, 0});
        body(rows, "two names in server_name", ExtensionType.SERVER_NAME, new byte[] {0, 8, 0, 0, 1, 'a', 0, 0, 1, 'b'
        });
        body(rows, "ALPN without a protocol", ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, new byte[] {0, 0});
        body(
                rows,
                "ALPN with a protocol without a name",
                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                new byte[] {0, 4, 0, 2, 'h', '2'});
        body(rows, "certificate_authorities without a name", ExtensionType.CERTIFICATE_AUTHORITIES, new byte[] {0, 0});
        body(rows, "certificate_authorities with a byte too many", ExtensionType.CERTIFICATE_AUTHORITIES, new byte[] {
            0, 3, 0, 1, 0, 9
        });
        client(
                rows,
                "a server name with a zero in it",
                h -> Tampering.ext(
                        h, Tampering.replace(h.extensions(), ExtensionType.SERVER_NAME, new RawExtension(0, new byte[] {
                            0, 6, 0, 0, 3, 'a', 0, 'b'
                        }))),
                AlertDescription.UNRECOGNIZED_NAME,
                Reason.BAD_EXTENSION);
        client(
                rows,
                "oid_filters, which a server alone may send",
                h -> Tampering.ext(
                        h,
                        Tampering.plus(
                                h.extensions(), new RawExtension(ExtensionType.OID_FILTERS.code(), new byte[2]))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        client(
                rows,
                "no supported_groups",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_GROUPS, null)),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_SUPPORTED_GROUPS_EXTENSION);
        client(
                rows,
                "no key_share",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.KEY_SHARE, null)),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_SUPPORTED_GROUPS_EXTENSION);
        client(
                rows,
                "pre_shared_key without psk_key_exchange_modes",
                h -> Tampering.ext(
                        h,
                        Tampering.plus(
                                Tampering.replace(h.extensions(), ExtensionType.PSK_KEY_EXCHANGE_MODES, null),
                                new PreSharedKey.Offer(
                                        List.of(new PreSharedKey.Identity(new byte[1], 0)), List.of(new byte[32])))),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_PSK_KEX_MODES_EXTENSION);
        client(
                rows,
                "a pre_shared_key that is cut off",
                h -> Tampering.ext(
                        h,
                        Tampering.plus(
                                h.extensions(),
                                new RawExtension(ExtensionType.PRE_SHARED_KEY.code(), new byte[] {0, 9}))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        client(
                rows,
                "psk_key_exchange_modes without a mode",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.PSK_KEY_EXCHANGE_MODES,
                                new RawExtension(ExtensionType.PSK_KEY_EXCHANGE_MODES.code(), new byte[1]))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        client(
                rows,
                "no signature_algorithms",
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SIGNATURE_ALGORITHMS, null)),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_SIGALGS_EXTENSION);
        client(
                rows,
                "no signature scheme that our key can make",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SIGNATURE_ALGORITHMS,
                                new SignatureAlgorithms(new int[] {0x0804, 0x0503}))),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SUITABLE_SIGNATURE_ALGORITHM);
        client(
                rows,
                "a share of a group that supported_groups lacks",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Offer(List.of(new KeyShare.Entry(0x0018, new byte[97]))))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_KEY_SHARE);
        client(
                rows,
                "a share that is too long",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Offer(List.of(new KeyShare.Entry(0x001d, new byte[33]))))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_ECPOINT);
        client(
                rows,
                "a point that is not on the curve",
                h -> Tampering.ext(
                        h,
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.KEY_SHARE,
                                new KeyShare.Offer(List.of(new KeyShare.Entry(0x0017, Tampering.offCurve()))))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_ECPOINT);
        rows.add(new Tampering.Row(
                "another message in place of the ClientHello",
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(new KeyUpdate(false).toMessage()),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a ClientHello that ends early",
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(Tampering.shorter(m)),
                AlertDescription.DECODE_ERROR,
                Reason.LENGTH_MISMATCH));
    }

    /** The extension's body cannot be read. */
    private static void body(List<Tampering.Row> rows, String rule, ExtensionType type, byte[] body) {
        client(
                rows,
                rule,
                h -> Tampering.ext(h, Tampering.replace(h.extensions(), type, new RawExtension(type.code(), body))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
    }

    private static void clientFlight(List<Tampering.Row> rows) {
        rows.add(new Tampering.Row(
                "a client's Finished with one bit changed",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(Tampering.flipped(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED));
        rows.add(new Tampering.Row(
                "a client's Finished with a byte too many",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(Tampering.longer(m)),
                AlertDescription.DECRYPT_ERROR,
                Reason.DIGEST_CHECK_FAILED));
        rows.add(new Tampering.Row(
                "EncryptedExtensions of a client",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(new EncryptedExtensions(ExtensionBlock.EMPTY).toMessage(), m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a Certificate that was not asked for",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(new Certificate13(new byte[0], List.of()).toMessage()),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a ticket from a client",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(
                        m,
                        new NewSessionTicket13(1, 0, new byte[] {1}, new byte[] {1}, ExtensionBlock.EMPTY).toMessage()),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
        rows.add(new Tampering.Row(
                "a ClientHello after the handshake",
                Role.CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(m, HandshakeMessage.of(HandshakeType.CLIENT_HELLO, w -> w.u16(0x0303))),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE));
    }

    private static void client(
            List<Tampering.Row> rows,
            String rule,
            Function<ClientHello, ClientHello> change,
            AlertDescription alert,
            Reason reason) {
        rows.add(new Tampering.Row(
                "ClientHello: " + rule,
                Role.CLIENT,
                HandshakeType.CLIENT_HELLO,
                m -> List.of(change.apply(m.parse(ClientHello::read)).toMessage()),
                alert,
                reason));
    }
}
