// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.spi.VerifyMode;

/** Wherever a connection waits, it gets records that have no place there: change_cipher_spec, application data, alerts of every shape, unknown types (RFC 9846 §5, §6), and messages that end too early. */
class StateByRecord13Test {
    /** Where the victim stands: which keys it reads with, and before which message of its peer. */
    private enum Stage {
        SERVER_AT_FIRST(Role.SERVER, "client_hello", Keys.NONE),
        SERVER_BEFORE_CERTIFICATE(Role.SERVER, "certificate", Keys.HANDSHAKE),
        SERVER_BEFORE_VERIFY(Role.SERVER, "certificate_verify", Keys.HANDSHAKE),
        SERVER_BEFORE_FINISHED(Role.SERVER, "finished", Keys.HANDSHAKE),
        SERVER_CONNECTED(Role.SERVER, null, Keys.APPLICATION),
        CLIENT_BEFORE_SERVER_HELLO(Role.CLIENT, "server_hello", Keys.NONE),
        CLIENT_BEFORE_EXTENSIONS(Role.CLIENT, "encrypted_extensions", Keys.HANDSHAKE),
        CLIENT_BEFORE_REQUEST(Role.CLIENT, "certificate_request", Keys.HANDSHAKE),
        CLIENT_BEFORE_CERTIFICATE(Role.CLIENT, "certificate", Keys.HANDSHAKE),
        CLIENT_BEFORE_VERIFY(Role.CLIENT, "certificate_verify", Keys.HANDSHAKE),
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
    }

    private enum Keys {
        NONE,
        HANDSHAKE,
        APPLICATION
    }

    private static final int CCS = RogueCarrier.CHANGE_CIPHER_SPEC;
    private static final int ALERT = RogueCarrier.ALERT;
    private static final int HANDSHAKE = RogueCarrier.HANDSHAKE;
    private static final int DATA = RogueCarrier.DATA;

    private static Rogue rogue(Role victim) {
        HandshakeConfig client = Configs.client().with(Configs.credentials());
        return new Rogue(victim, client, Configs.serverThatAsks(VerifyMode.PEER));
    }

    private static Rogue run(Stage s, Consumer<RogueCarrier> what) {
        Rogue r = rogue(s.role);
        if (s.before != null) {
            return r.insteadOf(s.before, what).run();
        }
        r.run();
        assertNull(r.failure);
        what.accept(r.carrier);
        return r.run();
    }

    private interface Expected {
        /** Alert and reason; null if the record is passed over. */
        String in(Stage s);
    }

    @TestFactory
    Stream<DynamicTest> whatHasNoPlaceIsRefused() {
        List<DynamicTest> tests = new ArrayList<>();
        // RFC 9846 §5.1: never without protection, and not under the keys of the handshake.
        row(
                tests,
                "application data",
                c -> c.record(DATA, 1),
                s -> s.keys == Keys.APPLICATION ? null : unexpected(Reason.APP_DATA_IN_HANDSHAKE));
        row(
                tests,
                "empty application data",
                c -> c.record(DATA),
                s -> s.keys == Keys.APPLICATION ? null : unexpected(Reason.APP_DATA_IN_HANDSHAKE));
        // RFC 9846 §5: passed over between the first ClientHello and the peer's Finished.
        row(
                tests,
                "change_cipher_spec",
                c -> c.plain(CCS, new byte[] {1}),
                s -> outside(s) ? unexpected(Reason.UNEXPECTED_CCS_MESSAGE) : null);
        row(
                tests,
                "change_cipher_spec of value 2",
                c -> c.plain(CCS, new byte[] {2}),
                s -> unexpected(outside(s) ? Reason.UNEXPECTED_CCS_MESSAGE : Reason.BAD_CHANGE_CIPHER_SPEC));
        row(
                tests,
                "change_cipher_spec of two bytes",
                c -> c.plain(CCS, new byte[] {1, 1}),
                s -> unexpected(outside(s) ? Reason.UNEXPECTED_CCS_MESSAGE : Reason.BAD_CHANGE_CIPHER_SPEC));
        row(
                tests,
                "empty change_cipher_spec",
                c -> c.plain(CCS, new byte[0]),
                s -> unexpected(outside(s) ? Reason.UNEXPECTED_CCS_MESSAGE : Reason.BAD_CHANGE_CIPHER_SPEC));
        // RFC 9846 §5: never protected.
        row(
                tests,
                "protected change_cipher_spec",
                c -> c.record(CCS, 1),
                s -> s.keys == Keys.NONE ? whatUnprotected(s) : unexpected(Reason.UNEXPECTED_CCS_MESSAGE));
        for (int type : new int[] {24, 255}) {
            // RFC 9846 §5: no types but those that are defined; heartbeat was not negotiated.
            row(tests, "a record of type " + type, c -> c.record(type, 1), s -> unexpected(Reason.UNEXPECTED_RECORD));
        }
        // RFC 9846 §5.1: no handshake records without content.
        row(tests, "an empty handshake record", c -> c.record(HANDSHAKE), s -> unexpected(Reason.BAD_LENGTH));
        row(
                tests,
                "a record that is not protected",
                c -> c.plain(HANDSHAKE, new byte[60]),
                s -> s.keys == Keys.NONE
                        ? unexpected(Reason.UNEXPECTED_MESSAGE) // a HelloRequest
                        : AlertDescription.BAD_RECORD_MAC + " " + Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
        row(
                tests,
                "data that are not protected",
                c -> c.plain(DATA, new byte[60]),
                s -> s.keys == Keys.NONE
                        ? unexpected(Reason.APP_DATA_IN_HANDSHAKE)
                        : AlertDescription.BAD_RECORD_MAC + " " + Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
        alerts(tests);
        // RFC 9846 §5.1: nothing between the records of one message.
        row(
                tests,
                "data inside a message",
                c -> c.record(HANDSHAKE, 24, 0, 0).record(DATA, 1),
                s -> unexpected(
                        s.keys == Keys.APPLICATION
                                ? Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA
                                : Reason.APP_DATA_IN_HANDSHAKE));
        return tests.stream();
    }

    private static void alerts(List<DynamicTest> tests) {
        row(tests, "user_canceled", c -> c.record(ALERT, 1, 90), s -> null);
        // RFC 9846 §6: these are sent as fatal. Before the version is known that may be another one's warning.
        row(
                tests,
                "an error alert of level warning",
                c -> c.record(ALERT, 1, 40),
                s -> s.keys == Keys.NONE ? "peer" : AlertDescription.DECODE_ERROR + " " + Reason.INVALID_ALERT);
        row(tests, "an error alert", c -> c.record(ALERT, 2, 40), s -> "peer");
        row(tests, "an unknown alert", c -> c.record(ALERT, 2, 200), s -> "peer");
        row(
                tests,
                "an alert of level 3",
                c -> c.record(ALERT, 3, 40),
                s -> AlertDescription.ILLEGAL_PARAMETER + " " + Reason.UNKNOWN_ALERT_TYPE);
        row(
                tests,
                "half an alert",
                c -> c.record(ALERT, 2),
                s -> AlertDescription.DECODE_ERROR + " " + Reason.INVALID_ALERT);
        row(
                tests,
                "two alerts",
                c -> c.record(ALERT, 1, 90, 1, 90),
                s -> AlertDescription.DECODE_ERROR + " " + Reason.INVALID_ALERT);
        row(tests, "an empty alert", c -> c.record(ALERT), s -> unexpected(Reason.INVALID_ALERT));
        row(
                tests,
                "an alert inside a message",
                c -> c.record(HANDSHAKE, 24, 0, 0).record(ALERT, 1, 90),
                s -> unexpected(Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA));
    }

    private static boolean outside(Stage s) {
        return s == Stage.SERVER_AT_FIRST || s.keys == Keys.APPLICATION;
    }

    /** Without keys nothing is protected: it is a change_cipher_spec like any other. */
    private static String whatUnprotected(Stage s) {
        return outside(s) ? unexpected(Reason.UNEXPECTED_CCS_MESSAGE) : null;
    }

    private static String unexpected(Reason reason) {
        return AlertDescription.UNEXPECTED_MESSAGE + " " + reason;
    }

    private static void row(List<DynamicTest> tests, String name, Consumer<RogueCarrier> what, Expected expected) {
        for (Stage s : Stage.values()) {
            tests.add(DynamicTest.dynamicTest(s + " gets " + name, () -> check(run(s, what), expected.in(s))));
        }
    }

    private static void check(Rogue r, String expected) {
        if (expected == null) {
            assertNull(r.failure, () -> "" + r.failure);
            return;
        }
        TlsException e = r.failure;
        assertNotNull(e, "passed over");
        if (expected.equals("peer")) {
            assertInstanceOf(PeerAlertException.class, e);
            assertEquals(List.of(), r.lastRecords, "an alert is not answered");
        } else {
            assertEquals(expected, e.alert() + " " + e.reason(), e::getMessage);
            assertToldOnce(r, e);
        }
        assertEquals(List.of(), Reachable.openSecrets(r.victim), "secrets are wiped");
        assertSame(e, assertThrows(TlsException.class, r.victim::advance));
        assertSame(e, assertThrows(TlsException.class, () -> r.victim.read(new byte[9], 0, 9)));
        assertSame(e, assertThrows(TlsException.class, () -> r.victim.write(new byte[9], 0, 9)));
    }

    private static void assertToldOnce(Rogue r, TlsException e) {
        assertEquals(1, r.lastRecords.stream().filter(t -> t != CCS).count(), () -> "records: " + r.lastRecords);
        if (r.heard != null) {
            PeerAlertException heard = assertInstanceOf(PeerAlertException.class, r.heard);
            assertEquals(e.alert(), heard.alert(), "the alert that arrives");
        }
    }

    // ---- messages that end too early, and say that they do not -----------------------------------------------------

    @TestFactory
    Stream<DynamicTest> aMessageThatIsLongerThanItsBytesNeverCompletesAConnection() {
        return Arrays.stream(Stage.values())
                .filter(s -> s.before != null)
                .map(s -> DynamicTest.dynamicTest(s + "", () -> {
                    for (int part = 0; part < 8; part++) {
                        cutShort(s, part);
                    }
                }));
    }

    /** What follows is taken for the rest of the message; once the peer waits, so does the victim, for no more than a message. */
    private static void cutShort(Stage s, int part) {
        Rogue r = rogue(s.role);
        r.spoils(s.before, m -> {
                    byte[] raw = m.raw();
                    r.carrier.fragments(Arrays.copyOf(raw, Math.max(1, raw.length * part / 8)), 16_384);
                })
                .run();
        assertFalse(r.victim.complete());
        if (r.failure != null) {
            assertNotEquals(Reason.INTERNAL_ERROR, r.failure.reason());
            assertToldOnce(r, r.failure);
        }
    }

    @TestFactory
    Stream<DynamicTest> aMessageThatIsShorterThanItsBytesNeverCompletesAConnection() {
        return Arrays.stream(Stage.values())
                .filter(s -> s.before != null)
                .map(s -> DynamicTest.dynamicTest(s + "", () -> {
                    Rogue r = rogue(s.role);
                    r.spoils(s.before, m -> r.carrier.message(oneLess(m))).run();
                    assertFalse(r.victim.complete());
                    assertNotNull(r.failure);
                    assertNotEquals(Reason.INTERNAL_ERROR, r.failure.reason());
                    assertToldOnce(r, r.failure);
                }));
    }

    private static HandshakeMessage oneLess(HandshakeMessage m) {
        byte[] raw = m.raw().clone();
        int length = raw.length - 5;
        raw[2] = (byte) (length >> 8);
        raw[3] = (byte) length;
        return HandshakeMessage.received(raw);
    }
}
