// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.session.SessionState;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What must not be done with pre-shared keys, and the alert and reason that answer it (RFC 9846 §4.3.9, §4.3.11 [8446 4.2.9, 4.2.11]): one row a rule. */
class ResumptionFaults13Test {
    private static final KeptTickets TICKETS = new KeptTickets();
    private static final HandshakeConfig SERVER = server();
    private static final HandshakeConfig CLIENT = client();

    private static HandshakeConfig server() {
        HandshakeConfig s = Configs.server();
        return s.with(s.sessions().withSealer(TICKETS));
    }

    /** With two sessions. */
    private static HandshakeConfig client() {
        ScriptedPair p = new ScriptedPair(Configs.client(), SERVER, Configs.CRYPTO, CarrierTraits.TLS).run();
        p.server.dataGoes();
        List<SessionState> s = p.run().client.tickets;
        HandshakeConfig c = Configs.client();
        return c.with(c.sessions().withOffered(s));
    }

    private interface Change<T> {
        T of(T hello) throws TlsException;
    }

    private record Rule(Tampering.Row row, HandshakeConfig client, HandshakeConfig server) {
        DynamicTest test() {
            return DynamicTest.dynamicTest(row.rule(), () -> Tampering.check(row, client, server));
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> eachRuleHasItsAlertAndReason() {
        offers();
        answers();
        flights();
        assertTrue(CLIENT.sessions().offered().size() == 2);
        return rules.stream().map(Rule::test);
    }

    // ---- what a client must not offer ------------------------------------------------------------------------------

    private void client(String rule, Change<ClientHello> change, AlertDescription alert, Reason reason) {
        rules.add(new Rule(
                new Tampering.Row(
                        rule,
                        Role.CLIENT,
                        HandshakeType.CLIENT_HELLO,
                        m -> List.of(change.of(m.parse(ClientHello::read)).toMessage()),
                        alert,
                        reason),
                CLIENT,
                SERVER));
    }

    private static PreSharedKey.Offer psks(ClientHello h) throws TlsException {
        return h.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
    }

    private static ClientHello with(ClientHello h, List<PreSharedKey.Identity> identities, List<byte[]> binders) {
        return Tampering.ext(
                h,
                Tampering.replace(
                        h.extensions(), ExtensionType.PRE_SHARED_KEY, new PreSharedKey.Offer(identities, binders)));
    }

    private static byte[] flipped(byte[] binder) {
        byte[] b = binder.clone();
        b[0] ^= 1;
        return b;
    }

    private void offers() {
        AlertDescription decrypt = AlertDescription.DECRYPT_ERROR;
        Reason binder = Reason.BINDER_DOES_NOT_VERIFY;
        client(
                "a binder with another bit",
                h -> with(
                        h,
                        psks(h).identities(),
                        List.of(
                                flipped(psks(h).binders().get(0)),
                                psks(h).binders().get(1))),
                decrypt,
                binder);
        client(
                "a binder that is too long",
                h -> with(
                        h,
                        psks(h).identities(),
                        List.of(new byte[64], psks(h).binders().get(1))),
                decrypt,
                binder);
        client(
                "binders in another order",
                h -> with(
                        h,
                        psks(h).identities(),
                        List.of(psks(h).binders().get(1), psks(h).binders().get(0))),
                decrypt,
                binder);
        client(
                "a hello that is not the one of the binder",
                h -> {
                    byte[] random = h.random().clone();
                    random[0] ^= 1;
                    return new ClientHello(
                            h.legacyVersion(),
                            random,
                            h.sessionId(),
                            h.cipherSuites(),
                            h.compressionMethods(),
                            h.extensions());
                },
                decrypt,
                binder);
        client(
                "another age than the binder's",
                h -> {
                    PreSharedKey.Identity first = psks(h).identities().get(0);
                    return with(
                            h,
                            List.of(
                                    new PreSharedKey.Identity(first.identity(), first.obfuscatedTicketAge() ^ 1),
                                    psks(h).identities().get(1)),
                            psks(h).binders());
                },
                decrypt,
                binder);
        client(
                "a binder more than there are identities",
                h -> with(
                        h,
                        psks(h).identities(),
                        List.of(psks(h).binders().get(0), psks(h).binders().get(1), new byte[32])),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        client(
                "a binder less than there are identities",
                h -> with(h, psks(h).identities(), List.of(psks(h).binders().get(0))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        client(
                "a binder of less than 32 bytes",
                h -> with(
                        h,
                        psks(h).identities(),
                        List.of(new byte[31], psks(h).binders().get(1))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        client(
                "an empty identity",
                h -> with(
                        h,
                        List.of(
                                new PreSharedKey.Identity(new byte[0], 0),
                                psks(h).identities().get(1)),
                        psks(h).binders()),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        client(
                "no identities",
                h -> with(h, List.of(), List.of()),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
        client(
                "an extension behind pre_shared_key",
                h -> Tampering.ext(h, Tampering.plus(h.extensions(), new RawExtension(0xfafa, new byte[0]))),
                AlertDescription.ILLEGAL_PARAMETER,
                Reason.BAD_EXTENSION);
        client(
                "pre_shared_key without psk_key_exchange_modes",
                h -> Tampering.ext(h, h.extensions().without(ExtensionType.PSK_KEY_EXCHANGE_MODES)),
                AlertDescription.MISSING_EXTENSION,
                Reason.MISSING_PSK_KEX_MODES_EXTENSION);
        client(
                "psk_key_exchange_modes that are empty",
                h -> {
                    PreSharedKey.Offer p = psks(h);
                    return Tampering.ext(
                            h,
                            h.extensions()
                                    .without(ExtensionType.PRE_SHARED_KEY)
                                    .with(new PskKeyExchangeModes(new int[0]))
                                    .with(p));
                },
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
    }

    // ---- in a second ClientHello -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondHelloHasBindersOfItsOwn(boolean ofTheFirst) {
        List<PreSharedKey.Offer> offers = new ArrayList<>();
        HandshakeConfig retrying = SERVER.with(new GroupList(List.of(NamedGroup.SECP256R1)));
        ScriptedPair p = new ScriptedPair(CLIENT, retrying, Configs.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            if (!m.is(HandshakeType.CLIENT_HELLO)) {
                return List.of(m);
            }
            ClientHello h = Resumption13Test.hello(m);
            offers.add(Resumption13Test.psks(h));
            byte[] wrong = ofTheFirst ? offers.get(0).binders().get(0) : new byte[32];
            return offers.size() == 1
                    ? List.of(m)
                    : List.of(with(
                                    h,
                                    offers.get(1).identities(),
                                    List.of(wrong, offers.get(1).binders().get(1)))
                            .toMessage());
        });
        Tampering.assertRefused(p.server, AlertDescription.DECRYPT_ERROR, Reason.BINDER_DOES_NOT_VERIFY);
    }

    // ---- what a server must not answer -----------------------------------------------------------------------------

    private void server(
            String rule,
            HandshakeConfig client,
            HandshakeType at,
            Tampering.Tamper tamper,
            AlertDescription alert,
            Reason reason) {
        rules.add(new Rule(new Tampering.Row(rule, Role.SERVER, at, tamper, alert, reason), client, SERVER));
    }

    private void answer(String rule, Change<ServerHello> change, AlertDescription alert, Reason reason) {
        answer(rule, CLIENT, change, alert, reason);
    }

    private void answer(
            String rule, HandshakeConfig client, Change<ServerHello> change, AlertDescription alert, Reason reason) {
        server(
                rule,
                client,
                HandshakeType.SERVER_HELLO,
                m -> List.of(change.of(m.parse(ServerHello::read)).toMessage()),
                alert,
                reason);
    }

    private static ServerHello selecting(ServerHello h, int identity) {
        return Tampering.ext(h, h.extensions().with(new PreSharedKey.Selected(identity)));
    }

    private void answers() {
        AlertDescription illegal = AlertDescription.ILLEGAL_PARAMETER;
        answer("an identity behind the last", h -> selecting(h, 2), illegal, Reason.BAD_PSK_IDENTITY);
        answer("the highest identity", h -> selecting(h, 0xffff), illegal, Reason.BAD_PSK_IDENTITY);
        answer(
                "a pre-shared key that was not offered",
                Configs.client(),
                h -> selecting(h, 0),
                AlertDescription.UNSUPPORTED_EXTENSION,
                Reason.UNSOLICITED_EXTENSION);
        answer(
                "a suite with another hash than the key's",
                h -> Tampering.with(h, h.random(), h.sessionId(), otherHash(h), 0),
                illegal,
                Reason.CIPHERSUITE_DIGEST_HAS_CHANGED);
        answer(
                "a key alone, where psk_ke was not offered",
                h -> Tampering.ext(h, h.extensions().without(ExtensionType.KEY_SHARE)),
                AlertDescription.MISSING_EXTENSION,
                Reason.NO_SUITABLE_KEY_SHARE);
        answer(
                "a selected identity of three bytes",
                h -> Tampering.ext(
                        h, h.extensions().with(new RawExtension(ExtensionType.PRE_SHARED_KEY.code(), new byte[3]))),
                AlertDescription.DECODE_ERROR,
                Reason.BAD_EXTENSION);
    }

    private static int otherHash(ServerHello h) {
        return CipherSuite.of(h.cipherSuite()) == CipherSuite.TLS_AES_256_GCM_SHA384
                ? CipherSuite.TLS_AES_128_GCM_SHA256.code()
                : CipherSuite.TLS_AES_256_GCM_SHA384.code();
    }

    private void flights() {
        HandshakeMessage certificate = new Certificate13(new byte[0], List.of()).toMessage();
        server(
                "a Certificate beside a pre-shared key",
                CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(certificate, m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE);
        server(
                "a CertificateRequest beside a pre-shared key",
                CLIENT,
                HandshakeType.FINISHED,
                m -> List.of(
                        HandshakeMessage.of(
                                HandshakeType.CERTIFICATE_REQUEST, w -> w.u8(0).u16(0)),
                        m),
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE);
    }
}
