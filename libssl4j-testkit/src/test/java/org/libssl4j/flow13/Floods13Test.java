// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.SignatureAlgorithms;

/** What a peer may do, but not without end: each flood is refused at a known number, or leads to no more memory than a known one. */
@Timeout(120)
class Floods13Test {
    private static final HandshakeConfig LATE = late();

    private static HandshakeConfig late() {
        HandshakeConfig c = Configs.client().with(Configs.credentials());
        return c.with(c.auth().withPostHandshake(true));
    }

    private static Rogue connected(Role victim) {
        Rogue r = new Rogue(victim, LATE, Configs.server()).run();
        assertNull(r.failure);
        assertNull(r.heard);
        return r;
    }

    /** So many are taken, and the next one ends the connection with unexpected_message. */
    private static void assertBudget(Rogue r, int allowed, Reason reason, ObjIntConsumer<Rogue> one) {
        for (int i = 0; i < allowed; i++) {
            one.accept(r, i);
            r.run();
            assertNull(r.failure, "number " + (i + 1) + " of " + allowed + ": " + r.failure);
        }
        one.accept(r, allowed);
        r.run();
        assertNotNull(r.failure, "number " + (allowed + 1) + " was taken");
        assertEquals(AlertDescription.UNEXPECTED_MESSAGE, r.failure.alert());
        assertEquals(reason, r.failure.reason(), r.failure.getMessage());
        assertEquals(0, held(r), "nothing is kept");
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void emptyRecords(Role victim) {
        assertBudget(connected(victim), 32, Reason.RECORD_TOO_SMALL, (r, i) -> r.carrier.record(RogueCarrier.DATA));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void warningsThatUserCanceled(Role victim) {
        assertBudget(
                connected(victim),
                4,
                Reason.TOO_MANY_WARN_ALERTS,
                (r, i) -> r.carrier.record(RogueCarrier.ALERT, 1, 90));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void changeCipherSpecsInTheHandshake(Role victim) {
        // one is the peer's own, for the client sends a session id
        Rogue r = new Rogue(victim, LATE, Configs.server())
                .insteadOf(victim == Role.SERVER ? "finished" : "encrypted_extensions", c -> {})
                .run();
        assertBudget(r, 31, Reason.RECORD_TOO_SMALL, (x, i) -> x.carrier.plain(20, new byte[] {1}));
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void keyUpdates(Role victim) {
        assertBudget(connected(victim), 32, Reason.TOO_MANY_KEY_UPDATES, (r, i) -> r.handshake.wish(Wish.KEY_UPDATE));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void keyUpdatesThatAskForAnAnswer(Role victim) {
        assertBudget(
                connected(victim),
                32,
                Reason.TOO_MANY_KEY_UPDATES,
                (r, i) -> r.handshake.wish(Wish.KEY_UPDATE_OF_BOTH));
    }

    @Test
    void requestsForACertificateAfterTheHandshake() {
        Rogue r = connected(Role.CLIENT);
        int allowed = LATE.limits().certificateRequests();
        assertBudget(
                r,
                allowed,
                Reason.UNEXPECTED_MESSAGE,
                (x, i) -> x.carrier.message(new CertificateRequest13(
                                new byte[] {(byte) i},
                                ExtensionBlock.builder()
                                        .add(new SignatureAlgorithms(new int[] {0x0403}))
                                        .build())
                        .toMessage()));
    }

    @Test
    void ticketsAreKeptUpToALimit() {
        Rogue r = connected(Role.CLIENT);
        for (int i = 0; i < 2000; i++) {
            r.carrier.message(new NewSessionTicket13(
                            3600, 0, new byte[] {(byte) (i >> 8), (byte) i}, new byte[500], ExtensionBlock.EMPTY)
                    .toMessage());
        }
        r.run();
        assertNull(r.failure);
        assertEquals(LATE.limits().tickets(), r.victim.sessions().all().size());
        assertTrue(
                Reachable.openSecrets(r.victim.sessions()).size()
                        <= LATE.limits().tickets(),
                "older ones are wiped");
    }

    // ---- fragments -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void messagesInRecordsOfOneByteAreTaken(Role victim) {
        Rogue r = new Rogue(victim, LATE, Configs.server());
        r.carrier.hook = m -> {
            r.carrier.fragments(m.raw(), 1);
            return true;
        };
        r.run();
        assertNull(r.failure);
        assertTrue(r.victim.complete());
    }

    /** RFC 9846 §4: a length may be 2^24 - 1. Nobody makes room for it, and the message is refused at its header. */
    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void aMessageThatWouldBeHugeIsRefusedAtItsHeader(HandshakeType type) {
        for (Role victim : Role.values()) {
            Rogue r = new Rogue(victim, LATE, Configs.server());
            byte[] header = {(byte) type.code(), (byte) 0xff, (byte) 0xff, (byte) 0xff};
            r.insteadOf(victim == Role.CLIENT ? "server_hello" : "client_hello", c -> c.fragments(header, 1))
                    .run();
            TlsException e = r.failure;
            assertNotNull(e, () -> victim + " waits for the rest");
            assertEquals(
                    AlertDescription.ILLEGAL_PARAMETER + " " + Reason.EXCESSIVE_MESSAGE_SIZE,
                    e.alert() + " " + e.reason());
            assertEquals(0, held(r));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void ofAMessageThatDoesNotEndNoMoreIsKeptThanItsLimit(Role victim) {
        Rogue r = new Rogue(victim, LATE, Configs.server());
        byte[] most = new byte[4 + 65_536];
        most[0] = (byte) (victim == Role.CLIENT ? 2 : 1);
        most[1] = 1;
        r.insteadOf(
                        victim == Role.CLIENT ? "server_hello" : "client_hello",
                        c -> c.fragments(java.util.Arrays.copyOf(most, most.length - 1), 1000))
                .run();
        assertNull(r.failure, () -> "" + r.failure);
        assertTrue(held(r) <= most.length + 20_000, held(r) + " bytes are held");
        r.carrier.plain(RogueCarrier.HANDSHAKE, new byte[1]);
        r.run();
        assertNotNull(r.failure);
        assertEquals(AlertDescription.DECODE_ERROR, r.failure.alert(), r.failure.getMessage());
        assertEquals(0, held(r));
    }

    /** Bytes in arrays of the record layer's. */
    private static long held(Rogue r) {
        return Reachable.from(r.victim).stream()
                .filter(o -> o.getClass().getPackageName().endsWith("carrier.tls"))
                .mapToLong(Floods13Test::arrays)
                .sum();
    }

    private static long arrays(Object o) {
        return switch (o.getClass().getSimpleName()) {
            case "OutBuffer", "Plaintext", "InBuffer" ->
                ((byte[]) Reachable.value("array", o)).length <= 5 ? 0 : ((byte[]) Reachable.value("array", o)).length;
            case "MessageAssembler" ->
                Reachable.value("raw", o) == null ? 0 : ((byte[]) Reachable.value("raw", o)).length;
            default -> 0;
        };
    }
}
