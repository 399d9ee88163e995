// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.flow13.HelloRetry13Test.assertConnected;
import static org.libssl4j.flow13.HelloRetry13Test.assertFailed;
import static org.libssl4j.flow13.HelloRetry13Test.groups;
import static org.libssl4j.flow13.HelloRetry13Test.hello;
import static org.libssl4j.flow13.HelloRetry13Test.pair;
import static org.libssl4j.flow13.HelloRetry13Test.parsed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** A server that keeps nothing between its HelloRetryRequest and the second ClientHello (RFC 9846 §4.3.2 [8446 4.2.2]). */
class StatelessCookie13Test {
    private static final Instant NOW = Instant.parse("2027-01-15T12:00:00Z");
    private static final byte[] APPLICATION = "192.0.2.7".getBytes();

    static StatelessCookies cookies(int key) {
        byte[] k = new byte[32];
        Arrays.fill(k, (byte) key);
        return new StatelessCookies(Secret.of(k), new StatelessCookies.Application() {
            @Override
            public byte[] generate() {
                return APPLICATION;
            }

            @Override
            public boolean verify(byte[] cookie) {
                return Arrays.equals(APPLICATION, cookie);
            }
        });
    }

    private static HandshakeConfig stateless(String groups) {
        return Configs.server().with(groups(groups)).with(cookies(1)).with(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({"X25519, false", "P-256, true"})
    void aCookieIsWantedWithAShareOrWithout(String group, boolean share) {
        List<ServerHello> requests = new ArrayList<>();
        ScriptedPair p = pair(Configs.client(), stateless(group)).run((from, m) -> {
            if (from == Role.SERVER && requests.isEmpty()) {
                requests.add(hello(m));
            }
            return List.of(m);
        });
        assertConnected(p);
        assertTrue(p.server.negotiated.cookieAccepted());
        assertTrue(requests.get(0).isHelloRetryRequest());
        assertTrue(requests.get(0).extensions().has(ExtensionType.COOKIE));
        assertEquals(share, requests.get(0).extensions().has(ExtensionType.KEY_SHARE));
    }

    /** A client that a stateless server has answered, and its second ClientHello. */
    private record Asked(ScriptedPair pair, HandshakeMessage first, HandshakeMessage second) {
        static Asked by(HandshakeConfig server) {
            return of(Configs.client(), server);
        }

        static Asked of(HandshakeConfig client, HandshakeConfig server) {
            ScriptedPair p = HelloRetry13Test.pair(client, server);
            p.client.advance();
            HandshakeMessage first = p.client.carrier.takeSent().get(0);
            p.server.carrier.receive(first);
            p.server.advance();
            p.client.carrier.receive(p.server.carrier.takeSent().get(0));
            p.client.advance();
            assertNull(p.client.failure, () -> "client: " + p.client.failure);
            List<HandshakeMessage> answer = p.client.carrier.takeSent();
            return new Asked(p, first, answer.get(answer.size() - 1));
        }

        /** Another server takes the second ClientHello, and the handshake to its end. */
        ScriptedPair.Side goesOnWith(HandshakeConfig server) {
            ScriptedPair other = HelloRetry13Test.pair(Configs.client(), server);
            other.server.carrier.receive(second);
            other.server.advance();
            boolean moved = true;
            while (moved && other.server.failure == null && pair.client.failure == null) {
                moved = pass(other.server, pair.client) | pass(pair.client, other.server);
            }
            assertNull(pair.client.failure, () -> "client: " + pair.client.failure);
            return other.server;
        }

        private static boolean pass(ScriptedPair.Side from, ScriptedPair.Side to) {
            List<HandshakeMessage> sent = from.carrier.takeSent();
            sent.stream().filter(m -> m != HandshakeMessage.CHANGE_CIPHER_SPEC).forEach(to.carrier::receive);
            if (!sent.isEmpty()) {
                to.advance();
            }
            return !sent.isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"X25519", "P-256"})
    void anotherServerOfTheSameKeyGoesOnFromTheCookie(String group) {
        Asked asked = Asked.by(stateless(group));
        ScriptedPair.Side server = asked.goesOnWith(stateless(group));
        assertNull(server.failure, () -> "server: " + server.failure);
        assertTrue(server.negotiated.complete());
        assertTrue(asked.pair.client.negotiated.complete());
        assertTrue(server.negotiated.cookieAccepted());
        assertTrue(server.negotiated.retried());
        assertEquals(asked.pair.client.negotiated.suite(), server.negotiated.suite());
        assertEquals(asked.pair.client.negotiated.group(), server.negotiated.group());
        assertEquals(
                asked.pair.client.carrier.installed().get(0).secret(),
                server.carrier.installed().stream()
                        .filter(i -> i.direction() == Direction.WRITE)
                        .findFirst()
                        .orElseThrow()
                        .secret());
    }

    @Test
    void theSuiteAndGroupAreTheCookiesWhateverTheOtherServerPrefers() {
        Asked asked = Asked.by(stateless("P-256"));
        ScriptedPair.Side server = asked.goesOnWith(stateless("X25519/P-256"));
        assertNull(server.failure, () -> "server: " + server.failure);
        assertEquals(NamedGroup.SECP256R1, server.negotiated.group());
    }

    @Test
    void aStaleCookieIsAsGoodAsNone() {
        Asked asked = Asked.by(stateless("X25519"));
        HandshakeConfig later =
                stateless("X25519").with(Clock.fixed(NOW.plus(Duration.ofSeconds(601)), ZoneOffset.UTC));
        ScriptedPair other = pair(Configs.client(), later);
        other.server.carrier.receive(asked.second);
        other.server.advance();
        assertNull(other.server.failure);
        assertTrue(hello(other.server.carrier.takeSent().get(0)).isHelloRetryRequest());
        assertFalse(other.server.negotiated.cookieAccepted());
    }

    @Test
    void aCookieUnderAnotherKeyIsRefused() {
        assertRefused(
                Asked.by(stateless("X25519")).second, stateless("X25519").with(cookies(2)), Reason.COOKIE_MISMATCH);
    }

    @Test
    void aCookieThatTheApplicationDoesNotKnowIsRefused() {
        StatelessCookies.Application no = new StatelessCookies.Application() {
            @Override
            public byte[] generate() {
                return APPLICATION;
            }

            @Override
            public boolean verify(byte[] cookie) {
                assertArrayEquals(APPLICATION, cookie);
                return false;
            }
        };
        HandshakeConfig strict =
                stateless("X25519").with(new StatelessCookies(cookies(1).key(), no));
        assertRefused(Asked.by(stateless("X25519")).second, strict, Reason.COOKIE_MISMATCH);
    }

    @Test
    void whatHasToStayStaysAlsoWhereTheFirstClientHelloWasNotKept() throws Exception {
        ClientHello second = Asked.by(stateless("X25519")).second.parse(ClientHello::read);
        ClientHello changed = Tampering.ext(second, Tampering.plus(second.extensions(), new Alpn(List.of("h2"))));
        assertRefused(changed.toMessage(), stateless("X25519"), Reason.BAD_PACKET);
    }

    @Test
    void aShareOfTheGroupHasToBeThereAlsoWhereTheCookieAskedForNone() throws Exception {
        ClientHello second = Asked.by(stateless("X25519")).second.parse(ClientHello::read);
        ClientHello changed = Tampering.ext(
                second,
                Tampering.replace(
                        second.extensions(),
                        ExtensionType.KEY_SHARE,
                        new KeyShare.Offer(List.of(new KeyShare.Entry(0x0017, APPLICATION)))));
        assertRefused(changed.toMessage(), stateless("X25519"), Reason.BAD_KEY_SHARE);
    }

    @Test
    void anOlderVersionIsNotSpokenWithACookieOrWithout() throws Exception {
        ScriptedPair.Side client = pair(Configs.client(), stateless("X25519")).client;
        client.advance();
        HandshakeMessage first = client.carrier.takeSent().get(0);
        for (HandshakeMessage m : List.of(first, Asked.by(stateless("X25519")).second)) {
            ClientHello h = parsed(m);
            for (SupportedVersions.Offer offer :
                    Arrays.asList(null, new SupportedVersions.Offer(new int[] {ProtocolVersion.TLS1_2.code()}))) {
                ScriptedPair p = pair(Configs.client(), stateless("X25519").with(Versions.DEFAULT));
                p.server.carrier.receive(
                        Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.SUPPORTED_VERSIONS, offer))
                                .toMessage());
                p.server.advance();
                assertFailed(p.server, AlertDescription.PROTOCOL_VERSION, Reason.UNSUPPORTED_PROTOCOL);
                assertEquals(List.of(), p.server.carrier.takeSent());
            }
        }
    }

    private static void assertRefused(HandshakeMessage hello, HandshakeConfig server, Reason reason) {
        ScriptedPair p = pair(Configs.client(), server);
        p.server.carrier.receive(hello);
        p.server.advance();
        assertNotNull(p.server.failure, "nothing was refused");
        assertEquals(
                AlertDescription.ILLEGAL_PARAMETER + " " + reason,
                p.server.failure.alert() + " " + p.server.failure.reason());
        assertEquals(List.of(AlertDescription.ILLEGAL_PARAMETER), p.server.carrier.alerts());
    }

    @Test
    void aServerThatWantsNoCookieDoesNotLookAtOneInAFirstClientHello() {
        Asked asked = Asked.by(stateless("X25519"));
        ScriptedPair other = pair(Configs.client(), Configs.server());
        other.server.carrier.receive(asked.second);
        other.server.advance();
        assertNull(other.server.failure);
        assertFalse(hello(other.server.carrier.takeSent().get(0)).isHelloRetryRequest());
    }

    @Test
    void anApplicationThatMakesNoCookieOrTooLongAOneEndsTheHandshake() {
        for (byte[] made : Arrays.asList(null, new byte[StatelessCookies.MOST_BYTES + 1])) {
            StatelessCookies.Application bad = new StatelessCookies.Application() {
                @Override
                public byte[] generate() {
                    return made;
                }

                @Override
                public boolean verify(byte[] cookie) {
                    return true;
                }
            };
            ScriptedPair p = pair(
                            Configs.client(),
                            stateless("X25519")
                                    .with(new StatelessCookies(cookies(1).key(), bad)))
                    .run();
            assertEquals(Reason.COOKIE_GEN_CALLBACK_FAILURE, p.server.failure.reason());
            assertEquals(List.of(AlertDescription.INTERNAL_ERROR), p.server.carrier.alerts());
        }
    }

    @Test
    void theLongestCookieIsCarried() {
        StatelessCookies.Application longest = new StatelessCookies.Application() {
            @Override
            public byte[] generate() {
                return new byte[StatelessCookies.MOST_BYTES];
            }

            @Override
            public boolean verify(byte[] cookie) {
                return cookie.length == StatelessCookies.MOST_BYTES;
            }
        };
        HandshakeConfig server =
                stateless("P-256").with(new StatelessCookies(cookies(1).key(), longest));
        assertTrue(Asked.by(server).goesOnWith(server).negotiated.complete());
    }

    @Test
    void earlyDataAndChangeCipherSpecBeforeTheFirstClientHelloAreExpectedByAStatelessServerAlone() {
        ScriptedPair listening = pair(Configs.client(), stateless("X25519"));
        listening.server.advance();
        assertTrue(listening.server.carrier.skipsEarlyData());
        ScriptedPair usual = pair(Configs.client(), Configs.server());
        usual.server.advance();
        assertFalse(usual.server.carrier.skipsEarlyData());
    }

    @Test
    void aCookieThatDoesNotComeBackEndsTheHandshake() {
        int[] seen = {0};
        ScriptedPair p = pair(Configs.client(), stateless("X25519"))
                .run((from, m) -> from == Role.CLIENT && seen[0]++ == 1
                        ? List.of(Tampering.ext(
                                        parsed(m),
                                        Tampering.replace(parsed(m).extensions(), ExtensionType.COOKIE, null))
                                .toMessage())
                        : List.of(m));
        assertFailed(p.server, AlertDescription.ILLEGAL_PARAMETER, Reason.COOKIE_MISMATCH);
    }
}
