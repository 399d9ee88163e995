// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.carrier.ScriptedPair;

/**
 * A connection that is walked through one message at a time, so that a test can stop before each of them: the side that the message is for waits for it, and may be given something else.
 */
public final class Walk {
    /** A kind of connection, and what its ends do of themselves once nothing is under way any more. */
    public record Variant(
            String name, HandshakeConfig client, HandshakeConfig server, List<Consumer<Walk>> afterwards) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A message under way. */
    public record Step(Role to, HandshakeMessage message) {}

    public final Variant variant;
    public final ScriptedPair pair;
    private final Deque<Step> underWay = new ArrayDeque<>();
    private final Deque<Consumer<Walk>> left;
    private final List<HandshakeMessage> arrived = new ArrayList<>();
    private boolean outstanding;

    public Walk(Variant variant) {
        this.variant = variant;
        this.pair = new ScriptedPair(variant.client(), variant.server(), Configs.CRYPTO, CarrierTraits.TLS);
        this.left = new ArrayDeque<>(variant.afterwards());
        pair.server.advance();
        pair.client.advance();
        collect();
    }

    /** All there are: each state that reads is met by one of them. */
    static List<Variant> variants() {
        HandshakeConfig asks = Configs.serverThatAsks(VerifyMode.PEER);
        HandshakeConfig shows = Configs.client().with(Configs.credentials());
        HandshakeConfig late = shows.with(shows.auth().withPostHandshake(true));
        HandshakeConfig asking = Configs.client();
        asking = asking.with(asking.extensions().withAlpn(List.of("h2")))
                .with(asking.records().with(FragmentLength.of(1)));
        HandshakeConfig otherGroup = Configs.server().with(new GroupList(List.of(NamedGroup.SECP256R1)));
        return List.of(
                new Variant(
                        "plain",
                        asking,
                        Configs.server(),
                        List.of(Walk::ticket, Walk::clientUpdates, Walk::serverUpdates)),
                new Variant("retried", Configs.client(), otherGroup, List.of()),
                new Variant("server without memory", Configs.client(), forgetful(), List.of()),
                new Variant("client shows a certificate", shows, asks, List.of()),
                new Variant("client has no certificate", Configs.client(), asks, List.of()),
                new Variant(
                        "client shows a certificate afterwards",
                        late,
                        asks.with(asks.verification().with(VerifyMode.PEER_POST_HANDSHAKE)),
                        List.of(Walk::request)));
    }

    private static HandshakeConfig forgetful() {
        Secret key = Secret.of(new byte[32]);
        StatelessCookies.Application none = new StatelessCookies.Application() {
            @Override
            public byte[] generate() {
                return new byte[0];
            }

            @Override
            public boolean verify(byte[] cookie) {
                return true;
            }
        };
        return Configs.server().with(new StatelessCookies(key, none));
    }

    // ---- steps -----------------------------------------------------------------------------------------------------

    /** The message that arrives next; null at the end. */
    public Step next() {
        while (underWay.isEmpty() && !left.isEmpty()) {
            left.remove().accept(this);
            collect();
        }
        return underWay.peek();
    }

    /** What has arrived so far. */
    public List<HandshakeMessage> arrived() {
        return arrived;
    }

    /** Lets it arrive. */
    public void go() {
        Step s = underWay.remove();
        outstanding &= s.to() != Role.SERVER;
        arrived.add(s.message());
        side(s.to()).carrier.receive(s.message());
        side(s.to()).advance();
        assertNull(side(s.to()).failure, () -> variant + ": " + side(s.to()).failure);
        collect();
    }

    /** Goes on until so many messages have arrived. */
    public static Walk to(Variant variant, int steps) {
        Walk w = new Walk(variant);
        for (int i = 0; i < steps; i++) {
            w.next();
            w.go();
        }
        w.next();
        return w;
    }

    /** Goes on to the end, which has to be a good one. */
    public void toTheEnd() {
        while (next() != null) {
            go();
        }
        assertTrue(pair.client.negotiated.complete() && pair.server.negotiated.complete(), variant.name());
    }

    /** All messages of a connection, in the order in which they arrive. */
    public static List<Step> all(Variant variant) {
        List<Step> steps = new ArrayList<>();
        Walk w = new Walk(variant);
        for (Step s = w.next(); s != null; s = w.next()) {
            steps.add(s);
            w.go();
        }
        return steps;
    }

    /**
     * Shows a message to the state that this side stands in, and takes it away again. A state changes nothing before it has checked everything, so the connection can go on as if nothing had come; but not if the message was accepted.
     *
     * @return the fault; null if it was accepted
     */
    public TlsException show(Role to, HandshakeMessage m) {
        ScriptedPair.Side victim = side(to);
        victim.carrier.receive(m);
        try {
            State s = state(to);
            State next = s.run(victim.handshake);
            while (next != s && victim.carrier.hasIncoming()) { // left to another state
                s = next;
                next = s.run(victim.handshake);
            }
            return null;
        } catch (TlsException e) {
            victim.carrier.consume();
            return e;
        }
    }

    /** Something else arrives, in place of what is under way; a failure is kept. */
    public ScriptedPair.Side inject(Role to, HandshakeMessage m) {
        ScriptedPair.Side victim = side(to);
        victim.carrier.receive(m);
        victim.advance();
        return victim;
    }

    /** Whatever is under way still arrives, until neither side sends any more, or one has failed. */
    void finish() {
        collect();
        while (pair.client.failure == null && pair.server.failure == null && !underWay.isEmpty()) {
            Step s = underWay.remove();
            side(s.to()).carrier.receive(s.message());
            side(s.to()).advance();
            collect();
        }
    }

    /** Takes away what would arrive next. */
    void lose() {
        underWay.remove();
    }

    public ScriptedPair.Side side(Role role) {
        return role == Role.CLIENT ? pair.client : pair.server;
    }

    /** The state that this side stands in. */
    public State state(Role role) {
        try {
            Field f = Handshake.class.getDeclaredField("state");
            f.setAccessible(true);
            return (State) f.get(side(role).handshake);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private void collect() {
        for (Role from : Role.values()) {
            for (HandshakeMessage m : side(from).carrier.takeSent()) {
                ProtocolVersion v = side(from).carrier.version();
                boolean legacy = v != null && v != ProtocolVersion.TLS1_3;
                if (m != HandshakeMessage.CHANGE_CIPHER_SPEC || legacy) { // the carrier below would drop it
                    underWay.add(new Step(from.peer(), m));
                }
            }
        }
    }

    // ---- what happens after the handshake --------------------------------------------------------------------------

    private void ticket() {
        underWay.add(new Step(
                Role.CLIENT,
                new NewSessionTicket13(3600, 1, new byte[] {1}, new byte[] {2, 3}, ExtensionBlock.EMPTY).toMessage()));
    }

    private void clientUpdates() {
        update(pair.client);
    }

    private void serverUpdates() {
        update(pair.server);
    }

    private static void update(ScriptedPair.Side side) {
        side.handshake.wish(Wish.KEY_UPDATE_OF_BOTH);
        side.advance();
    }

    private void request() {
        pair.server.requestCertificate();
        outstanding = true;
    }

    /** Whether the server has asked after the handshake, and the answer has not begun to arrive. */
    boolean requestOutstanding() {
        return outstanding;
    }
}
