// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.util.Arrays;
import org.libssl4j.carrier.tls.TlsCarrier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.SecretScope;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow12.ClientFlow12;
import org.libssl4j.flow12.ServerFlow12;
import org.libssl4j.flow13.ClientFlow13;
import org.libssl4j.flow13.ServerFlow13;
import org.libssl4j.handshake.Carrier;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Transcript;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyLog;
import org.libssl4j.keyschedule.Keys;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.spi.ProtocolMessage;

/** A connection of the library's own states and carrier that also sends what the library itself does not: messages after the handshake, records of one message each, bytes between the records. Not thread-safe. */
public final class KitEngine implements Engine {
    private final TlsCarrier carrier;
    private final Services services;
    private final Handshake handshake;
    private final byte[] behindFirst;
    private int behindFirstSent;
    private boolean firstSent;
    private boolean closeNotifySent;
    private TrafficSecret own; // what we write under

    private record Services(
            HandshakeConfig config,
            Crypto crypto,
            Transcript transcript,
            Negotiated negotiated,
            Observer observer,
            SecretScope secrets,
            Role role)
            implements Env {}

    /**
     * What is particular about it.
     *
     * @param role which end of the pair it is
     * @param recordPerMessage whether each message has a record of its own
     * @param first a client's first state; null for the usual one
     * @param behindFirstFlight bytes that a client sends behind its first flight
     */
    public record Traits(Role role, boolean recordPerMessage, First first, byte[] behindFirstFlight) {
        /** An end that does nothing particular of itself. */
        public static Traits of(Role role) {
            return new Traits(role, false, null, new byte[0]);
        }
    }

    /** Makes a client's first state. */
    @FunctionalInterface
    public interface First {
        State of(ClientFlow13 flow);
    }

    public KitEngine(Traits traits, HandshakeConfig config, Crypto crypto, Log log) {
        Observer observer = new Watch(log);
        this.behindFirst = traits.behindFirstFlight();
        this.carrier = new TlsCarrier(crypto, observer, config.limits(), config.records(), traits.role());
        this.services = new Services(
                config, crypto, new Transcript(crypto), new Negotiated(), observer, new SecretScope(), traits.role());
        Carrier seen = traits.recordPerMessage() ? new RecordPerMessage(carrier) : carrier;
        this.handshake = new Handshake(services, seen, first(traits));
    }

    private static State first(Traits traits) {
        if (traits.role() == Role.SERVER) {
            return new ServerFlow13(new ServerFlow12()).first();
        }
        ClientFlow13 flow = new ClientFlow13(t -> {}, new ClientFlow12());
        return traits.first() == null ? flow.first() : traits.first().of(flow);
    }

    // ---- what the library does not
    // -----------------------------------------------------------------------------------

    /** Goes on to the next keys for writing. */
    @Override
    public void keyUpdate(boolean requestOne) throws TlsException {
        handshake.post(new KeyUpdate(requestOne).toMessage());
        own = services.secrets().own(own.next());
        handshake.install(
                Epoch.APPLICATION, Direction.WRITE, services.negotiated().suite(), own);
    }

    /** Sends a ticket, of a server. */
    public void ticket(NewSessionTicket13 ticket) throws TlsException {
        handshake.post(ticket.toMessage());
        carrier.endFlight();
    }

    /** Notes what the handshake shows, and keeps the secret that our own key updates begin with. */
    private final class Watch implements Observer {
        private final Log log;

        Watch(Log log) {
            this.log = log;
        }

        @Override
        public void message(boolean sent, int contentType, Epoch epoch, byte[] bytes, int off, int len) {
            log.message(
                    new ProtocolMessage(sent, contentType, epoch.name(), Arrays.copyOfRange(bytes, off, off + len)));
        }

        @Override
        public void stateChanged(StateName from, StateName to) {
            log.info(0, 1, to.longText());
        }

        @Override
        public void alert(boolean sent, int level, int description) {
            log.info(sent ? 1 : 0, level << 8 | description, "");
        }

        @Override
        public void secret(String label, byte[] clientRandom, Secret secret) {
            log.line(KeyLog.line(label, clientRandom, secret));
            if (label.equals(services.role() == Role.CLIENT ? KeyLog.CLIENT_TRAFFIC : KeyLog.SERVER_TRAFFIC)) {
                Hkdf hkdf = new Hkdf(
                        services.crypto().hmac(services.negotiated().suite().hash()));
                own = services.secrets().own(new TrafficSecret(hkdf, Secret.of(secret.getEncoded())));
            }
        }
    }

    /** Each message is a flight of its own. */
    private record RecordPerMessage(Carrier to) implements Carrier {
        @Override
        public HandshakeMessage peek() throws TlsException {
            return to.peek();
        }

        @Override
        public void consume() {
            to.consume();
        }

        @Override
        public void send(HandshakeMessage message) throws TlsException {
            to.send(message);
            to.endFlight();
        }

        @Override
        public void skipEarlyData(int limit) {
            to.skipEarlyData(limit);
        }

        @Override
        public void endFlight() throws TlsException {
            to.endFlight();
        }

        @Override
        public void limitRecords(Direction direction, int bytes) throws TlsException {
            to.limitRecords(direction, bytes);
        }

        @Override
        public void version(ProtocolVersion version) throws TlsException {
            to.version(version);
        }

        @Override
        public void promote(Direction direction) {
            to.promote(direction);
        }

        @Override
        public void requireBoundary() throws TlsException {
            to.requireBoundary();
        }

        @Override
        public boolean drained() {
            return to.drained();
        }

        @Override
        public void alert(AlertDescription alert) {
            to.alert(alert);
        }

        @Override
        public void retire(TlsException why) {
            to.retire(why);
        }

        @Override
        public CarrierTraits traits() {
            return to.traits();
        }

        @Override
        public void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) throws TlsException {
            to.install(epoch, direction, suite, keys);
        }
    }

    // ---- as TlsConnection
    // --------------------------------------------------------------------------------------------

    @Override
    public Want advance() throws TlsException {
        return handshake.advance();
    }

    @Override
    public Want localWant() {
        return Want.NOTHING;
    }

    @Override
    public void requestCertificate() {
        throw new IllegalStateException(
                "a flow where the server asks for a certificate after the handshake needs an Ssl as its server");
    }

    @Override
    public StateName stateName() {
        return handshake.stateName();
    }

    @Override
    public Negotiated negotiated() {
        return services.negotiated();
    }

    @Override
    public TlsException failure() {
        return handshake.failure();
    }

    @Override
    public int read(byte[] dst, int off, int len) throws TlsException {
        if (handshake.failure() != null) {
            throw handshake.failure();
        }
        try {
            while (true) {
                int n = carrier.open(dst, off, len);
                if (n > 0 || carrier.peek() == null || handshake.advance() != Want.NOTHING) {
                    return n;
                }
            }
        } catch (TlsException e) {
            throw handshake.fail(e);
        }
    }

    @Override
    public int write(byte[] src, int off, int len) throws TlsException {
        if (handshake.wish() != Wish.NOTHING) {
            handshake.wish(Wish.NOTHING);
            keyUpdate(false);
            return 0;
        }
        return carrier.drained() ? carrier.seal(src, off, len) : 0;
    }

    @Override
    public void closeNotify() {
        if (!closeNotifySent) {
            closeNotifySent = true;
            carrier.alert(AlertDescription.CLOSE_NOTIFY);
        }
    }

    @Override
    public boolean closeNotifySent() {
        return closeNotifySent;
    }

    @Override
    public boolean closeNotifyReceived() {
        return carrier.closeNotifyReceived();
    }

    @Override
    public int fill(DataCarrier.Source source) throws IOException, TlsException {
        try {
            return carrier.fill(source, false);
        } catch (TlsException e) {
            throw handshake.fail(e);
        }
    }

    @Override
    public int drain(DataCarrier.Sink sink) throws IOException {
        if (carrier.drained()) {
            int n = sink.write(behindFirst, behindFirstSent, behindFirst.length - behindFirstSent);
            behindFirstSent += Math.max(n, 0);
            return n;
        }
        int n = carrier.drain(sink);
        firstSent |= carrier.drained();
        return n;
    }

    @Override
    public boolean drained() {
        return carrier.drained() && (!firstSent || behindFirstSent == behindFirst.length);
    }

    @Override
    public TlsException abandon(TlsException e) {
        return handshake.abandon(e);
    }

    @Override
    public void close() {
        services.secrets().close();
        carrier.close();
    }
}
