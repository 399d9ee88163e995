// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.SecretScope;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow12.ClientFlow12;
import org.libssl4j.flow12.ServerFlow12;
import org.libssl4j.flow13.ClientFlow13;
import org.libssl4j.flow13.ServerFlow13;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Transcript;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.session.SessionState;

/** A client's and a server's handshake, each on a {@link ScriptedCarrier}; messages go from one to the other through a hand that may change them. */
public final class ScriptedPair {
    public final Side client;
    public final Side server;

    /** One side. */
    public static final class Side {
        public final ScriptedCarrier carrier;
        public final Handshake handshake;
        public final Negotiated negotiated = new Negotiated();
        public final SecretScope secrets = new SecretScope();
        private final ServerFlow13 flow = new ServerFlow13(new ServerFlow12());
        public final List<SessionState> tickets = new ArrayList<>();
        public Want want;
        public TlsException failure;

        Side(Role role, Supplier<HandshakeConfig> config, Crypto crypto, CarrierTraits traits) {
            carrier = new ScriptedCarrier(traits);
            Env env = new Services(config, crypto, new Transcript(crypto), negotiated, Observer.NONE, secrets, role);
            handshake = new Handshake(
                    env,
                    carrier,
                    role == Role.CLIENT
                            ? new ClientFlow13(tickets::add, new ClientFlow12()).first()
                            : flow.firstFor(config.get()));
        }

        /** Asks the client for its certificate, after the handshake. */
        public void requestCertificate() {
            handshake.interject(back -> flow.request(handshake, back));
            advance();
        }

        /** Says what goes with the next application data. */
        public void dataGoes() {
            try {
                handshake.dataGoes();
            } catch (TlsException e) {
                failure = e;
            }
        }

        /** Gives the client another ticket, with the next application data. */
        public boolean newTicket() {
            return flow.newTicket(handshake);
        }

        /** Goes on; a failure is kept. */
        public void advance() {
            try {
                want = handshake.advance();
            } catch (TlsException e) {
                failure = e;
            }
        }
    }

    private record Services(
            Supplier<HandshakeConfig> settings,
            Crypto crypto,
            Transcript transcript,
            Negotiated negotiated,
            Observer observer,
            SecretScope secrets,
            Role role)
            implements Env {
        @Override
        public HandshakeConfig config() {
            return settings.get();
        }
    }

    /** Changes a message on its way; returns what arrives, in order. */
    @FunctionalInterface
    public interface Hand {
        List<HandshakeMessage> pass(Role from, HandshakeMessage m);
    }

    public ScriptedPair(HandshakeConfig client, HandshakeConfig server, Crypto crypto, CarrierTraits traits) {
        this(client, () -> server, crypto, traits);
    }

    /** @param server gives the server's configuration, which a callback may change */
    public ScriptedPair(HandshakeConfig client, Supplier<HandshakeConfig> server, Crypto crypto, CarrierTraits traits) {
        this.client = new Side(Role.CLIENT, () -> client, crypto, traits);
        this.server = new Side(Role.SERVER, server, crypto, traits);
    }

    /** Lets both run until neither sends any more, or one fails. */
    public ScriptedPair run(Hand hand) {
        boolean moved = true;
        client.advance();
        while (moved && client.failure == null && server.failure == null) {
            moved = pass(client, server, Role.CLIENT, hand) | pass(server, client, Role.SERVER, hand);
        }
        return this;
    }

    /** Lets both run, with nothing changed. */
    public ScriptedPair run() {
        return run((from, m) -> List.of(m));
    }

    private static boolean pass(Side from, Side to, Role role, Hand hand) {
        List<HandshakeMessage> sent = from.carrier.takeSent();
        for (HandshakeMessage m : sent) {
            // Who has not yet looked at the ServerHello before it does not know the version.
            ProtocolVersion version = to.carrier.version() == null ? from.carrier.version() : to.carrier.version();
            boolean tls13 = version == null || version == ProtocolVersion.TLS1_3;
            if (m == HandshakeMessage.CHANGE_CIPHER_SPEC && tls13) {
                continue; // the carrier below would drop it
            }
            hand.pass(role, m).forEach(to.carrier::receive);
        }
        if (!sent.isEmpty()) {
            to.advance();
        }
        return !sent.isEmpty();
    }
}
