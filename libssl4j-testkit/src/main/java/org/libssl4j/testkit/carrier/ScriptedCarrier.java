// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.carrier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Carrier;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.keyschedule.Keys;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;

/** A carrier without records: messages are put in and taken out whole, keys are only noted. It keeps the seam between handshake and carrier honest, and lets a test say just what a peer sends. Not thread-safe. */
public final class ScriptedCarrier implements Carrier {
    private final CarrierTraits traits;
    private final Deque<HandshakeMessage> incoming = new ArrayDeque<>();
    private final List<HandshakeMessage> sent = new ArrayList<>();
    private final List<Installed> installed = new ArrayList<>();
    private final List<AlertDescription> alerts = new ArrayList<>();
    private final Map<Direction, Integer> recordLimits = new EnumMap<>(Direction.class);
    private final Set<Direction> promoted = EnumSet.noneOf(Direction.class);
    private ProtocolVersion version;
    private int flights;
    private boolean stalled;
    private boolean skipsEarlyData;
    private boolean retired;

    /** Keys that were handed over; the secret, in TLS 1.2 and before the key, is a copy. */
    public record Installed(Epoch epoch, Direction direction, CipherSuite suite, Secret secret) {}

    public ScriptedCarrier(CarrierTraits traits) {
        this.traits = traits;
    }

    /** A message that the peer sends. */
    public void receive(HandshakeMessage m) {
        boolean ccs = m == HandshakeMessage.CHANGE_CIPHER_SPEC;
        incoming.add(ccs ? m : HandshakeMessage.received(m.raw().clone()));
    }

    /** What was sent since the last call. */
    public List<HandshakeMessage> takeSent() {
        List<HandshakeMessage> s = new ArrayList<>(sent);
        sent.clear();
        return s;
    }

    public List<Installed> installed() {
        return installed;
    }

    public List<AlertDescription> alerts() {
        return alerts;
    }

    /** Whether output waits for room. */
    public void stall(boolean yes) {
        stalled = yes;
    }

    /** How often a flight ended. */
    public int flights() {
        return flights;
    }

    /** Whether messages wait that no state has taken. */
    public boolean hasIncoming() {
        return !incoming.isEmpty();
    }

    @Override
    public HandshakeMessage peek() {
        return incoming.peek();
    }

    @Override
    public void consume() {
        incoming.remove();
    }

    @Override
    public void send(HandshakeMessage m) {
        sent.add(m);
    }

    @Override
    public void skipEarlyData(int limit) {
        skipsEarlyData = limit > 0;
    }

    /** Whether records that cannot be opened would be dropped. */
    public boolean skipsEarlyData() {
        return skipsEarlyData;
    }

    @Override
    public void endFlight() {
        flights++;
    }

    @Override
    public boolean drained() {
        return !stalled;
    }

    @Override
    public void limitRecords(Direction direction, int bytes) {
        recordLimits.put(direction, bytes);
    }

    /** The most that a record may hold in this direction; null if nothing was said. */
    public Integer recordLimit(Direction direction) {
        return recordLimits.get(direction);
    }

    @Override
    public void version(ProtocolVersion v) {
        version = v;
    }

    /** The version that was chosen; null before. */
    public ProtocolVersion version() {
        return version;
    }

    @Override
    public void promote(Direction direction) {
        promoted.add(direction);
    }

    /** Directions whose keys may protect application data although they were installed for the handshake. */
    public Set<Direction> promoted() {
        return promoted;
    }

    @Override
    public void requireBoundary() {
        // messages come whole
    }

    @Override
    public void alert(AlertDescription alert) {
        alerts.add(alert);
    }

    @Override
    public void retire(TlsException why) {
        retired = true;
    }

    /** Whether the connection has failed and keys were to be wiped. */
    public boolean retired() {
        return retired;
    }

    @Override
    public CarrierTraits traits() {
        return traits;
    }

    @Override
    public void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) {
        Secret secret = keys instanceof KeyBlock.Half half ? half.key() : ((TrafficSecret) keys).secret();
        installed.add(new Installed(epoch, direction, suite, Secret.of(secret.getEncoded())));
        promoted.remove(direction);
    }
}
