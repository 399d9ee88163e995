// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What binds a renegotiation to the handshake before it, and what of its messages is refused (RFC 5746, RFC 7627 §5.4). */
class Renegotiation12Test {
    private static final int SCSV = 0x00ff;

    private static HandshakeConfig willing(HandshakeConfig c) {
        return c.with(c.legacy().withRenegotiation(true).withClientRenegotiation(true));
    }

    private static ScriptedPair pair(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs12.CRYPTO, CarrierTraits.TLS);
    }

    private static ScriptedPair connected() {
        ScriptedPair p =
                pair(willing(Configs12.client()), willing(Configs12.server())).run();
        assertTrue(p.client.negotiated.complete() && p.server.negotiated.complete());
        return p;
    }

    private static void wish(ScriptedPair.Side side) {
        side.handshake.wish(Wish.RENEGOTIATION);
        side.advance();
    }

    private static void complete(ScriptedPair p, int renewals) {
        for (ScriptedPair.Side s : List.of(p.client, p.server)) {
            assertNull(s.failure, () -> "" + s.failure);
            assertEquals(renewals, s.handshake.renewals());
            assertFalse(s.handshake.renewing());
            assertEquals(StateName.OK, s.handshake.stateName());
        }
        assertArrayEquals(
                p.client.handshake.established().ownFinished(),
                p.server.handshake.established().peerFinished());
    }

    private interface OfClientHello {
        ClientHello of(ClientHello h);
    }

    private interface OfServerHello {
        ServerHello of(ServerHello h);
    }

    /** Renegotiates, with the ClientHello changed on its way. */
    private static void serverRefuses(OfClientHello change, AlertDescription alert, Reason reason) {
        ScriptedPair p = connected();
        wish(p.client);
        p.run((from, m) -> List.of(
                m.is(HandshakeType.CLIENT_HELLO)
                        ? change.of(parsed(m, ClientHello::read)).toMessage()
                        : m));
        Tampering.assertRefused(p.server, alert, reason);
    }

    private static void clientRefuses(OfServerHello change, AlertDescription alert, Reason reason) {
        ScriptedPair p = connected();
        wish(p.client);
        p.run((from, m) -> List.of(
                m.is(HandshakeType.SERVER_HELLO)
                        ? change.of(parsed(m, ServerHello::read)).toMessage()
                        : m));
        Tampering.assertRefused(p.client, alert, reason);
    }

    private static <T> T parsed(HandshakeMessage m, HandshakeMessage.Codec<T> codec) {
        try {
            return m.parse(codec);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static ExtensionBlock info(ExtensionBlock block, byte[] content) {
        return Tampering.replace(
                block, ExtensionType.RENEGOTIATION_INFO, content == null ? null : new RenegotiationInfo(content));
    }

    private static byte[] content(ExtensionBlock block) {
        try {
            return block.get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read)
                    .renegotiatedConnection();
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    /** Ways in which renegotiation_info can be wrong. */
    enum Wrong {
        MISSING,
        EMPTY,
        FIRST_BIT,
        LAST_BIT,
        TOO_SHORT,
        TOO_LONG;

        byte[] of(byte[] right) {
            byte[] b = right.clone();
            switch (this) {
                case MISSING -> b = null;
                case EMPTY -> b = new byte[0];
                case FIRST_BIT -> b[0] ^= (byte) 0x80;
                case LAST_BIT -> b[b.length - 1] ^= 1;
                case TOO_SHORT -> b = Arrays.copyOf(b, b.length - 1);
                default -> b = Arrays.copyOf(b, b.length + 1);
            }
            return b;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerRefusesWhatIsNotBoundToTheHandshakeBefore(Wrong wrong) {
        serverRefuses(
                h -> Tampering.ext(h, info(h.extensions(), wrong.of(content(h.extensions())))),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.RENEGOTIATION_MISMATCH);
    }

    @ParameterizedTest
    @EnumSource
    void aClientRefusesWhatIsNotBoundToTheHandshakeBefore(Wrong wrong) {
        clientRefuses(
                h -> Tampering.ext(h, info(h.extensions(), wrong.of(content(h.extensions())))),
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.RENEGOTIATION_MISMATCH);
    }

    @Test
    void aServerRefusesTheSignalOfAFirstHandshake() {
        serverRefuses(
                h -> {
                    int[] suites = Arrays.copyOf(h.cipherSuites(), h.cipherSuites().length + 1);
                    suites[suites.length - 1] = SCSV;
                    return new ClientHello(
                            h.legacyVersion(),
                            h.random(),
                            h.sessionId(),
                            suites,
                            h.compressionMethods(),
                            h.extensions());
                },
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.SCSV_RECEIVED_WHEN_RENEGOTIATING);
    }

    @Test
    void theExtensionHasBothFinishedOfTheHandshakeBefore() {
        ScriptedPair p = connected();
        for (int round = 1; round <= 3; round++) {
            byte[] client = p.client.handshake.established().ownFinished();
            byte[] server = p.client.handshake.established().peerFinished();
            List<byte[]> seen = new ArrayList<>();
            wish(p.client);
            p.run((from, m) -> {
                if (m.is(HandshakeType.CLIENT_HELLO)) {
                    ClientHello h = parsed(m, ClientHello::read);
                    assertFalse(Arrays.stream(h.cipherSuites()).anyMatch(s -> s == SCSV));
                    assertFalse(h.extensions().has(ExtensionType.SUPPORTED_VERSIONS), "TLS 1.3 is not offered");
                    seen.add(content(h.extensions()));
                } else if (m.is(HandshakeType.SERVER_HELLO)) {
                    seen.add(content(parsed(m, ServerHello::read).extensions()));
                }
                return List.of(m);
            });
            complete(p, round);
            byte[] both = Arrays.copyOf(client, client.length + server.length);
            System.arraycopy(server, 0, both, client.length, server.length);
            assertEquals(2, seen.size());
            assertArrayEquals(client, seen.get(0));
            assertArrayEquals(both, seen.get(1));
        }
    }

    // ---- the version -----------------------------------------------------------------------------------------------

    @Test
    void aServerThatChangesTheVersionIsRefused() {
        clientRefuses(
                h -> new ServerHello(
                        ProtocolVersion.TLS1_1.code(),
                        h.random(),
                        h.sessionId(),
                        h.cipherSuite(),
                        h.compressionMethod(),
                        h.extensions()),
                AlertDescription.PROTOCOL_VERSION,
                Reason.WRONG_SSL_VERSION);
    }

    @Test
    void aClientThatHasTheVersionNoMoreIsRefused() {
        serverRefuses(
                h -> new ClientHello(
                        ProtocolVersion.TLS1_1.code(),
                        h.random(),
                        h.sessionId(),
                        h.cipherSuites(),
                        h.compressionMethods(),
                        h.extensions()),
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL);
    }

    @Test
    void aServerWithTls13DoesNotMarkADowngradeInARenegotiation() {
        HandshakeConfig server = willing(Configs12.server()).with(Versions.DEFAULT);
        ScriptedPair p = pair(willing(Configs12.client()), server).run();
        wish(p.client);
        List<Long> ends = new ArrayList<>();
        p.run((from, m) -> {
            if (m.is(HandshakeType.SERVER_HELLO)) {
                byte[] random = parsed(m, ServerHello::read).random();
                ends.add(java.nio.ByteBuffer.wrap(random).getLong(24) >>> 8);
            }
            return List.of(m);
        });
        complete(p, 1);
        assertEquals(1, ends.size());
        assertNotEquals(0x444F574E475244L, ends.get(0));
    }

    // ---- whether at all --------------------------------------------------------------------------------------------

    @Test
    void aPeerWithoutRenegotiationInfoIsNeverRenegotiatedWith() {
        HandshakeConfig client = willing(Configs12.client());
        ScriptedPair p = pair(client.with(client.legacy().withLegacyServerConnect(true)), willing(Configs12.server()));
        for (ScriptedPair.Side s : List.of(p.client, p.server)) {
            p.run();
            s.handshake.established().secureRenegotiation(false); // as after such a hello
            wish(s);
            assertEquals(List.of(), s.carrier.takeSent());
            assertEquals(Wish.NOTHING, s.handshake.wish());
        }
        p.client.carrier.receive(new HelloRequest().toMessage());
        p.client.advance();
        assertEquals(List.of(AlertDescription.NO_RENEGOTIATION), p.client.carrier.alerts());
        assertNull(p.client.failure);
        complete(p, 0);
    }

    @Test
    void aFloodOfRequestsThatAreRefusedEndsWithAFatalAlert() {
        ScriptedPair p = pair(Configs12.client(), Configs12.server()).run();
        for (int i = 0; i < 6; i++) {
            assertNull(p.client.failure);
            p.client.carrier.receive(new HelloRequest().toMessage());
            p.client.advance();
        }
        assertEquals(Reason.NO_RENEGOTIATION, p.client.failure.reason());
        List<AlertDescription> alerts = p.client.carrier.alerts();
        assertEquals(6, alerts.size());
        assertEquals(AlertDescription.UNEXPECTED_MESSAGE, alerts.get(5));
    }

    @Test
    void renegotiationsThatThePeerBeginsAreTenInAMinute() {
        Clock[] clock = {Clock.fixed(Instant.parse("2026-05-05T10:00:00Z"), ZoneOffset.UTC)};
        Clock moving = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return clock[0].instant();
            }
        };
        HandshakeConfig server = willing(Configs12.server()).with(moving);
        ScriptedPair p = pair(willing(Configs12.client()), server).run();
        for (int i = 1; i <= 10; i++) {
            wish(p.client);
            p.run();
            complete(p, i);
        }
        clock[0] = Clock.offset(clock[0], java.time.Duration.ofSeconds(60));
        wish(p.client);
        p.run();
        complete(p, 11);
        clock[0] = Clock.offset(clock[0], java.time.Duration.ofSeconds(-1));
        wish(p.client);
        p.run();
        assertEquals(List.of(AlertDescription.NO_RENEGOTIATION), p.server.carrier.alerts());
        assertNull(p.server.failure);
        assertEquals(11, p.server.handshake.renewals());
    }

    // ---- HelloRequest in the middle of a handshake -----------------------------------------------------------------

    @Test
    void aClientPassesHelloRequestsOverInTheMiddleOfAHandshake() {
        ScriptedPair p = pair(willing(Configs12.client()), willing(Configs12.server()));
        int[] sent = {0};
        p.run((from, m) -> {
            if (from == Role.SERVER && !m.is(HandshakeType.SERVER_HELLO) && sent[0] < 5) {
                sent[0]++;
                return List.of(new HelloRequest().toMessage(), m);
            }
            return List.of(m);
        });
        assertEquals(5, sent[0]);
        complete(p, 0);
    }

    @Test
    void aFloodOfThemIsRefused() {
        ScriptedPair p = pair(Configs12.client(), Configs12.server());
        List<HandshakeMessage> flood = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            flood.add(new HelloRequest().toMessage());
        }
        p.run((from, m) -> m.is(HandshakeType.SERVER_HELLO_DONE) ? flood : List.of(m));
        Tampering.assertRefused(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    // ---- secrets ---------------------------------------------------------------------------------------------------

    @Test
    void theMasterSecretOfTheHandshakeBeforeIsWipedWhenTheNewOneIsComplete() {
        ScriptedPair p = connected();
        List<Object> before = org.libssl4j.Reachable.openSecrets(p.client.secrets);
        assertEquals(1, before.size(), "the master secret, from which is exported");
        wish(p.client);
        assertFalse(((Secret) before.get(0)).isDestroyed(), "it is still that of the connection");
        p.run();
        complete(p, 1);
        assertTrue(((Secret) before.get(0)).isDestroyed());
        assertEquals(1, org.libssl4j.Reachable.openSecrets(p.client.secrets).size());
    }
}
