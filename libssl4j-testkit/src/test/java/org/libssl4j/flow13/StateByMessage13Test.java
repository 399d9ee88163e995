// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.Reachable;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.testkit.carrier.ScriptedPair;

/**
 * Each state that reads, in each kind of connection, is sent each message that it must not accept: RFC 9846 §4 (and §4.2.2, §4.2.4, §4.6, §4.7 for single ones) wants unexpected_message for every one.
 */
class StateByMessage13Test {
    /**
     * What each state takes, after RFC 9846 §A.1 and §A.2; "role state: messages". A state that never waits is only entered with its message at hand.
     */
    private static final String TABLE = """
            SERVER AwaitClientHello: client_hello
            SERVER AwaitCookie: client_hello
            SERVER AwaitCertificate: certificate
            SERVER AwaitCertificateVerify: certificate_verify
            SERVER AwaitFinished: finished
            SERVER Connected13: key_update
            CLIENT AwaitServerHello: server_hello
            CLIENT AwaitEncryptedExtensions: encrypted_extensions
            CLIENT AwaitCertificateRequest: certificate_request certificate
            CLIENT AwaitCertificate: certificate
            CLIENT AwaitCertificateVerify: certificate_verify
            CLIENT AwaitFinished: finished
            CLIENT Connected13: new_session_ticket key_update
            """;

    /** Entered from Connected13 by the message that they read. */
    private static final Set<String> NEVER_WAITS = Set.of("AwaitKeyUpdate");

    private static final Map<String, Set<String>> ALLOWED = TABLE.lines()
            .map(l -> l.split(": "))
            .collect(Collectors.toMap(l -> l[0], l -> Set.of(l[1].split(" ")), (a, b) -> a, TreeMap::new));

    /** A side of a connection that waits for a message. */
    private record Point(Walk.Variant variant, int step, Role role, String state, StateName name, Set<String> allowed) {
        @Override
        public String toString() {
            return variant + ", after " + step + ": " + role + " in " + state;
        }
    }

    private static final Map<String, HandshakeMessage> KINDS = Kinds.all();

    @TestFactory
    Stream<DynamicTest> eachStateRefusesEachMessageThatItMustNotAccept() {
        return points().stream().map(p -> DynamicTest.dynamicTest(p.toString(), () -> refusesAll(p)));
    }

    private static void refusesAll(Point p) {
        Walk w = Walk.to(p.variant(), p.step());
        byte[] transcript = transcript(w, p.role());
        int keys = w.side(p.role()).carrier.installed().size();
        for (Map.Entry<String, HandshakeMessage> k : bad(p)) {
            TlsException e = w.show(p.role(), own(w, k.getKey()));
            assertNotNull(e, () -> k.getKey() + " was accepted");
            assertUnexpected(p, e);
        }
        assertArrayEquals(transcript, transcript(w, p.role()), "what was refused joins no transcript");
        assertEquals(keys, w.side(p.role()).carrier.installed().size(), "and leads to no keys");
        w.toTheEnd();
    }

    /** What the driver makes of it is the same whatever the message is; each kind comes to one point or another. */
    @TestFactory
    Stream<DynamicTest> theConnectionEndsWithOneAlertAndNoSecrets() {
        List<Point> points = points();
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            List<Map.Entry<String, HandshakeMessage>> bad = bad(p);
            Map.Entry<String, HandshakeMessage> k = bad.get(i % bad.size());
            tests.add(DynamicTest.dynamicTest(p + " gets " + k.getKey(), () -> ends(p, k.getKey())));
        }
        return tests.stream();
    }

    private static void ends(Point p, String kind) {
        Walk w = Walk.to(p.variant(), p.step());
        w.side(p.role()).tickets.clear(); // these are kept for others
        w.side(p.role()).carrier.installed().clear(); // copies, which are not wiped
        List<Object> secrets = Reachable.openSecrets(w.side(p.role()).handshake);
        ScriptedPair.Side victim = w.inject(p.role(), own(w, kind));
        TlsException e = victim.failure;
        assertNotNull(e, "accepted");
        assertUnexpected(p, e);
        assertEquals(List.of(AlertDescription.UNEXPECTED_MESSAGE), victim.carrier.alerts(), "one alert");
        assertTrue(victim.carrier.retired(), "the carrier's keys are wiped");
        assertEquals(List.of(), victim.carrier.installed(), "no new keys");
        assertEquals(List.of(), Reachable.openSecrets(victim.handshake), "secrets are wiped");
        assertTrue(secrets.stream().allMatch(s -> ((Secret) s).isDestroyed()), "all that there were");
        boolean[] closed = {false};
        victim.secrets.own(() -> closed[0] = true);
        assertTrue(closed[0], "later secrets are wiped at once");
        assertStaysFailed(victim, e);
    }

    private static void assertUnexpected(Point p, TlsException e) {
        assertEquals(
                AlertDescription.UNEXPECTED_MESSAGE + " " + Reason.UNEXPECTED_MESSAGE,
                e.alert() + " " + e.reason(),
                e::getMessage);
        assertTrue(
                e.getMessage().contains("in state " + p.name())
                        && e.getMessage().contains("allowed is"),
                () -> "what came and what was allowed, but: " + e.getMessage());
    }

    private static List<Map.Entry<String, HandshakeMessage>> bad(Point p) {
        return KINDS.entrySet().stream()
                .filter(k -> !p.allowed().contains(k.getKey().split(" ")[0]))
                .toList();
    }

    /** A message of this kind; where this connection has had one, that one again. */
    private static HandshakeMessage own(Walk w, String kind) {
        return w.arrived().stream()
                .filter(m -> Kinds.kind(m).equals(kind))
                .findFirst()
                .orElse(KINDS.get(kind));
    }

    private static byte[] transcript(Walk w, Role role) {
        boolean chosen = w.side(role).negotiated.suite() != null;
        return chosen ? w.side(role).handshake.env().transcript().hash() : new byte[0];
    }

    private static void assertStaysFailed(ScriptedPair.Side victim, TlsException e) {
        victim.carrier.takeSent();
        victim.failure = null;
        victim.advance();
        assertSame(e, victim.failure);
        assertEquals(1, victim.carrier.alerts().size(), "no second alert");
        assertEquals(List.of(), victim.carrier.takeSent(), "nothing is sent any more");
        assertEquals(StateName.ERROR, victim.handshake.stateName());
    }

    // ---- the table is complete -------------------------------------------------------------------------------------

    @Test
    void everyStateThatReadsHasItsRow() throws Exception {
        Set<String> reading = ReadingStates.of(ClientFlow13.class, SignAndSend.class);
        Set<String> rows = ALLOWED.keySet().stream().map(k -> k.split(" ")[1]).collect(Collectors.toSet());
        rows.addAll(NEVER_WAITS);
        assertEquals(new TreeSet<>(reading), new TreeSet<>(rows));
    }

    @Test
    void everyRowIsMetByAConnection() {
        Set<String> met = new TreeSet<>();
        points().forEach(p -> met.add(p.role() + " " + p.state()));
        assertEquals(ALLOWED.keySet(), met);
    }

    @Test
    void everyTypeOfMessageIsSent() {
        Set<Integer> sent = KINDS.values().stream().map(HandshakeMessage::type).collect(Collectors.toSet());
        for (HandshakeType t : HandshakeType.values()) {
            assertTrue(sent.contains(t.code()), () -> "no " + t);
        }
    }

    private static List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (Walk.Variant v : Walk.variants()) {
            Walk w = new Walk(v);
            boolean retried = false;
            int step = 0;
            for (Walk.Step s = w.next(); s != null; s = w.next()) {
                points.add(point(w, step++, s.to(), retried));
                retried |= Kinds.kind(s.message()).equals(Kinds.HELLO_RETRY_REQUEST);
                w.go();
            }
            assertTrue(w.pair.client.negotiated.complete() && w.pair.server.negotiated.complete(), v.name());
            for (Role r : Role.values()) {
                points.add(point(w, step, r, retried));
            }
        }
        return points;
    }

    private static Point point(Walk w, int step, Role role, boolean retried) {
        String state = w.state(role).getClass().getSimpleName();
        Set<String> row = ALLOWED.get(role + " " + state);
        assertNotNull(row, () -> role + " waits in " + state + ", which has no row");
        Set<String> allowed = new TreeSet<>(row);
        // RFC 9846 §4.2.4 [8446 4.1.4]: one HelloRetryRequest in a connection.
        if (state.equals("AwaitServerHello") && !retried) {
            allowed.add(Kinds.HELLO_RETRY_REQUEST);
        }
        // RFC 9846 §4.7.2 [8446 4.6.2]: to a client that offered it; and the answer to a server that has asked.
        if (state.equals("Connected13")
                && role == Role.CLIENT
                && w.variant.client().auth().postHandshake()) {
            allowed.add("certificate_request");
        }
        if (state.equals("Connected13") && role == Role.SERVER && w.requestOutstanding()) {
            allowed.add("certificate");
        }
        return new Point(w.variant, step, role, state, w.side(role).handshake.stateName(), allowed);
    }
}
