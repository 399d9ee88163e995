// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.NewSessionTicket12;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.ExtendedMasterSecret;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Sessions of TLS 1.2 that are resumed, and all that keeps one from it (RFC 5246 §7.3, RFC 5077, RFC 7627 §5.3). */
class Resumption12Test {
    private final KeptSessions clients = new KeptSessions();
    private final KeptSessions servers = new KeptSessions();
    private HandshakeConfig client = Configs12.client();
    private HandshakeConfig server = Configs12.server();
    private final List<String> messages = new ArrayList<>();

    private enum By {
        ID,
        TICKET
    }

    private HandshakeConfig serverConfig(By by) {
        SessionSettings s = server.sessions().withStore(servers);
        return server.with(by == By.TICKET ? s.withSealer(servers) : s);
    }

    private HandshakeConfig clientConfig(SessionState... offered) {
        return client.with(client.sessions().withStore(clients).withOffered(List.of(offered)));
    }

    private ScriptedPair connect(By by, SessionState... offered) {
        return connect(by, (from, m) -> List.of(m), offered);
    }

    private ScriptedPair connect(By by, ScriptedPair.Hand hand, SessionState... offered) {
        messages.clear();
        return new ScriptedPair(clientConfig(offered), serverConfig(by), Configs12.CRYPTO, CarrierTraits.TLS)
                .run((from, m) -> {
                    messages.add((from == Role.CLIENT ? "C " : "S ") + m);
                    return hand.pass(from, m);
                });
    }

    /** A full handshake; the session that the client keeps of it. */
    private SessionState session(By by) {
        ScriptedPair p = connect(by);
        assertDone(p, false);
        SessionState s = clients.created.get(clients.created.size() - 1);
        assertEquals(by == By.TICKET, s.ticket().length > 0);
        assertEquals(32, s.id().length);
        return s;
    }

    private static void assertDone(ScriptedPair p, boolean resumed) {
        assertNull(p.client.failure, () -> "" + p.client.failure);
        assertNull(p.server.failure, () -> "" + p.server.failure);
        assertTrue(p.client.negotiated.complete() && p.server.negotiated.complete(), "both are done");
        assertEquals(resumed, p.client.negotiated.resumed(), "the client has resumed");
        assertEquals(resumed, p.server.negotiated.resumed(), "the server has resumed");
        assertArrayEquals(export(p.client), export(p.server));
    }

    private static byte[] export(ScriptedPair.Side side) {
        return side.negotiated.exporter().export("EXPORTER-test", null, 32);
    }

    // ---- it works --------------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> aSessionIsResumed() {
        return Stream.of(By.values())
                .map(by -> DynamicTest.dynamicTest("by " + by, () -> new Resumption12Test().resumes(by)));
    }

    private void resumes(By by) {
        SessionState s = session(by);
        assertEquals(by == By.ID ? 1 : 0, servers.created.size(), "with a ticket a server keeps nothing");
        ScriptedPair p = connect(by, s);
        assertDone(p, true);
        assertEquals(
                List.of(
                        "C client_hello",
                        "S server_hello",
                        "S change_cipher_spec",
                        "S finished",
                        "C change_cipher_spec",
                        "C finished"),
                messages);
        for (ScriptedPair.Side side : List.of(p.client, p.server)) {
            assertEquals(s.suite(), side.negotiated.suite());
            assertEquals(ProtocolVersion.TLS1_2, side.negotiated.version());
            assertTrue(side.negotiated.extendedMasterSecret());
            assertTrue(side.negotiated.secureRenegotiation());
            assertArrayEquals(
                    s.secret().getEncoded(), side.negotiated.session().secret().getEncoded());
        }
        assertEquals(1, p.client.negotiated.peerChain().size(), "the certificate is the session's");
        assertEquals(VerifyResult.OK, p.client.negotiated.verifyResult());
        assertEquals(1, clients.created.size(), "nothing new");
        assertEquals(List.of(), clients.removed);
        assertEquals(List.of(), servers.removed);
        // And once more: neither an id nor a ticket is used up.
        assertDone(connect(by, s), true);
    }

    @TestFactory
    Stream<DynamicTest> theAnswerMayComeLater() {
        return Stream.of(By.values())
                .map(by -> DynamicTest.dynamicTest("by " + by, () -> new Resumption12Test().resumesLater(by)));
    }

    private void resumesLater(By by) {
        SessionState s = session(by);
        servers.late = 2;
        servers.lookups = 0;
        ScriptedPair p = connect(by, s);
        assertEquals(Want.X509_LOOKUP, p.server.want);
        assertNull(p.server.negotiated.suite(), "nothing is chosen before");
        p.server.advance();
        assertEquals(Want.X509_LOOKUP, p.server.want);
        p.server.advance();
        assertEquals(3, servers.lookups);
        p.server.carrier.takeSent().forEach(p.client.carrier::receive);
        p.client.advance();
        p.client.carrier.takeSent().forEach(p.server.carrier::receive);
        p.server.advance();
        assertDone(p, true);
    }

    @Test
    void withoutStoreAndSealerNothingIsGivenAndNothingResumed() {
        HandshakeConfig plain = server;
        ScriptedPair p = new ScriptedPair(clientConfig(), plain, Configs12.CRYPTO, CarrierTraits.TLS).run();
        assertDone(p, false);
        assertEquals(List.of(), clients.created);
        assertFalse(p.client.negotiated.session().resumable());
        assertFalse(p.server.negotiated.session().resumable());
    }

    @Test
    void aTicketIsRenewedWhenItsKeyIsOld() {
        SessionState s = session(By.TICKET);
        servers.renew = true;
        ScriptedPair p = connect(By.TICKET, s);
        assertDone(p, true);
        assertTrue(messages.contains("S new_session_ticket"));
        assertEquals(2, clients.created.size());
        SessionState renewed = clients.created.get(1);
        assertFalse(Arrays.equals(s.ticket(), renewed.ticket()));
        assertFalse(Arrays.equals(s.id(), renewed.id()), "a ticket has its own name");
        assertArrayEquals(s.secret().getEncoded(), renewed.secret().getEncoded());
        assertTrue(KeptSessions.contains(clients.removed, s), "the old one is thrown away");
        assertArrayEquals(renewed.ticket(), p.client.negotiated.session().ticket());
        servers.renew = false;
        assertDone(connect(By.TICKET, renewed), true);
    }

    @Test
    void aClientThatComesByIdAndTakesTicketsGetsOne() {
        SessionState s = session(By.ID);
        ScriptedPair p = connect(By.TICKET, s);
        assertDone(p, true);
        SessionState next = clients.created.get(1);
        assertTrue(next.ticket().length > 0);
        assertDone(connect(By.TICKET, next), true);
    }

    @Test
    void anEmptyTicketIsNoTicket() {
        servers.emptyTickets = true;
        ScriptedPair p = connect(By.TICKET);
        assertDone(p, false);
        assertEquals(List.of(), clients.created, "there is neither an id nor a ticket");
        servers.emptyTickets = false;
        SessionState s = session(By.TICKET);
        servers.emptyTickets = true;
        servers.renew = true;
        assertDone(connect(By.TICKET, s), true);
        assertEquals(1, clients.created.size(), "the ticket stays");
        assertEquals(List.of(), clients.removed);
    }

    @Test
    void theLifetimeOfATicketIsWhatIsLeftOfTheSession() throws TlsException {
        server = server.with(server.sessions().withTimeout(1000));
        SessionState s = session(By.TICKET);
        assertEquals(1000, s.lifetimeHint());
        later(Duration.ofSeconds(400));
        servers.renew = true;
        assertDone(connect(By.TICKET, s), true);
        long left = clients.created.get(1).lifetimeHint();
        assertTrue(left <= 600 && left > 500, () -> "left are " + left);
    }

    private void later(Duration by) {
        Clock clock = Clock.fixed(Instant.now().plus(by), ZoneOffset.UTC);
        client = client.with(clock);
        server = server.with(clock);
    }

    @Test
    void aSessionStandsInAHelloForTls13Too() throws TlsException {
        SessionState s = session(By.TICKET);
        client = Configs12.newer(client);
        ClientHello[] hello = {null};
        ScriptedPair p = connect(By.TICKET, (from, m) -> seen(m, hello), s);
        assertDone(p, true);
        assertArrayEquals(s.id(), hello[0].sessionId());
        assertTrue(hello[0].extensions().has(ExtensionType.SUPPORTED_VERSIONS));
        server = Configs12.newer(server);
        p = connect(By.TICKET, s);
        assertEquals(ProtocolVersion.TLS1_3, p.server.negotiated.version(), "the newer version goes before");
        assertDone13(p);
    }

    private static void assertDone13(ScriptedPair p) {
        assertNull(p.client.failure, () -> "" + p.client.failure);
        assertNull(p.server.failure, () -> "" + p.server.failure);
        assertFalse(p.client.negotiated.resumed() || p.server.negotiated.resumed());
    }

    private static List<HandshakeMessage> seen(HandshakeMessage m, ClientHello[] hello) {
        if (m.is(HandshakeType.CLIENT_HELLO)) {
            try {
                hello[0] = m.parse(ClientHello::read);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        }
        return List.of(m);
    }

    @Test
    void aTicketWithoutAnIdGetsOneMadeUp() {
        SessionState s = session(By.TICKET);
        ClientHello[] hello = {null};
        SessionState nameless = s.toBuilder().id(new byte[0]).build();
        assertDone(connect(By.TICKET, (from, m) -> seen(m, hello), nameless), true);
        assertEquals(32, hello[0].sessionId().length);
        byte[] first = hello[0].sessionId();
        assertDone(connect(By.TICKET, (from, m) -> seen(m, hello), nameless), true);
        assertFalse(Arrays.equals(first, hello[0].sessionId()), "each time another one");
    }

    @Test
    void theFirstSessionThatFitsIsOffered() {
        SessionState s = session(By.TICKET);
        SessionState other = s.toBuilder().serverName("elsewhere.example").build();
        SessionState newer = SessionState.builder(
                        ProtocolVersion.TLS1_3, CipherSuite.TLS_AES_128_GCM_SHA256, Secret.of(new byte[32]))
                .ticket(new byte[] {1}, 100, 0)
                .created(Instant.now(), 100)
                .build();
        assertDone(connect(By.TICKET, newer, other, s), true);
    }

    @Test
    void encryptThenMacIsAgreedOnAnew() {
        client = Configs12.client(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256);
        server = Configs12.server(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256);
        SessionState s = session(By.ID);
        ScriptedPair p = connect(By.ID, s);
        assertDone(p, true);
        assertTrue(p.client.negotiated.encryptThenMac() && p.server.negotiated.encryptThenMac());
        server = server.with(server.legacy().withEncryptThenMac(false));
        p = connect(By.ID, s);
        assertDone(p, true);
        assertFalse(p.client.negotiated.encryptThenMac() || p.server.negotiated.encryptThenMac());
    }

    @Test
    void aClientIsWhoItWasWhenTheSessionWasMade() {
        client = client.with(Configs12.credentials());
        server = Walks12.asking();
        for (By by : By.values()) {
            SessionState s = session(by);
            ScriptedPair p = connect(by, s);
            assertDone(p, true);
            assertFalse(messages.toString().contains("certificate"), messages::toString);
            assertEquals(1, p.server.negotiated.peerChain().size());
        }
    }

    // ---- a full handshake, and no error ----------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> aServerThatDoesNotWantTheSessionMakesAFullHandshake() {
        Map<String, UnaryOperator<HandshakeConfig>> changes = Map.of(
                "a session of another configuration",
                c -> c.with(c.sessions().withIdContext(new byte[] {1})),
                "a session that is over",
                c -> c.with(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(7200))),
                "a suite that is not used any more",
                c -> c.with(c.ciphers().withSuites12(List.of(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256))),
                "a client without the certificate that is required",
                c -> c.with(c.verification().with(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)),
                "extended_master_secret not spoken any more",
                c -> c.with(c.legacy().withExtendedMasterSecret(false)));
        return changes.entrySet().stream()
                .flatMap(e -> Stream.of(By.values())
                        .map(by -> DynamicTest.dynamicTest(
                                e.getKey() + ", by " + by, () -> new Resumption12Test().fallsBack(by, e.getValue()))));
    }

    private void fallsBack(By by, UnaryOperator<HandshakeConfig> change) {
        SessionState s = session(by);
        client = client.with(Configs12.credentials());
        server = change.apply(server);
        ScriptedPair p = connect(by, s);
        assertDone(p, false);
        assertTrue(
                p.server.carrier.alerts().isEmpty() && p.client.carrier.alerts().isEmpty());
        assertEquals(2, clients.created.size(), "and a new session came of it");
        assertFalse(Arrays.equals(s.id(), clients.created.get(1).id()));
    }

    @TestFactory
    Stream<DynamicTest> aTicketThatCannotBeReadMakesAFullHandshake() {
        return Stream.of(new byte[] {1}, new byte[8], new byte[0xff00])
                .map(t -> DynamicTest.dynamicTest(t.length + " bytes", () -> new Resumption12Test().unreadable(t)));
    }

    private void unreadable(byte[] ticket) {
        SessionState s = session(By.TICKET);
        assertDone(connect(By.TICKET, s.toBuilder().ticket(ticket, 0, 0).build()), false);
    }

    @Test
    void aTicketThatCannotBeReadDoesNotLeadToTheId() {
        SessionState s = session(By.ID);
        SessionState both = s.toBuilder().ticket(new byte[] {1}, 0, 0).build();
        assertDone(connect(By.TICKET, both), false);
    }

    @Test
    void anIdThatIsNotKnownMakesAFullHandshake() {
        SessionState s = session(By.ID);
        servers.created.clear();
        assertDone(connect(By.ID, s), false);
    }

    @Test
    void aSessionOfAnotherNameIsNotResumed() {
        SessionState s = session(By.TICKET);
        // The client does not offer it; one that does gets a full handshake.
        client = client.with(client.extensions().withServerName(null));
        ClientHello[] hello = {null};
        assertDone(connect(By.TICKET, (from, m) -> seen(m, hello), s), false);
        assertEquals(0, hello[0].sessionId().length);
        assertDone(connect(By.TICKET, s.toBuilder().serverName(null).build()), false);
    }

    @Test
    void aServerHasNoUseForTicketsThatItDoesNotTake() {
        SessionState s = session(By.TICKET);
        server = server.with(server.legacy().withTickets(false));
        assertDone(connect(By.TICKET, s), false);
        assertEquals(1, servers.created.size(), "this time it has kept the session");
    }

    @Test
    void aSessionOfAnotherVersionIsNotResumed() {
        SessionState s = session(By.TICKET);
        SessionState old = servers.sealed.remove(0);
        servers.sealed.add(SessionState.builder(ProtocolVersion.TLS1_1, old.suite(), old.secret())
                .created(old.created(), old.timeout())
                .serverName(old.serverName())
                .extendedMasterSecret(true)
                .build());
        assertDone(connect(By.TICKET, s), false);
    }

    @Test
    void aSessionOfAnotherFragmentLengthIsNotResumed() {
        client = client.with(client.records().withSizeLimit(0)); // which would go before the other extension
        SessionState s = session(By.TICKET);
        client = client.with(client.records().with(FragmentLength.BYTES_1024));
        assertDone(connect(By.TICKET, s), false);
        SessionState small = clients.created.get(1);
        assertEquals(FragmentLength.BYTES_1024, small.maxFragment());
        ScriptedPair p = connect(By.TICKET, small);
        assertDone(p, true);
        assertEquals(FragmentLength.BYTES_1024, p.server.negotiated.maxFragment());
    }

    @TestFactory
    Stream<DynamicTest> aClientDoesNotOfferWhatIsOfNoUse() {
        Map<String, UnaryOperator<SessionState>> changes = Map.of(
                "a session that is over",
                        s -> s.toBuilder().created(s.created(), 0).build(),
                "a ticket that is over",
                        s -> s.toBuilder()
                                .created(s.created().minusSeconds(11), 100)
                                .ticket(s.ticket(), 10, 0)
                                .build(),
                "a certificate that was not good",
                        s -> s.toBuilder()
                                .peer(s.peerChain(), VerifyResult.CERT_HAS_EXPIRED)
                                .build(),
                "neither ticket nor id",
                        s -> s.toBuilder()
                                .id(new byte[0])
                                .ticket(new byte[0], 0, 0)
                                .build());
        return changes.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(), () -> new Resumption12Test().isNotOffered(e.getValue(), c -> c)));
    }

    @TestFactory
    Stream<DynamicTest> aClientDoesNotOfferWhatItsConfigurationForbids() {
        Map<String, UnaryOperator<HandshakeConfig>> changes = Map.of(
                "a certificate that has expired since",
                c -> c.with(Clock.fixed(Instant.now().plus(Duration.ofDays(1000)), ZoneOffset.UTC)),
                "a suite that is not offered",
                c -> c.with(c.ciphers().withSuites12(List.of(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256))),
                "extended_master_secret that is not offered",
                c -> c.with(c.legacy().withExtendedMasterSecret(false)),
                "a version that is not offered",
                c -> c.with(new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3)));
        return changes.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> new Resumption12Test()
                                .isNotOffered(
                                        s -> s.toBuilder()
                                                .created(s.created(), 1L << 40)
                                                .ticket(s.ticket(), 0, 0)
                                                .build(),
                                        e.getValue())));
    }

    private void isNotOffered(UnaryOperator<SessionState> change, UnaryOperator<HandshakeConfig> config) {
        SessionState s = change.apply(session(By.TICKET));
        client = config.apply(client);
        ClientHello[] hello = {null};
        connect(By.TICKET, (from, m) -> seen(m, hello), s);
        assertNotNull(hello[0]);
        assertFalse(Arrays.equals(s.id(), hello[0].sessionId()) && s.id().length > 0, "the id is not sent");
        byte[] ticket = hello[0].extensions().body(ExtensionType.SESSION_TICKET.code());
        assertTrue(ticket == null || ticket.length == 0, "nor the ticket");
    }

    // ---- extended master secret (RFC 7627 §5.3) --------------------------------------------------------------------

    @Test
    void aSessionWithoutTheExtensionIsNotResumedByAHelloWithIt() {
        client = client.with(client.legacy().withExtendedMasterSecret(false));
        SessionState s = session(By.TICKET);
        assertFalse(s.extendedMasterSecret());
        assertDone(connect(By.TICKET, s), true);
        client = client.with(client.legacy().withExtendedMasterSecret(true));
        ScriptedPair p = connect(By.TICKET, s);
        assertDone(p, false);
        assertTrue(p.client.negotiated.extendedMasterSecret(), "the full handshake has it");
    }

    @Test
    void aHelloWithoutTheExtensionForASessionWithItIsFatal() {
        SessionState s = session(By.TICKET);
        ScriptedPair p = connect(By.TICKET, hello(h -> without(h, ExtensionType.EXTENDED_MASTER_SECRET)), s);
        Tampering.assertRefused(p.server, AlertDescription.HANDSHAKE_FAILURE, Reason.INCONSISTENT_EXTMS);
    }

    @Test
    void aServerThatDropsTheExtensionOfASessionIsRefused() {
        SessionState s = session(By.TICKET);
        ScriptedPair p = connect(By.TICKET, serverHello(h -> without(h, ExtensionType.EXTENDED_MASTER_SECRET)), s);
        Tampering.assertRefused(p.client, AlertDescription.HANDSHAKE_FAILURE, Reason.INCONSISTENT_EXTMS);
    }

    @Test
    void aServerThatAddsTheExtensionToASessionIsRefused() {
        server = server.with(server.legacy().withExtendedMasterSecret(false));
        SessionState s = session(By.ID);
        assertFalse(s.extendedMasterSecret());
        // Our server resumes it, for it does not speak the extension; somebody adds it to its answer.
        ScriptedPair p = connect(By.ID, serverHello(h -> with(h, new ExtendedMasterSecret())), s);
        Tampering.assertRefused(p.client, AlertDescription.HANDSHAKE_FAILURE, Reason.INCONSISTENT_EXTMS);
    }

    // ---- a server that is not right --------------------------------------------------------------------------------

    @Test
    void anotherSuiteThanTheSessionsIsRefused() {
        SessionState s = session(By.TICKET);
        int other = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.code();
        assertNotEquals(other, s.suite().code());
        ScriptedPair p =
                connect(By.TICKET, serverHello(h -> Tampering.with(h, h.random(), h.sessionId(), other, 0)), s);
        Tampering.assertRefused(p.client, AlertDescription.ILLEGAL_PARAMETER, Reason.OLD_SESSION_CIPHER_NOT_RETURNED);
    }

    @Test
    void anotherVersionThanTheSessionsIsRefused() {
        client = old(Configs12.client(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA));
        server = old(Configs12.server(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA));
        SessionState s = session(By.TICKET);
        ScriptedPair p = connect(
                By.TICKET,
                serverHello(h -> new ServerHello(
                        ProtocolVersion.TLS1_1.code(), h.random(), h.sessionId(), h.cipherSuite(), 0, h.extensions())),
                s);
        Tampering.assertRefused(p.client, AlertDescription.ILLEGAL_PARAMETER, Reason.SSL_SESSION_VERSION_MISMATCH);
    }

    private static HandshakeConfig old(HandshakeConfig c) {
        return c.with(org.libssl4j.config.SecurityLevel.of(0))
                .with(new Versions(ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_2));
    }

    @Test
    void anIdThatComesBackWithoutHavingNamedASessionIsRefused() {
        client = Configs12.newer(client);
        byte[][] id = {null};
        ScriptedPair p = connect(By.ID, (from, m) -> {
            if (from == Role.CLIENT && m.is(HandshakeType.CLIENT_HELLO)) {
                ClientHello[] h = {null};
                seen(m, h);
                id[0] = h[0].sessionId();
            }
            return serverHello(h -> Tampering.with(h, h.random(), id[0], h.cipherSuite(), 0))
                    .pass(from, m);
        });
        Tampering.assertRefused(p.client, AlertDescription.ILLEGAL_PARAMETER, Reason.INVALID_SESSION_ID);
    }

    @Test
    void aTicketThatWasAnnouncedHasToCome() {
        SessionState s = session(By.ID);
        ScriptedPair p = connect(By.ID, serverHello(h -> with(h, new SessionTicket(new byte[0]))), s);
        Tampering.assertRefused(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void aTicketThatWasNotAnnouncedMustNotCome() {
        SessionState s = session(By.ID);
        HandshakeMessage ticket = new NewSessionTicket12(1, new byte[] {1}).toMessage();
        ScriptedPair p = connect(
                By.ID,
                (from, m) -> from == Role.SERVER && m == HandshakeMessage.CHANGE_CIPHER_SPEC
                        ? List.of(ticket, m)
                        : List.of(m),
                s);
        Tampering.assertRefused(p.client, AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_MESSAGE);
    }

    @TestFactory
    Stream<DynamicTest> aWrongFinishedIsRefused() {
        return Stream.of(Role.values())
                .map(r -> DynamicTest.dynamicTest("of the " + r, () -> new Resumption12Test().wrongFinished(r)));
    }

    private void wrongFinished(Role from) {
        SessionState s = session(By.ID);
        ScriptedPair p = connect(
                By.ID, (f, m) -> List.of(f == from && m.is(HandshakeType.FINISHED) ? Tampering.flipped(m) : m), s);
        ScriptedPair.Side victim = from == Role.CLIENT ? p.server : p.client;
        Tampering.assertRefused(victim, AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED);
        assertFalse(victim.negotiated.resumed(), "who the other is was not proved");
        assertEquals(List.of(), victim.negotiated.peerChain());
        KeptSessions store = from == Role.CLIENT ? servers : clients;
        assertTrue(KeptSessions.contains(store.removed, s), "RFC 5246 §7.2.2: the session is not resumed again");
    }

    @TestFactory
    Stream<DynamicTest> aFinishedBeforeTheChangeOfKeysIsRefused() {
        return Stream.of(Role.values())
                .map(r -> DynamicTest.dynamicTest("of the " + r, () -> new Resumption12Test().noChangeCipherSpec(r)));
    }

    private void noChangeCipherSpec(Role from) {
        SessionState s = session(By.ID);
        ScriptedPair p = connect(
                By.ID, (f, m) -> f == from && m == HandshakeMessage.CHANGE_CIPHER_SPEC ? List.of() : List.of(m), s);
        ScriptedPair.Side victim = from == Role.CLIENT ? p.server : p.client;
        Tampering.assertRefused(victim, AlertDescription.UNEXPECTED_MESSAGE, Reason.GOT_A_FIN_BEFORE_A_CCS);
    }

    @Test
    void aSecretThatIsNotTheSessionsIsRefused() {
        SessionState s = session(By.ID);
        byte[] other = s.secret().getEncoded();
        other[0] ^= 1;
        SessionState wrong = SessionState.builder(s.version(), s.suite(), Secret.of(other))
                .id(s.id())
                .created(s.created(), s.timeout())
                .serverName(s.serverName())
                .peer(s.peerChain(), s.verifyResult())
                .extendedMasterSecret(true)
                .build();
        ScriptedPair p = connect(By.ID, wrong);
        Tampering.assertRefused(p.client, AlertDescription.DECRYPT_ERROR, Reason.DIGEST_CHECK_FAILED);
    }

    private interface Change<T> {
        T of(T hello) throws TlsException;
    }

    private static ScriptedPair.Hand serverHello(Change<ServerHello> change) {
        return (from, m) -> {
            try {
                return List.of(
                        m.is(HandshakeType.SERVER_HELLO)
                                ? change.of(m.parse(ServerHello::read)).toMessage()
                                : m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static ScriptedPair.Hand hello(Change<ClientHello> change) {
        return (from, m) -> {
            try {
                return List.of(
                        m.is(HandshakeType.CLIENT_HELLO)
                                ? change.of(m.parse(ClientHello::read)).toMessage()
                                : m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static ServerHello without(ServerHello h, ExtensionType t) {
        return Tampering.ext(h, Tampering.replace(h.extensions(), t, null));
    }

    private static ClientHello without(ClientHello h, ExtensionType t) {
        return Tampering.ext(h, Tampering.replace(h.extensions(), t, null));
    }

    private static ServerHello with(ServerHello h, org.libssl4j.message.ext.Extension e) {
        ExtensionBlock b = Tampering.plus(h.extensions(), e);
        return Tampering.ext(h, b);
    }
}
