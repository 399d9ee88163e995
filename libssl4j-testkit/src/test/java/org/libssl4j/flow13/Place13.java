// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import java.util.Set;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.testkit.carrier.ScriptedPair;

/**
 * A block of extensions of a real connection, and the side that reads it: messages with other blocks are shown to that side one after the other.
 */
final class Place13 {
    final String name;
    /** The column of RFC 9846 §4.3, Table 1. */
    final String column;

    private final Walk.Variant variant;
    private final int step;
    private final int entry;
    private final List<Walk.Step> steps;
    private Walk walk;
    /** What was asked for, where the block is an answer; null where it is none. */
    private Set<Integer> asked;

    private HandshakeMessage message;

    /**
     * @param kind of message, the first of which in a connection of this kind is meant, or the second if {@code again}
     * @param entry of a Certificate; 0 for others
     */
    Place13(String name, String column, Walk.Variant variant, Role to, String kind, boolean again, int entry) {
        this.name = name;
        this.column = column;
        this.variant = variant;
        this.entry = entry;
        this.steps = Walk.all(variant);
        int at = -1;
        int skip = again ? 1 : 0;
        for (int i = 0; at < 0; i++) {
            boolean it = steps.get(i).to() == to
                    && Kinds.kind(steps.get(i).message()).equals(kind);
            at = it && skip-- == 0 ? i : -1;
        }
        this.step = at;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether extensions here answer others. RFC 9846 §4.3: in ServerHello, EncryptedExtensions, HelloRetryRequest and Certificate. */
    boolean answers() {
        return Set.of("SH", "HRR", "EE", "CT").contains(column);
    }

    boolean askedFor(int type) {
        begin();
        return asked.contains(type) || type == 44 && column.equals("HRR");
    }

    /** The message, cut around the block. */
    Cut cut() {
        begin();
        return Cut.of(message, entry);
    }

    /** The message as it is. */
    HandshakeMessage message() {
        begin();
        return message;
    }

    /** Whether a HelloRetryRequest came before. */
    boolean retried() {
        begin();
        return walk.arrived().stream().anyMatch(m -> Kinds.kind(m).equals(Kinds.HELLO_RETRY_REQUEST));
    }

    /** Who reads it. */
    Role reader() {
        return steps.get(step).to();
    }

    /** A connection that stands before the message, which the next one after this has another one of. */
    Walk walkThere() {
        begin();
        Walk w = walk;
        walk = null;
        return w;
    }

    /** What is thrown at this message; null if it is accepted. */
    TlsException show(HandshakeMessage m) {
        begin();
        Role to = steps.get(step).to();
        if (!m.is(HandshakeType.CLIENT_HELLO)) {
            TlsException e = walk.show(to, m);
            walk = e == null ? null : walk;
            return e;
        }
        // A server reads, then asks, then checks: it is made anew for each.
        ScriptedPair.Side server = new Walk(variant).pair.server;
        for (HandshakeMessage before : walk.arrived()) {
            if (before.is(HandshakeType.CLIENT_HELLO)) {
                server.carrier.receive(before);
                server.advance();
            }
        }
        server.carrier.receive(m);
        server.advance();
        return server.failure;
    }

    private void begin() {
        if (walk != null) {
            return;
        }
        walk = Walk.to(variant, step);
        message = walk.next().message();
        message = entry > 0 ? Cut.doubled(message) : message;
        asked = answers() ? Cut.of(question(), 0).extensions().keySet() : Set.of();
    }

    private HandshakeMessage question() {
        boolean request = column.equals("CT") && steps.get(step).to() == Role.SERVER;
        HandshakeType type = request ? HandshakeType.CERTIFICATE_REQUEST : HandshakeType.CLIENT_HELLO;
        return walk.arrived().stream()
                .filter(m -> m.is(type))
                .reduce((a, b) -> b)
                .orElseThrow();
    }
}
