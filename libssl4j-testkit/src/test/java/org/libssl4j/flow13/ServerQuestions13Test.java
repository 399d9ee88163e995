// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.EncryptedExtensions;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What a server asks the application about a ClientHello, when, and what becomes of the answers. */
class ServerQuestions13Test {
    private static final HandshakeConfig NOBODY = Configs.server().with(Credentials.NONE);

    private HandshakeConfig server = Configs.server();
    private HandshakeConfig client = Configs.client();
    private final List<String> asked = new ArrayList<>();

    private void clientHello(Function<ReceivedClientHello, ClientHelloAnswer> callback) {
        server = server.with(server.hello().withClientHello(h -> {
            asked.add("client hello");
            return callback.apply(h);
        }));
    }

    private void servername(Function<String, ServernameAnswer> callback) {
        server = server.with(server.hello().withServername(n -> {
            asked.add("server name " + n);
            return callback.apply(n);
        }));
    }

    private void alpn(AlpnSelectCb callback) {
        client = client.with(client.extensions().withAlpn(List.of("h2", "http/1.1")));
        server = server.with(server.extensions().with((AlpnSelectCb) offered -> {
            asked.add("ALPN " + offered);
            return callback.select(offered);
        }));
    }

    private void serverIs(UnaryOperator<HandshakeConfig> change) {
        server = change.apply(server);
    }

    private ScriptedPair pair() {
        return new ScriptedPair(client, () -> server, Configs.CRYPTO, CarrierTraits.TLS);
    }

    private static ScriptedPair connected(ScriptedPair p) {
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete());
        assertTrue(p.server.negotiated.complete());
        return p;
    }

    private static void refused(ScriptedPair p, AlertDescription alert, Reason reason) {
        assertEquals(reason, p.server.failure.reason());
        assertEquals(List.of(alert), p.server.carrier.alerts());
    }

    private static boolean acknowledged(HandshakeConfig client, HandshakeConfig server) {
        boolean[] has = {false};
        connected(new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            if (m.is(HandshakeType.ENCRYPTED_EXTENSIONS)) {
                ExtensionBlock e = parse(m, EncryptedExtensions::read).extensions();
                has[0] = e.has(ExtensionType.SERVER_NAME);
                assertTrue(!has[0] || e.body(0).length == 0, "the acknowledgement is empty");
            }
            return List.of(m);
        }));
        return has[0];
    }

    private static <T> T parse(HandshakeMessage m, HandshakeMessage.Codec<T> codec) {
        try {
            return m.parse(codec);
        } catch (org.libssl4j.fault.TlsException e) {
            throw new AssertionError(e);
        }
    }

    // ---- order -----------------------------------------------------------------------------------------------------

    @Test
    void theClientHelloComesFirstThenTheServerNameThenAlpn() {
        clientHello(h -> ClientHelloAnswer.SUCCESS);
        servername(n -> ServernameAnswer.OK);
        alpn(offered -> "h2");
        connected(pair().run());
        assertEquals(List.of("client hello", "server name " + Identity.HOST, "ALPN [h2, http/1.1]"), asked);
    }

    @Test
    void aSecondClientHelloIsNotAskedAboutAgain() {
        clientHello(h -> ClientHelloAnswer.SUCCESS);
        servername(n -> ServernameAnswer.OK);
        alpn(offered -> "h2");
        serverIs(s -> s.with(new GroupList(List.of(NamedGroup.SECP256R1))));
        ScriptedPair p = connected(pair().run());
        assertEquals(NamedGroup.SECP256R1, p.server.negotiated.group());
        assertEquals(3, asked.size(), asked::toString);
        assertEquals("h2", p.client.negotiated.alpn());
    }

    // ---- the ClientHello -------------------------------------------------------------------------------------------

    @Test
    void theCallbackSeesAllThatTheClientSent() throws Exception {
        ReceivedClientHello[] seen = {null};
        clientHello(h -> {
            seen[0] = h;
            return ClientHelloAnswer.SUCCESS;
        });
        HandshakeMessage[] sent = {null};
        pair().run((from, m) -> {
            if (!m.is(HandshakeType.CLIENT_HELLO)) {
                return List.of(m);
            }
            ClientHello h = parse(m, ClientHello::read);
            sent[0] = Tampering.ext(h, Tampering.plus(h.extensions(), new RawExtension(0x7a7a, new byte[] {9})))
                    .toMessage();
            return List.of(sent[0]);
        });
        ClientHello hello = sent[0].parse(ClientHello::read);
        ReceivedClientHello view = seen[0];
        assertEquals(0x0303, view.legacyVersion());
        assertArrayEquals(hello.random(), view.random());
        assertArrayEquals(hello.sessionId(), view.sessionId());
        assertArrayEquals(hello.cipherSuites(), view.ciphers());
        assertArrayEquals(new byte[] {0}, view.compressionMethods());
        assertArrayEquals(hello.extensions().types(), view.extensionOrder());
        int[] order = view.extensionOrder();
        assertEquals(0x7a7a, order[order.length - 1]);
        assertArrayEquals(java.util.Arrays.copyOf(order, order.length - 1), view.extensionsPresent());
        assertArrayEquals(new byte[] {9}, view.ext(0x7a7a));
        assertArrayEquals(hello.extensions().body(51), view.ext(51));
        assertNull(view.ext(0x4242));
    }

    @Test
    void theCallbackComesBeforeAnythingIsChecked() {
        clientHello(h -> ClientHelloAnswer.error(AlertDescription.ACCESS_DENIED));
        ScriptedPair p = pair().run((from, m) -> {
            if (!m.is(HandshakeType.CLIENT_HELLO)) {
                return List.of(m);
            }
            ClientHello h = parse(m, ClientHello::read);
            return List.of(Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, null))
                    .toMessage());
        });
        refused(p, AlertDescription.ACCESS_DENIED, Reason.CALLBACK_FAILED);
    }

    @Test
    void aClientHelloThatCannotBeReadIsNotShown() {
        clientHello(h -> ClientHelloAnswer.SUCCESS);
        ScriptedPair p = pair().run((from, m) -> List.of(from == Role.CLIENT ? Tampering.shorter(m) : m));
        refused(p, AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH);
        assertEquals(List.of(), asked);
    }

    @Test
    void anAnswerThatIsNoneEndsTheHandshake() {
        clientHello(h -> null);
        refused(pair().run(), AlertDescription.INTERNAL_ERROR, Reason.CALLBACK_FAILED);
    }

    @Test
    void aCallbackThatThrowsEndsTheHandshake() {
        clientHello(h -> {
            throw new IllegalStateException("a bug of the application's");
        });
        refused(pair().run(), AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR);
    }

    @Test
    void aLaterSuspendsTheHandshakeUntilItIsAskedAgain() {
        Queue<ClientHelloAnswer> answers =
                new ArrayDeque<>(List.of(ClientHelloAnswer.RETRY, ClientHelloAnswer.RETRY, ClientHelloAnswer.SUCCESS));
        clientHello(h -> answers.remove());
        ScriptedPair p = pair().run();
        assertEquals(Want.CLIENT_HELLO_CB, p.server.want);
        p.server.advance();
        assertEquals(Want.CLIENT_HELLO_CB, p.server.want);
        p.server.advance();
        connected(p.run());
        assertTrue(answers.isEmpty());
    }

    @Test
    void theConfigurationThatTheCallbackPutsInPlaceIsTheOneThatCounts() {
        HandshakeConfig other = Configs.server().with(new GroupList(List.of(NamedGroup.SECP256R1)));
        server = NOBODY;
        clientHello(h -> {
            server = other;
            return ClientHelloAnswer.SUCCESS;
        });
        servername(n -> ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME));
        ScriptedPair p = connected(pair().run());
        assertEquals(NamedGroup.SECP256R1, p.server.negotiated.group());
        assertEquals(List.of("client hello"), asked, "the servername callback of the old one is gone with it");
    }

    // ---- the server name -------------------------------------------------------------------------------------------

    @Test
    void anAcceptedNameIsAcknowledged() {
        servername(n -> ServernameAnswer.OK);
        assertTrue(acknowledged(client, server));
    }

    @Test
    void withoutACallbackNoNameIsAcknowledged() {
        assertTrue(!acknowledged(client, server));
    }

    @Test
    void aNameThatTheCallbackPassesOverIsNotAcknowledged() {
        servername(n -> ServernameAnswer.NOACK);
        assertTrue(!acknowledged(client, server));
    }

    @Test
    void aWarningIsNoneInTls13() {
        servername(n -> ServernameAnswer.alertWarning(AlertDescription.UNRECOGNIZED_NAME));
        assertTrue(!acknowledged(client, server));
    }

    @Test
    void aNameThatWasNotSentIsAskedAboutAndNotAcknowledged() {
        servername(n -> ServernameAnswer.OK);
        client = client.with(client.extensions().withServerName(null));
        assertTrue(!acknowledged(client, server));
        assertEquals(List.of("server name null"), asked);
    }

    @Test
    void aNameIsAcknowledgedAfterAHelloRetryRequest() {
        servername(n -> ServernameAnswer.OK);
        serverIs(s -> s.with(new GroupList(List.of(NamedGroup.SECP256R1))));
        assertTrue(acknowledged(client, server));
    }

    @Test
    void aFatalAnswerEndsTheHandshakeWithItsAlert() {
        servername(n -> ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME));
        refused(pair().run(), AlertDescription.UNRECOGNIZED_NAME, Reason.CALLBACK_FAILED);
    }

    @Test
    void aServernameCallbackThatAnswersNothingAcceptsNothing() {
        servername(n -> null);
        refused(pair().run(), AlertDescription.INTERNAL_ERROR, Reason.CALLBACK_FAILED);
    }

    @Test
    void aServernameCallbackMaySayLaterAndIsItselfAskedAgainWhateverItChanged() {
        Queue<ServernameAnswer> answers = new ArrayDeque<>(List.of(ServernameAnswer.RETRY, ServernameAnswer.OK));
        HandshakeConfig other = Configs.server();
        server = NOBODY;
        servername(n -> {
            server = other;
            return answers.remove();
        });
        ScriptedPair p = pair().run();
        assertEquals(Want.CLIENT_HELLO_CB, p.server.want);
        assertEquals(Identity.HOST, p.server.negotiated.serverName());
        p.server.advance();
        connected(p.run());
        assertEquals(2, asked.size());
    }

    // ---- ALPN ------------------------------------------------------------------------------------------------------

    @Test
    void anAlpnCallbackMaySayLater() {
        Queue<String> answers = new ArrayDeque<>(List.of(AlpnSelectCb.LATER, AlpnSelectCb.LATER, "http/1.1"));
        alpn(offered -> answers.remove());
        ScriptedPair p = pair().run();
        assertEquals(Want.CLIENT_HELLO_CB, p.server.want);
        p.server.advance();
        assertEquals(Want.CLIENT_HELLO_CB, p.server.want);
        p.server.advance();
        connected(p.run());
        assertEquals("http/1.1", p.client.negotiated.alpn());
        assertEquals("http/1.1", p.server.negotiated.alpn());
    }

    @Test
    void aProtocolThatWasNotOfferedIsABugOfTheCallbacks() {
        alpn(offered -> "spdy/3");
        refused(pair().run(), AlertDescription.INTERNAL_ERROR, Reason.BAD_VALUE);
    }

    @Test
    void alpnIsAskedForOnlyOnceTheRestIsChosen() {
        alpn(offered -> "h2");
        serverIs(s -> s.with(Credentials.NONE));
        refused(pair().run(), AlertDescription.HANDSHAKE_FAILURE, Reason.NO_CERTIFICATE_SET);
        assertEquals(List.of(), asked);
    }

    @Test
    void supportedVersionsMayHaveWhatNobodyKnows() {
        ScriptedPair p = pair().run((from, m) -> {
            if (!m.is(HandshakeType.CLIENT_HELLO)) {
                return List.of(m);
            }
            ClientHello h = parse(m, ClientHello::read);
            return List.of(new ClientHello(
                            0x1234,
                            h.random(),
                            h.sessionId(),
                            h.cipherSuites(),
                            h.compressionMethods(),
                            Tampering.replace(
                                    h.extensions(),
                                    ExtensionType.SUPPORTED_VERSIONS,
                                    new org.libssl4j.message.ext.SupportedVersions.Offer(
                                            new int[] {0x3a3a, 0x0303, 0x0304, 0x0305})))
                    .toMessage());
        });
        // The hello was changed on its way, so that the client cannot finish; but the server has gone on.
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertEquals(org.libssl4j.iana.ProtocolVersion.TLS1_3, p.server.negotiated.version());
    }
}
