// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.message.Certificate12;
import org.libssl4j.message.CertificateRequest12;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.testkit.carrier.ScriptedCarrier;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** The walk of both roles with a pre-shared key (RFC 4279, RFC 5489), message by message, over a carrier without records. */
class Psk12Test {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);
    private static final byte[] IDENTITY = "us".getBytes(StandardCharsets.US_ASCII);

    /** One suite of each kind. */
    enum Kind {
        PSK(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256),
        DHE_PSK(CipherSuite.TLS_DHE_PSK_WITH_AES_256_GCM_SHA384),
        ECDHE_PSK(CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256);

        final CipherSuite suite;

        Kind(CipherSuite suite) {
            this.suite = suite;
        }
    }

    private final List<Secret> given = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    private Secret key() {
        Secret s = Secret.of(new byte[] {7, 7, 7, 7});
        given.add(s);
        return s;
    }

    private HandshakeConfig config(Kind kind) {
        HandshakeConfig c = new HandshakeConfig(
                new Versions(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_2),
                CipherList.DEFAULT.withSuites12(List.of(kind.suite)),
                new GroupList(List.of(NamedGroup.X25519, NamedGroup.FFDHE2048)),
                new SignatureList(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256)));
        return c.with(c.legacy().withDhAuto(true));
    }

    private HandshakeConfig client(Kind kind) {
        return config(kind).with(PskSettings.NONE.withClient(hint -> PskSource.Answer.of(IDENTITY, key())));
    }

    private HandshakeConfig server(Kind kind, String hint) {
        byte[] h = hint == null ? null : hint.getBytes(StandardCharsets.UTF_8);
        return config(kind)
                .with(PskSettings.NONE
                        .withServer(identity -> PskSource.Answer.of(null, key()))
                        .withHint(h));
    }

    private ScriptedPair pair(Kind kind, String hint) {
        return new ScriptedPair(client(kind), server(kind, hint), CRYPTO, CarrierTraits.TLS);
    }

    /** Notes what goes by. */
    private List<HandshakeMessage> note(Role from, HandshakeMessage m) {
        seen.add(m.toString());
        return List.of(m);
    }

    /** Lets messages of this type from this side arrive changed. */
    private static ScriptedPair.Hand changing(Role side, HandshakeType type, UnaryOperator<HandshakeMessage> change) {
        return (from, m) -> List.of(from == side && m.is(type) ? change.apply(m) : m);
    }

    /** Puts a message of the server's before its ServerHelloDone. */
    private static ScriptedPair.Hand inserting(HandshakeMessage more) {
        return (from, m) -> m.is(HandshakeType.SERVER_HELLO_DONE) ? List.of(more, m) : List.of(m);
    }

    private static void assertFailed(ScriptedPair.Side side, AlertDescription alert, Reason reason) {
        assertNotNull(side.failure);
        assertEquals(reason, side.failure.reason(), side.failure::getMessage);
        assertEquals(List.of(alert), side.carrier.alerts(), side.failure::getMessage);
    }

    // ---- the walk --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void bothComeToTheSameKeysAndWipeTheSharedOne(Kind kind) {
        ScriptedPair p = pair(kind, null).run(this::note);
        assertNull(p.client.failure, () -> "" + p.client.failure);
        assertNull(p.server.failure, () -> "" + p.server.failure);
        assertTrue(p.client.negotiated.complete() && p.server.negotiated.complete());
        for (ScriptedCarrier.Installed i : p.client.carrier.installed()) {
            Direction other = i.direction() == Direction.READ ? Direction.WRITE : Direction.READ;
            assertTrue(p.server.carrier.installed().stream()
                    .anyMatch(j -> j.direction() == other && j.secret().equals(i.secret())));
        }
        assertEquals(2, given.size());
        given.forEach(s -> assertTrue(s.isDestroyed()));
        assertArrayEquals(IDENTITY, p.server.negotiated.pskIdentity());
        List<String> flight = new ArrayList<>(List.of("client_hello", "server_hello"));
        if (kind != Kind.PSK) {
            flight.add("server_key_exchange"); // RFC 4279 §3, RFC 5489 §2: there always is one
        }
        flight.addAll(List.of("server_hello_done", "client_key_exchange"));
        assertEquals(flight, seen.subList(0, flight.size()));
    }

    @ParameterizedTest
    @EnumSource
    void theHintGoesIntoAServerKeyExchange(Kind kind) {
        ScriptedPair p = pair(kind, "which?").run(this::note);
        assertTrue(p.client.negotiated.complete(), () -> "" + p.client.failure);
        assertEquals("server_key_exchange", seen.get(2));
        assertArrayEquals("which?".getBytes(StandardCharsets.US_ASCII), p.client.negotiated.pskIdentityHint());
        assertArrayEquals(p.client.negotiated.pskIdentityHint(), p.server.negotiated.pskIdentityHint());
    }

    @Test
    void anEmptyHintIsNone() {
        List<byte[]> hints = new ArrayList<>();
        HandshakeConfig c = config(Kind.PSK).with(PskSettings.NONE.withClient(hint -> {
            hints.add(hint);
            return PskSource.Answer.of(IDENTITY, key());
        }));
        ScriptedPair p = new ScriptedPair(c, server(Kind.PSK, "x"), CRYPTO, CarrierTraits.TLS);
        HandshakeMessage empty = ServerKeyExchange.ofHint(new byte[0]).toMessage(ProtocolVersion.TLS1_2);
        p.run(changing(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, m -> empty));
        assertEquals(1, hints.size());
        assertNull(hints.get(0));
        // The other side has said something else, so that the transcripts differ.
        assertFailed(p.server, AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED);
    }

    // ---- messages that must not come, or must ----------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aServerThatKnowsUsByAKeyMayNotAskForACertificate(Kind kind) {
        HandshakeMessage asks = new CertificateRequest12(
                        new byte[] {CertificateRequest12.ECDSA_SIGN},
                        new int[] {SignatureScheme.ECDSA_SECP256R1_SHA256.code()},
                        List.of())
                .toMessage();
        ScriptedPair p = pair(kind, null).run(inserting(asks));
        assertFailed(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void aServerShowsNoCertificate(Kind kind) {
        HandshakeMessage shows = new Certificate12(List.of(new byte[] {1})).toMessage();
        ScriptedPair p =
                pair(kind, null).run((from, m) -> m.is(HandshakeType.SERVER_HELLO) ? List.of(m, shows) : List.of(m));
        assertFailed(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(names = {"DHE_PSK", "ECDHE_PSK"})
    void withDiffieHellmanAServerKeyExchangeHasToCome(Kind kind) {
        ScriptedPair p =
                pair(kind, "x").run((from, m) -> m.is(HandshakeType.SERVER_KEY_EXCHANGE) ? List.of() : List.of(m));
        assertFailed(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void onlyOneServerKeyExchangeMayCome() {
        HandshakeMessage again = ServerKeyExchange.ofHint(new byte[] {1}).toMessage(ProtocolVersion.TLS1_2);
        ScriptedPair p = pair(Kind.PSK, "x").run(inserting(again));
        assertFailed(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureBehindTheServersHalfIsLeftOver(Kind kind) {
        ScriptedPair p = pair(kind, "x")
                .run(changing(
                        Role.SERVER,
                        HandshakeType.SERVER_KEY_EXCHANGE,
                        m -> HandshakeMessage.of(HandshakeType.SERVER_KEY_EXCHANGE, out -> {
                            out.bytes(java.util.Arrays.copyOfRange(m.raw(), 4, m.raw().length));
                            out.u16(SignatureScheme.ECDSA_SECP256R1_SHA256.code())
                                    .opaque16(new byte[70]);
                        })));
        assertFailed(p.client, AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH);
    }

    // ---- lengths ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aHintOfMoreThan256BytesIsRefused(Kind kind) throws Exception {
        ScriptedPair p = pair(kind, "x")
                .run(changing(
                        Role.SERVER,
                        HandshakeType.SERVER_KEY_EXCHANGE,
                        m -> HandshakeMessage.of(HandshakeType.SERVER_KEY_EXCHANGE, out -> {
                            out.opaque16(new byte[PskSettings.MAX_IDENTITY + 1]);
                            out.bytes(java.util.Arrays.copyOfRange(m.raw(), 4 + 3, m.raw().length));
                        })));
        assertFailed(p.client, AlertDescription.HANDSHAKE_FAILURE, Reason.DATA_LENGTH_TOO_LONG);
        assertTrue(given.isEmpty(), "nobody is asked for a key");
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityOfMoreThan256BytesIsRefused(Kind kind) {
        ScriptedPair p = pair(kind, null)
                .run(changing(Role.CLIENT, HandshakeType.CLIENT_KEY_EXCHANGE, m -> withIdentity(kind, m, 257)));
        assertFailed(p.server, AlertDescription.DECODE_ERROR, Reason.DATA_LENGTH_TOO_LONG);
        assertNull(p.server.negotiated.pskIdentity());
        assertEquals(1, given.size(), "the client's alone");
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityOf256BytesAndAnEmptyOneAreAskedFor(Kind kind) {
        for (int length : new int[] {0, 256}) {
            List<Integer> asked = new ArrayList<>();
            HandshakeConfig s = config(kind).with(PskSettings.NONE.withServer(identity -> {
                asked.add(identity.length);
                return PskSource.Answer.NONE;
            }));
            ScriptedPair p = new ScriptedPair(client(kind), s, CRYPTO, CarrierTraits.TLS)
                    .run(changing(Role.CLIENT, HandshakeType.CLIENT_KEY_EXCHANGE, m -> withIdentity(kind, m, length)));
            assertEquals(List.of(length), asked);
            assertFailed(p.server, AlertDescription.UNKNOWN_PSK_IDENTITY, Reason.PSK_IDENTITY_NOT_FOUND);
        }
    }

    private static HandshakeMessage withIdentity(Kind kind, HandshakeMessage m, int length) {
        KeyExchangeAlgorithm kx = kind.suite.keyExchange();
        try {
            byte[] share = m.parse(ClientKeyExchange.codec(kx)).exchange();
            return new ClientKeyExchange(kx, new byte[length], share).toMessage();
        } catch (org.libssl4j.fault.TlsException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void halvesThatEndEarlyAreDecodeErrors(Kind kind) {
        ScriptedPair s = pair(kind, "x").run(changing(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, Psk12Test::cut));
        assertFailed(s.client, AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH);
        ScriptedPair c = pair(kind, "x").run(changing(Role.CLIENT, HandshakeType.CLIENT_KEY_EXCHANGE, Psk12Test::cut));
        assertFailed(c.server, AlertDescription.DECODE_ERROR, Reason.LENGTH_MISMATCH);
    }

    private static HandshakeMessage cut(HandshakeMessage m) {
        byte[] raw = m.raw();
        return HandshakeMessage.of(
                HandshakeType.of(m.type()), out -> out.bytes(java.util.Arrays.copyOfRange(raw, 4, raw.length - 1)));
    }

    // ---- the Diffie-Hellman half ------------------------------------------------------------------------------------

    @Test
    void aCurveThatWasNotOfferedIsRefused() {
        HandshakeMessage other = ServerKeyExchange.ofGroup(new byte[0], NamedGroup.SECP384R1.code(), new byte[97])
                .toMessage(ProtocolVersion.TLS1_2);
        ScriptedPair p =
                pair(Kind.ECDHE_PSK, null).run(changing(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, m -> other));
        assertFailed(p.client, AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_CURVE);
    }

    @Test
    void aSmallFieldIsRefused() {
        byte[] p512 = new byte[64];
        p512[0] = (byte) 0x80;
        p512[63] = 1;
        HandshakeMessage small = ServerKeyExchange.ofField(new byte[0], p512, new byte[] {2}, new byte[] {5})
                .toMessage(ProtocolVersion.TLS1_2);
        ScriptedPair p =
                pair(Kind.DHE_PSK, null).run(changing(Role.SERVER, HandshakeType.SERVER_KEY_EXCHANGE, m -> small));
        assertFailed(p.client, AlertDescription.HANDSHAKE_FAILURE, Reason.DH_KEY_TOO_SMALL);
    }

    @Test
    void aHalfOfTheClientsThatIsNoShareIsRefusedAndTheKeyIsWiped() {
        for (Kind kind : List.of(Kind.DHE_PSK, Kind.ECDHE_PSK)) {
            HandshakeMessage bad =
                    new ClientKeyExchange(kind.suite.keyExchange(), IDENTITY, new byte[] {1}).toMessage();
            ScriptedPair p = pair(kind, null).run(changing(Role.CLIENT, HandshakeType.CLIENT_KEY_EXCHANGE, m -> bad));
            assertEquals(List.of(AlertDescription.ILLEGAL_PARAMETER), p.server.carrier.alerts());
            p.server.secrets.close(); // as the connection does
            assertTrue(given.get(given.size() - 1).isDestroyed());
        }
    }
}
