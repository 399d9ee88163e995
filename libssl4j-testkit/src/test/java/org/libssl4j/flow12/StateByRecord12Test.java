// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.flow13.Rogue;
import org.libssl4j.flow13.RogueCarrier;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;

/** Wherever a connection of TLS 1.2, 1.1 or 1.0 waits, it gets records that have no place there, and whole records in the wrong order around the change of keys (RFC 5246 §6, §7.1, §7.4.9). */
class StateByRecord12Test {
    /** Where the victim stands: before which message of its peer, and under which keys it reads. */
    private enum Stage {
        SERVER_AT_FIRST(Role.SERVER, "client_hello", Keys.NO_VERSION),
        SERVER_BEFORE_CERTIFICATE(Role.SERVER, "certificate", Keys.NONE),
        SERVER_BEFORE_KEY_EXCHANGE(Role.SERVER, "client_key_exchange", Keys.NONE),
        SERVER_BEFORE_VERIFY(Role.SERVER, "certificate_verify", Keys.NONE),
        SERVER_BEFORE_CHANGE(Role.SERVER, "change_cipher_spec", Keys.NONE),
        SERVER_BEFORE_FINISHED(Role.SERVER, "finished", Keys.HANDSHAKE),
        SERVER_CONNECTED(Role.SERVER, null, Keys.APPLICATION),
        CLIENT_BEFORE_SERVER_HELLO(Role.CLIENT, "server_hello", Keys.NO_VERSION),
        CLIENT_BEFORE_CERTIFICATE(Role.CLIENT, "certificate", Keys.NONE),
        CLIENT_BEFORE_KEY_EXCHANGE(Role.CLIENT, "server_key_exchange", Keys.NONE),
        CLIENT_BEFORE_REQUEST(Role.CLIENT, "certificate_request", Keys.NONE),
        CLIENT_BEFORE_DONE(Role.CLIENT, "server_hello_done", Keys.NONE),
        CLIENT_BEFORE_CHANGE(Role.CLIENT, "change_cipher_spec", Keys.NONE),
        CLIENT_BEFORE_FINISHED(Role.CLIENT, "finished", Keys.HANDSHAKE),
        CLIENT_CONNECTED(Role.CLIENT, null, Keys.APPLICATION);

        final Role role;
        final String before;
        final Keys keys;

        Stage(Role role, String before, Keys keys) {
            this.role = role;
            this.before = before;
            this.keys = keys;
        }

        boolean expectsChange() {
            return "change_cipher_spec".equals(before);
        }
    }

    private enum Keys {
        NO_VERSION,
        NONE,
        HANDSHAKE,
        APPLICATION
    }

    private static final int CCS = RogueCarrier.CHANGE_CIPHER_SPEC;
    private static final int ALERT = RogueCarrier.ALERT;
    private static final int HANDSHAKE = RogueCarrier.HANDSHAKE;
    private static final int DATA = RogueCarrier.DATA;

    private static final String UNEXPECTED = AlertDescription.UNEXPECTED_MESSAGE + " ";
    private static final String BAD_MAC = AlertDescription.BAD_RECORD_MAC + " ";

    private record Victim(Role role, ProtocolVersion version) {
        Rogue rogue() {
            HandshakeConfig client = Configs12.client().with(Configs12.credentials());
            return new Rogue(role, Configs12.at(version, client), Configs12.at(version, Walks12.asking()));
        }
    }

    static Stream<Victim> victims() {
        return Arrays.stream(Role.values()).flatMap(StateByRecord12Test::victims);
    }

    private static Stream<Victim> victims(Role role) {
        return Walks12.VERSIONS.stream().map(v -> new Victim(role, v));
    }

    /** Does this before the message that is waited for, which then comes too. */
    private static Rogue run(Stage s, Victim victim, BiConsumer<RogueCarrier, HandshakeMessage> what) {
        Rogue r = victim.rogue();
        if (s.before != null) {
            return r.spoils(s.before, m -> what.accept(r.carrier, m)).run();
        }
        r.run();
        assertNull(r.failure, () -> "" + r.failure);
        what.accept(r.carrier, null);
        return r.run();
    }

    private static void row(
            List<DynamicTest> tests,
            String name,
            BiConsumer<RogueCarrier, HandshakeMessage> what,
            Function<Stage, String> expected) {
        for (Stage s : Stage.values()) {
            victims(s.role)
                    .forEach(v -> tests.add(DynamicTest.dynamicTest(
                            s + " gets " + name + " in " + v.version().text(),
                            () -> assertEnds(run(s, v, what), expected.apply(s)))));
        }
    }

    private static void assertEnds(Rogue r, String expected) {
        String got = r.failure == null ? null : r.failure.alert() + " " + r.failure.reason();
        assertEquals(expected, got, () -> "" + r.failure);
        if (r.failure != null) {
            assertEquals(List.of(ALERT), r.lastRecords, "one alert");
            assertEquals(List.of(), Reachable.openSecrets(r.victim), "secrets are wiped");
        }
    }

    private static void then(RogueCarrier c, HandshakeMessage m) {
        if (m == HandshakeMessage.CHANGE_CIPHER_SPEC) {
            c.record(CCS, 1);
        } else if (m != null) {
            c.message(m);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatHasNoPlaceIsRefused() {
        List<DynamicTest> tests = new ArrayList<>();
        // RFC 5246 §7.4.9: not before the peer's Finished; and never without protection.
        row(tests, "application data", (c, m) -> c.record(DATA, 1), StateByRecord12Test::data);
        row(tests, "empty application data", (c, m) -> c.record(DATA), StateByRecord12Test::data);
        row(
                tests,
                "application data without protection",
                (c, m) -> c.plain(DATA, new byte[64]),
                s -> s.keys.ordinal() < Keys.HANDSHAKE.ordinal()
                        ? data(s)
                        : BAD_MAC + Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
        // RFC 5246 §7.1: one, after the messages that lead to the keys. A client does not know yet whether TLS 1.3 was
        // chosen, where it means nothing, and judges it once it knows.
        row(tests, "a change_cipher_spec", (c, m) -> then(c.record(CCS, 1), m), s -> switch (s.keys) {
            case NO_VERSION -> UNEXPECTED + Reason.UNEXPECTED_CCS_MESSAGE;
            case NONE ->
                s.expectsChange()
                        ? BAD_MAC + Reason.LENGTH_TOO_SHORT // the second one, which has no protection
                        : UNEXPECTED + Reason.UNEXPECTED_MESSAGE;
            default -> UNEXPECTED + Reason.UNEXPECTED_MESSAGE;
        });
        row(tests, "a change_cipher_spec of value 2", (c, m) -> then(c.record(CCS, 2), m), s -> malformed(s));
        row(tests, "a change_cipher_spec of two bytes", (c, m) -> then(c.record(CCS, 1, 1), m), s -> malformed(s));
        row(tests, "a change_cipher_spec of no bytes", (c, m) -> then(c.record(CCS), m), s -> malformed(s));
        row(
                tests,
                "a change_cipher_spec inside a message",
                (c, m) -> c.record(HANDSHAKE, 20, 0).record(CCS, 1).record(HANDSHAKE, 0, 0),
                s -> UNEXPECTED
                        + switch (s) {
                            case SERVER_AT_FIRST -> Reason.UNEXPECTED_CCS_MESSAGE;
                            // Dropped as in TLS 1.3, and the message is one that does not belong here.
                            case CLIENT_BEFORE_SERVER_HELLO -> Reason.UNEXPECTED_MESSAGE;
                            default -> Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA;
                        });
        row(
                tests,
                "a handshake record without content",
                (c, m) -> c.record(HANDSHAKE),
                s -> UNEXPECTED + Reason.BAD_LENGTH);
        row(tests, "a record of type 24", (c, m) -> c.record(24, 1, 0, 0), s -> UNEXPECTED + Reason.UNEXPECTED_RECORD);
        return tests.stream();
    }

    private static String data(Stage s) {
        return s.keys == Keys.APPLICATION ? null : UNEXPECTED + Reason.APP_DATA_IN_HANDSHAKE;
    }

    private static String malformed(Stage s) {
        if (s.keys != Keys.NO_VERSION) {
            return AlertDescription.ILLEGAL_PARAMETER + " " + Reason.BAD_CHANGE_CIPHER_SPEC;
        }
        // The rules of TLS 1.3 hold for as long as it may be chosen.
        return UNEXPECTED + (s.role == Role.SERVER ? Reason.UNEXPECTED_CCS_MESSAGE : Reason.BAD_CHANGE_CIPHER_SPEC);
    }

    // ---- around the change of keys ---------------------------------------------------------------------------------

    private static Rogue at(Victim victim, String kind, BiConsumer<RogueCarrier, HandshakeMessage> what) {
        Rogue r = victim.rogue();
        return r.spoils(kind, m -> what.accept(r.carrier, m)).run();
    }

    /** RFC 5246 §7.4.9: a Finished without a change_cipher_spec before it. The peer sends it as it comes, without protection. */
    @ParameterizedTest
    @MethodSource("victims")
    void aFinishedBeforeTheChange(Victim victim) {
        HandshakeMessage finished =
                HandshakeMessage.received(new byte[] {20, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3});
        assertEnds(
                at(victim, "change_cipher_spec", (c, m) -> c.message(finished)),
                UNEXPECTED + Reason.GOT_A_FIN_BEFORE_A_CCS);
    }

    /** It has begun under the keys before: whatever its rest is, a message does not span the change. */
    @ParameterizedTest
    @MethodSource("victims")
    void aFinishedAroundTheChange(Victim victim) {
        assertEnds(
                at(
                        victim,
                        "change_cipher_spec",
                        (c, m) -> c.record(HANDSHAKE, 20, 0, 0, 12, 1).record(CCS, 1)),
                UNEXPECTED + Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    /** The first one changed the keys; a second one under them has no place. */
    @ParameterizedTest
    @MethodSource("victims")
    void twoChanges(Victim victim) {
        assertEnds(
                at(victim, "finished", (c, m) -> c.record(CCS, 1).message(m)), UNEXPECTED + Reason.UNEXPECTED_MESSAGE);
        assertEnds(
                at(victim, "finished", (c, m) -> c.plain(CCS, new byte[] {1}).message(m)),
                BAD_MAC + Reason.LENGTH_TOO_SHORT);
    }

    /** RFC 5246 §7.1: from the change on all is under the new keys. */
    @ParameterizedTest
    @MethodSource("victims")
    void aFinishedWithoutProtectionAfterTheChange(Victim victim) {
        assertEnds(at(victim, "finished", (c, m) -> c.plain(HANDSHAKE, m.raw())), BAD_MAC + Reason.LENGTH_TOO_SHORT);
        assertEnds(
                at(victim, "finished", (c, m) -> c.plain(HANDSHAKE, Arrays.copyOf(m.raw(), 64))),
                BAD_MAC + Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    /** RFC 5246 §7.3: the Finished is the last message, and ends its record. */
    @ParameterizedTest
    @MethodSource("victims")
    void bytesBehindTheFinished(Victim victim) {
        assertEnds(
                at(victim, "finished", (c, m) -> c.record(HANDSHAKE, Arrays.copyOf(m.raw(), m.raw().length + 1))),
                UNEXPECTED + Reason.NOT_ON_RECORD_BOUNDARY);
        assertEnds(
                at(victim, "finished", (c, m) -> c.record(HANDSHAKE, twice(m.raw()))),
                UNEXPECTED + Reason.NOT_ON_RECORD_BOUNDARY);
    }

    /** RFC 5246 §7.4.5, §7.3: whoever's turn it is now, the other is silent. */
    @Test
    void bytesBehindTheEndOfAFlight() {
        victims()
                .forEach(v -> assertEnds(
                        at(
                                v,
                                v.role() == Role.CLIENT ? "server_hello_done" : "client_hello",
                                (c, m) -> c.record(HANDSHAKE, twice(m.raw()))),
                        UNEXPECTED + Reason.NOT_ON_RECORD_BOUNDARY));
    }

    /** A message may come in any pieces as long as nothing is between them. */
    @ParameterizedTest
    @MethodSource("victims")
    void aFinishedInPiecesIsTaken(Victim victim) {
        Rogue r = at(victim, "finished", (c, m) -> c.fragments(m.raw(), 1));
        assertNull(r.failure, () -> "" + r.failure);
        assertNull(r.heard, () -> "" + r.heard);
        r.carrier.record(DATA, 1, 2, 3);
        assertEquals(3, r.run().read);
    }

    /** RFC 5246 §7.2.1: the connection is over for the one side, and was not yet there for the other. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void aFatalAlertEndsIt(Stage s) {
        victims(s.role).forEach(v -> {
            Rogue r = run(s, v, (c, m) -> c.record(ALERT, 2, 40));
            assertNotNull(r.failure);
            assertEquals(AlertDescription.HANDSHAKE_FAILURE, r.failure.alert());
            assertEquals(List.of(), r.lastRecords, "an alert is not answered");
            assertEquals(List.of(), Reachable.openSecrets(r.victim), "secrets are wiped");
        });
    }

    private static byte[] twice(byte[] b) {
        byte[] two = Arrays.copyOf(b, 2 * b.length);
        System.arraycopy(b, 0, two, b.length, b.length);
        return two;
    }
}
