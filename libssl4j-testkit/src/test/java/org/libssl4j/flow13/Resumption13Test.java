// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Resumption over a carrier without records: what is resumed, and what leads to a full handshake. */
class Resumption13Test {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Clock CLOCK = at(NOW);

    private final KeptTickets tickets = new KeptTickets();

    private static Clock at(Instant when) {
        return Clock.fixed(when, ZoneOffset.UTC);
    }

    private static HandshakeConfig client() {
        return Configs.client().with(CLOCK);
    }

    private static HandshakeConfig offering(HandshakeConfig client, List<SessionState> sessions) {
        return client.with(client.sessions().withOffered(sessions));
    }

    private HandshakeConfig server() {
        HandshakeConfig s = Configs.server().with(CLOCK);
        return s.with(s.sessions().withSealer(tickets));
    }

    private static ScriptedPair run(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS).run();
    }

    /** A full handshake, and the tickets that came of it. */
    private static List<SessionState> sessions(HandshakeConfig client, HandshakeConfig server) {
        ScriptedPair p = run(client, server);
        assertConnected(p);
        p.server.dataGoes();
        p.run();
        return p.client.tickets;
    }

    private static void assertConnected(ScriptedPair p) {
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete());
        assertTrue(p.server.negotiated.complete());
        assertEquals(p.client.negotiated.resumed(), p.server.negotiated.resumed());
    }

    private static void assertResumed(boolean expected, ScriptedPair p) {
        assertConnected(p);
        assertEquals(expected, p.client.negotiated.resumed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
    void aTicketResumesWithoutCertificates(String suite) {
        HandshakeConfig client = client().with(suites(suite));
        List<SessionState> s = sessions(client, server());
        List<HandshakeMessage> seen = new ArrayList<>();
        ScriptedPair p = new ScriptedPair(offering(client, s), server(), Configs.CRYPTO, CarrierTraits.TLS)
                .run((from, m) -> {
                    seen.add(m);
                    return List.of(m);
                });
        assertResumed(true, p);
        assertEquals(
                List.of("client_hello", "server_hello", "encrypted_extensions", "finished", "finished"),
                seen.stream().map(HandshakeMessage::toString).toList());
        assertEquals(NamedGroup.X25519, p.client.negotiated.group());
        assertArrayEquals(Configs.LEAF, p.client.negotiated.peerChain().get(0).der());
        assertEquals(
                p.client.carrier.installed().get(2).secret(),
                p.server.carrier.installed().get(2).secret());
    }

    private static CipherList suites(String tls13) {
        return CipherList.DEFAULT.withSuites13(List.of(CipherSuite.valueOf(tls13)));
    }

    private static GroupList groups(NamedGroup... g) {
        return new GroupList(List.of(g));
    }

    // ---- with a HelloRetryRequest ----------------------------------------------------------------------------------

    @Test
    void aRetryKeepsTheKeyAndMakesItsBinderAnew() {
        List<SessionState> s = sessions(client(), server());
        List<ClientHello> hellos = new ArrayList<>();
        ScriptedPair p = new ScriptedPair(
                        offering(client(), s),
                        server().with(groups(NamedGroup.SECP256R1)),
                        Configs.CRYPTO,
                        CarrierTraits.TLS)
                .run((from, m) -> {
                    if (m.is(HandshakeType.CLIENT_HELLO)) {
                        hellos.add(hello(m));
                    }
                    return List.of(m);
                });
        assertResumed(true, p);
        assertTrue(p.client.negotiated.retried());
        PreSharedKey.Offer first = psks(hellos.get(0));
        PreSharedKey.Offer second = psks(hellos.get(1));
        assertArrayEquals(
                first.identities().get(0).identity(), second.identities().get(0).identity());
        assertNotEquals(hex(first.binders().get(0)), hex(second.binders().get(0)));
    }

    @Test
    void aRetryLeavesOutKeysThatTheSuiteHasNoUseFor() {
        SessionState sha384 = sessions(client().with(suites("TLS_AES_256_GCM_SHA384")), server())
                .get(0);
        SessionState sha256 = sessions(client().with(suites("TLS_AES_128_GCM_SHA256")), server())
                .get(0);
        tickets.refused = sha384.ticket();
        List<ClientHello> hellos = new ArrayList<>();
        ScriptedPair p = new ScriptedPair(
                        offering(client(), List.of(sha384, sha256)),
                        server().with(groups(NamedGroup.SECP256R1)),
                        Configs.CRYPTO,
                        CarrierTraits.TLS)
                .run((from, m) -> {
                    if (m.is(HandshakeType.CLIENT_HELLO)) {
                        hellos.add(hello(m));
                    }
                    return List.of(m);
                });
        assertResumed(true, p);
        assertEquals(2, psks(hellos.get(0)).identities().size());
        assertEquals(1, psks(hellos.get(1)).identities().size());
        assertArrayEquals(
                sha256.ticket(), psks(hellos.get(1)).identities().get(0).identity());
    }

    @Test
    void theSuiteFollowsTheKeysHash() {
        SessionState sha256 = sessions(client().with(suites("TLS_AES_128_GCM_SHA256")), server())
                .get(0);
        HandshakeConfig prefers384 = server().with(CipherList.DEFAULT
                .withSuites13(List.of(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256))
                .withServerPreference(true));
        ScriptedPair p = run(offering(client(), List.of(sha256)), prefers384);
        assertResumed(true, p);
        assertEquals(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, p.server.negotiated.suite());
    }

    @Test
    void aKeyWithoutASuiteForItsHashIsNoUse() {
        SessionState sha256 = sessions(client().with(suites("TLS_AES_128_GCM_SHA256")), server())
                .get(0);
        HandshakeConfig sha384 = server().with(suites("TLS_AES_256_GCM_SHA384"));
        assertResumed(false, run(offering(client(), List.of(sha256)), sha384));
    }

    @Test
    void aStatelessServerResumesByTheHelloThatBringsItsCookie() {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig stateless = server().with(StatelessCookie13Test.cookies(1));
        ScriptedPair first = new ScriptedPair(offering(client(), s), stateless, Configs.CRYPTO, CarrierTraits.TLS);
        ScriptedPair second = new ScriptedPair(client(), stateless, Configs.CRYPTO, CarrierTraits.TLS);
        first.client.advance();
        first.client.carrier.takeSent().forEach(first.server.carrier::receive);
        first.server.advance();
        first.client.carrier.receive(first.server.carrier.takeSent().get(0));
        first.client.advance();
        boolean moved = true;
        while (moved) {
            moved = pass(first.client, second.server) | pass(second.server, first.client);
        }
        assertNull(second.server.failure);
        assertNull(first.client.failure);
        assertTrue(second.server.negotiated.complete());
        assertTrue(second.server.negotiated.resumed());
        assertTrue(first.client.negotiated.resumed());
    }

    private static boolean pass(ScriptedPair.Side from, ScriptedPair.Side to) {
        List<HandshakeMessage> sent = from.carrier.takeSent();
        sent.stream().filter(m -> m != HandshakeMessage.CHANGE_CIPHER_SPEC).forEach(to.carrier::receive);
        if (!sent.isEmpty()) {
            to.advance();
        }
        return !sent.isEmpty();
    }

    // ---- modes -----------------------------------------------------------------------------------------------------

    private static HandshakeConfig withoutExchange(HandshakeConfig c) {
        return c.with(c.sessions().withAllowNoDhe(true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereNoGroupIsSharedTheKeyCountsAloneIfBothWantThat(boolean cookie) {
        HandshakeConfig client = withoutExchange(client());
        HandshakeConfig server = withoutExchange(server());
        List<SessionState> s = sessions(client, server);
        HandshakeConfig other = server.with(groups(NamedGroup.SECP521R1));
        ScriptedPair p = run(offering(client, s), cookie ? other.with(StatelessCookie13Test.cookies(1)) : other);
        assertResumed(true, p);
        assertNull(p.client.negotiated.group());
        assertEquals(cookie, p.client.negotiated.retried());
        assertEquals(
                p.client.carrier.installed().get(2).secret(),
                p.server.carrier.installed().get(2).secret());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereOneSideDoesNotWantThatTheHandshakeFails(boolean clientWants) {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig client = clientWants ? withoutExchange(client()) : client();
        HandshakeConfig server = clientWants ? server() : withoutExchange(server());
        ScriptedPair p = run(offering(client, s), server.with(groups(NamedGroup.SECP521R1)));
        assertEquals(Reason.NO_SUITABLE_KEY_SHARE, p.server.failure.reason());
    }

    @Test
    void whereAGroupIsSharedThereIsAnExchange() {
        HandshakeConfig client = withoutExchange(client());
        HandshakeConfig server = withoutExchange(server());
        ScriptedPair p = run(offering(client, sessions(client, server)), server);
        assertResumed(true, p);
        assertEquals(NamedGroup.X25519, p.server.negotiated.group());
    }

    // ---- where sessions are kept -----------------------------------------------------------------------------------

    @Test
    void withoutTicketsAnIdTellsWhichSessionItIs() {
        HandshakeConfig server = Configs.server().with(CLOCK);
        server = server.with(server.sessions().withStore(tickets));
        List<SessionState> s = sessions(client(), server);
        assertEquals(SessionSettings.MAX_ID, s.get(0).ticket().length);
        assertEquals(2, tickets.created.size());
        assertArrayEquals(s.get(0).ticket(), tickets.created.get(0).id());
        assertResumed(true, run(offering(client(), s), server));
    }

    @Test
    void anAnswerMayComeLater() {
        List<SessionState> s = sessions(client(), server());
        tickets.laters = 2;
        ScriptedPair p = run(offering(client(), s), server());
        assertEquals(Want.X509_LOOKUP, p.server.want);
        p.server.advance();
        assertEquals(Want.X509_LOOKUP, p.server.want);
        p.server.advance();
        assertResumed(true, p.run());
    }

    @Test
    void ofManyIdentitiesAFewAreLookedAt() {
        List<SessionState> s = sessions(client(), server());
        SessionState one = s.get(0);
        List<SessionState> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(one.toBuilder()
                    .ticket(("of somebody else " + i).getBytes(), one.lifetimeHint(), 0)
                    .build());
        }
        many.add(one);
        tickets.asked = 0;
        assertResumed(false, run(offering(client(), many), server()));
        assertEquals(server().limits().pskIdentities(), tickets.asked);
        assertResumed(true, run(offering(client(), many.subList(14, 21)), server()));
    }

    @Test
    void whatDoesNotFitIntoAHelloIsLeftOut() {
        SessionState one = sessions(client(), server()).get(0);
        List<SessionState> sessions = new ArrayList<>(List.of(one));
        for (int i = 0; i < 3; i++) {
            sessions.add(one.toBuilder()
                    .ticket(new byte[30_000], one.lifetimeHint(), 0)
                    .build());
        }
        ScriptedPair p = new ScriptedPair(offering(client(), sessions), server(), Configs.CRYPTO, CarrierTraits.TLS)
                .run((from, m) -> {
                    if (m.is(HandshakeType.CLIENT_HELLO)) {
                        assertEquals(3, psks(hello(m)).identities().size());
                    }
                    return List.of(m);
                });
        assertResumed(true, p);
    }

    // ---- what leads to a full handshake ----------------------------------------------------------------------------

    @Test
    void aTicketOfNobodysLeadsToAFullHandshake() {
        List<SessionState> s = sessions(client(), server());
        tickets.forget();
        assertResumed(false, run(offering(client(), s), server()));
    }

    @Test
    void anExpiredSessionIsNotOffered() {
        List<SessionState> s = sessions(client(), server());
        Instant late = NOW.plusSeconds(server().sessions().timeout());
        HandshakeConfig client = offering(client(), s).with(at(late));
        assertEquals(0, offered(client));
        assertEquals(2, offered(client.with(at(late.minusSeconds(1)))));
    }

    @Test
    void anExpiredSessionIsNotTaken() {
        List<SessionState> s = sessions(client(), server());
        Instant late = NOW.plusSeconds(server().sessions().timeout());
        assertResumed(true, run(offering(client(), s), server().with(at(late.minusSeconds(1)))));
        assertResumed(false, run(offering(client(), s), server().with(at(late))));
    }

    @Test
    void aSessionForAnotherNameIsNotOffered() {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig client = offering(client(), s);
        assertEquals(0, offered(client.with(client.extensions().withServerName("other.example"))));
    }

    @Test
    void aSessionForAnotherNameIsNotTaken() {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig client = client();
        client = client.with(client.extensions().withServerName("other.example"));
        List<SessionState> renamed = s.stream()
                .map(x -> x.toBuilder().serverName("other.example").build())
                .toList();
        assertEquals(2, offered(offering(client, renamed)));
        assertResumed(false, run(offering(client, renamed), server()));
    }

    @Test
    void aSessionIsNotOfferedWhereItsCertificateWouldNotDo() {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig client = offering(client(), s);
        assertEquals(0, offered(client.with(client.verification().withHosts(List.of("other.example")))));
        assertEquals(0, offered(client.with(client.verification().withHosts(List.of()))));
        List<SessionState> unverified = s.stream()
                .map(x -> x.toBuilder()
                        .peer(x.peerChain(), VerifyResult.SELF_SIGNED_CERT_IN_CHAIN)
                        .build())
                .toList();
        assertEquals(0, offered(offering(client, unverified)));
        assertEquals(2, offered(offering(client.with(client.verification().with(VerifyMode.NONE)), unverified)));
    }

    @Test
    void aSessionOfAnotherConfigurationIsNotTaken() {
        List<SessionState> s = sessions(client(), server());
        HandshakeConfig other = server();
        other = other.with(other.sessions().withIdContext(new byte[] {1}));
        assertResumed(false, run(offering(client(), s), other));
    }

    @Test
    void aSessionWithoutACertificateIsNotTakenWhereOneIsRequired() {
        HandshakeConfig client = client().with(Configs.credentials());
        List<SessionState> s = sessions(client, server());
        HandshakeConfig requires = server();
        requires = requires.with(requires.verification().with(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT));
        ScriptedPair p = run(offering(client, s), requires);
        assertResumed(false, p);
        assertEquals(1, p.server.negotiated.peerChain().size());
        p.server.dataGoes();
        p.run();
        ScriptedPair q = run(offering(client, p.client.tickets), requires);
        assertResumed(true, q);
        assertArrayEquals(Configs.LEAF, q.server.negotiated.peerChain().get(0).der());
    }

    private static int offered(HandshakeConfig client) {
        ScriptedPair p = new ScriptedPair(client, Configs.server(), Configs.CRYPTO, CarrierTraits.TLS);
        p.client.advance();
        ClientHello h = hello(p.client.carrier.takeSent().get(0));
        return h.extensions().has(ExtensionType.PRE_SHARED_KEY)
                ? psks(h).identities().size()
                : 0;
    }

    // ---- the tickets themselves ------------------------------------------------------------------------------------

    @Test
    void ticketsGoWithTheFirstData() throws Exception {
        ScriptedPair p = run(client(), server());
        assertConnected(p);
        assertTrue(p.client.tickets.isEmpty());
        p.server.dataGoes();
        List<HandshakeMessage> sent = p.server.carrier.takeSent();
        assertEquals(2, sent.size());
        NewSessionTicket13 a = sent.get(0).parse(NewSessionTicket13::read);
        NewSessionTicket13 b = sent.get(1).parse(NewSessionTicket13::read);
        assertEquals(7200, a.lifetime());
        assertNotEquals(hex(a.nonce()), hex(b.nonce()));
        assertNotEquals(a.ageAdd(), b.ageAdd());
        assertNotEquals(hex(a.ticket()), hex(b.ticket()));
        p.server.dataGoes();
        assertTrue(p.server.carrier.takeSent().isEmpty(), "they go once");
    }

    @Test
    void aTicketOfMoreThanAWeekIsForAWeek() throws Exception {
        HandshakeConfig long_ = server();
        long_ = long_.with(long_.sessions().withTimeout(1_000_000));
        ScriptedPair p = run(client(), long_);
        p.server.dataGoes();
        assertEquals(
                604_800,
                p.server
                        .carrier
                        .takeSent()
                        .get(0)
                        .parse(NewSessionTicket13::read)
                        .lifetime());
    }

    @Test
    void afterAResumptionThereIsOneTicketWhichResumesInTurn() {
        ScriptedPair p = run(offering(client(), sessions(client(), server())), server());
        p.server.dataGoes();
        p.run();
        assertEquals(1, p.client.tickets.size());
        assertResumed(true, run(offering(client(), p.client.tickets), server()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void theConfigurationSaysHowMany(int n) {
        HandshakeConfig server = server();
        server = server.with(server.sessions().withNumTickets(n));
        List<SessionState> s = sessions(client(), server);
        assertEquals(n, s.size());
        ScriptedPair p = run(offering(client(), s), server);
        p.server.dataGoes();
        p.run();
        assertEquals(Math.min(n, 1), p.client.tickets.size());
    }

    @Test
    void oneMoreCanBeAskedFor() {
        ScriptedPair p = run(client(), server());
        assertTrue(p.server.newTicket());
        p.server.dataGoes();
        p.run();
        assertEquals(3, p.client.tickets.size());
        assertTrue(p.server.newTicket());
        p.server.dataGoes();
        p.run();
        assertEquals(4, p.client.tickets.size());
    }

    @Test
    void aClientThatHasShownItsCertificateLateGetsTicketsThatTellOfIt() {
        HandshakeConfig client = client().with(Configs.credentials());
        client = client.with(client.auth().withPostHandshake(true));
        HandshakeConfig late = server();
        late = late.with(late.verification().with(VerifyMode.PEER_POST_HANDSHAKE));
        ScriptedPair p = run(client, late);
        p.server.dataGoes();
        p.run();
        assertEquals(2, p.client.tickets.size());
        p.server.requestCertificate();
        p.run();
        p.server.dataGoes();
        p.run();
        assertEquals(4, p.client.tickets.size());
        ScriptedPair q = run(offering(client, p.client.tickets.subList(2, 4)), late);
        assertResumed(true, q);
        assertArrayEquals(Configs.LEAF, q.server.negotiated.peerChain().get(0).der());
        assertFalse(q.server.handshake.wish().now());
    }

    @Test
    void theAgeIsHidden() {
        SessionState s = sessions(client(), server()).get(0);
        HandshakeConfig later = offering(client(), List.of(s)).with(at(NOW.plus(Duration.ofMillis(1234))));
        ScriptedPair p = new ScriptedPair(later, server(), Configs.CRYPTO, CarrierTraits.TLS);
        p.client.advance();
        long age = psks(hello(p.client.carrier.takeSent().get(0)))
                .identities()
                .get(0)
                .obfuscatedTicketAge();
        assertEquals((s.ageAdd() + 1234) & 0xffff_ffffL, age);
    }

    static ClientHello hello(HandshakeMessage m) {
        try {
            return m.parse(ClientHello::read);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    static PreSharedKey.Offer psks(ClientHello h) {
        try {
            return h.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b);
    }
}
