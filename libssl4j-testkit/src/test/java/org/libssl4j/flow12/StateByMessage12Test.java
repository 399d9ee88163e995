// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

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
import org.libssl4j.flow13.Kinds;
import org.libssl4j.flow13.ReadingStates;
import org.libssl4j.flow13.Walk;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.session.SessionState;
import org.libssl4j.testkit.carrier.ScriptedPair;

/**
 * Each state of TLS 1.2 that reads, in each kind of connection of TLS 1.0 to 1.2, is sent each message that it must not accept: RFC 5246 §7.4 wants unexpected_message for every one. Application data and faulty records are {@link StateByRecord12Test}'s.
 */
class StateByMessage12Test {
    /** What each state takes, after RFC 5246 §7.3, RFC 4279 §2 and RFC 5077 §3.1; "role state: messages". */
    private static final String TABLE = """
            SERVER AwaitClientHello: client_hello
            SERVER AwaitCertificate12: certificate
            SERVER AwaitClientKeyExchange: client_key_exchange
            SERVER AwaitCertificateVerify12: certificate_verify
            SERVER AwaitChangeCipherSpec: change_cipher_spec
            SERVER AwaitFinished12: finished
            SERVER Connected12: client_hello
            CLIENT AwaitServerHello: server_hello hello_retry_request
            CLIENT AwaitCertificate12: certificate
            CLIENT AwaitServerKeyExchange: server_key_exchange
            CLIENT AwaitPskHint: server_key_exchange server_hello_done
            CLIENT AwaitCertificateRequest12: certificate_request server_hello_done
            CLIENT AwaitServerHelloDone: server_hello_done
            CLIENT AwaitNewSessionTicket12: new_session_ticket
            CLIENT AwaitChangeCipherSpec: change_cipher_spec
            CLIENT AwaitFinished12: finished
            CLIENT Connected12: hello_request
            """;

    private static final Map<String, Set<String>> ALLOWED = TABLE.lines()
            .map(l -> l.split(": "))
            .collect(Collectors.toMap(l -> l[0], l -> Set.of(l[1].split(" ")), (a, b) -> a, TreeMap::new));

    private static final Map<String, HandshakeMessage> KINDS = Walks12.kinds();

    /** A side of a connection that waits for a message. */
    private record Point(Walk.Variant variant, int step, Role role, String state, StateName name) {
        /** What has no place here. */
        List<Map.Entry<String, HandshakeMessage>> bad() {
            Set<String> allowed = ALLOWED.get(role + " " + state);
            return KINDS.entrySet().stream()
                    .filter(k -> !allowed.contains(k.getKey().split(" ")[0]))
                    .toList();
        }

        @Override
        public String toString() {
            return variant + ", after " + step + ": " + role + " in " + state;
        }
    }

    @TestFactory
    Stream<DynamicTest> eachStateRefusesEachMessageThatItMustNotAccept() {
        return points().stream().map(p -> DynamicTest.dynamicTest(p.toString(), () -> refusesAll(p)));
    }

    private static void refusesAll(Point p) {
        Walk w = Walk.to(p.variant(), p.step());
        byte[] transcript = transcript(w, p.role());
        int keys = w.side(p.role()).carrier.installed().size();
        for (Map.Entry<String, HandshakeMessage> k : p.bad()) {
            TlsException e = w.show(p.role(), own(w, k.getKey()));
            assertNotNull(e, () -> k.getKey() + " was accepted");
            assertUnexpected(p.state(), p.name(), k.getKey(), e);
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
            List<Map.Entry<String, HandshakeMessage>> bad = p.bad();
            String kind = bad.get(i % bad.size()).getKey();
            tests.add(DynamicTest.dynamicTest(p + " gets " + kind, () -> ends(p, kind)));
        }
        return tests.stream();
    }

    private static void ends(Point p, String kind) {
        Walk w = Walk.to(p.variant(), p.step());
        ScriptedPair.Side victim = w.side(p.role());
        List<Object> secrets = openSecrets(victim);
        int keys = victim.carrier.installed().size();
        victim.carrier.installed().forEach(k -> k.secret().close()); // copies, which nobody else wipes
        w.inject(p.role(), own(w, kind));
        TlsException e = victim.failure;
        assertNotNull(e, "accepted");
        assertUnexpected(p.state(), p.name(), kind, e);
        assertEquals(List.of(AlertDescription.UNEXPECTED_MESSAGE), victim.carrier.alerts(), "one alert");
        assertTrue(victim.carrier.retired(), "the carrier's keys are wiped");
        assertEquals(keys, victim.carrier.installed().size(), "no new keys");
        assertEquals(List.of(), openSecrets(victim), "secrets are wiped");
        assertTrue(secrets.stream().allMatch(s -> ((Secret) s).isDestroyed()), "all that there were");
        boolean[] closed = {false};
        victim.secrets.own(() -> closed[0] = true);
        assertTrue(closed[0], "later secrets are wiped at once");
        assertStaysFailed(victim, e);
    }

    /** Those of the connection: the secrets of sessions that it is configured with are whoever set them's. */
    private static List<Object> openSecrets(ScriptedPair.Side side) {
        List<SessionState> offered = side.handshake.env().config().sessions().offered();
        return Reachable.openSecrets(side.handshake).stream()
                .filter(s -> offered.stream().noneMatch(o -> o.secret() == s))
                .toList();
    }

    private static void assertUnexpected(String state, StateName name, String kind, TlsException e) {
        // RFC 5246 §7.4.9: there is a rule of its own for this one.
        boolean early = state.equals("AwaitChangeCipherSpec") && kind.startsWith("finished");
        Reason reason = early ? Reason.GOT_A_FIN_BEFORE_A_CCS : Reason.UNEXPECTED_MESSAGE;
        assertEquals(
                AlertDescription.UNEXPECTED_MESSAGE + " " + reason,
                e.alert() + " " + e.reason(),
                () -> kind + ": " + e);
        assertTrue(
                early
                        || e.getMessage().contains("in state " + name)
                                && e.getMessage().contains("allowed is"),
                () -> "what came and what was allowed, but: " + e.getMessage());
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
        Set<String> rows = ALLOWED.keySet().stream().map(k -> k.split(" ")[1]).collect(Collectors.toSet());
        rows.removeAll(Set.of("AwaitClientHello", "AwaitServerHello")); // of TLS 1.3's flow, which a hello leaves
        assertEquals(ReadingStates.of(ClientFlow12.class), new TreeSet<>(rows));
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
        assertTrue(sent.contains(HandshakeMessage.TYPE_CHANGE_CIPHER_SPEC));
        for (HandshakeType t : HandshakeType.values()) {
            assertTrue(sent.contains(t.code()), () -> "no " + t);
        }
    }

    private static List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (Walk.Variant v : Walks12.variants()) {
            Walk w = new Walk(v);
            int step = 0;
            for (Walk.Step s = w.next(); s != null; s = w.next()) {
                points.add(point(w, step++, s.to()));
                w.go();
            }
            w.toTheEnd();
            for (Role r : Role.values()) {
                points.add(point(w, step, r));
            }
        }
        return points;
    }

    private static Point point(Walk w, int step, Role role) {
        String state = w.state(role).getClass().getSimpleName();
        assertTrue(ALLOWED.containsKey(role + " " + state), () -> role + " waits in " + state + ", which has no row");
        return new Point(w.variant, step, role, state, w.side(role).handshake.stateName());
    }
}
