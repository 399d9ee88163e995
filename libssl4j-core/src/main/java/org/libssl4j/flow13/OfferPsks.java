// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.ClientHelloPadding;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.ResumptionRules;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;

/** Chooses the sessions and external keys that a first ClientHello offers (RFC 9846 §4.3.11 [8446 4.2.11]). The callback for external keys may answer "later". The first of them is the one that early data would be under. */
final class OfferPsks implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;

    /** @param offer without pre-shared keys */
    OfferPsks(ClientFlow13 flow, ClientOffer offer) {
        this.flow = flow;
        this.offer = offer;
    }

    @Override
    public StateName name() {
        return StateName.BEFORE;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        if (!offer.hello().extensions().has(ExtensionType.PSK_KEY_EXCHANGE_MODES)) {
            return flow.afterOffer(offer); // no TLS 1.3
        }
        Lookup external = ExternalPsk.ofClient(env);
        if (external == Lookup.LATER) {
            return hs.park(Want.X509_LOOKUP, this);
        }
        List<SessionState> psks = new ArrayList<>();
        env.config().sessions().offered().stream()
                .filter(s -> usable(env, s))
                .map(s -> env.secrets().own(s.copy()))
                .forEach(psks::add);
        if (external.session() != null) {
            psks.add(env.secrets().own(checked(external.session())));
        }
        psks.removeIf(s -> !fits(s));
        return flow.afterOffer(with(env, offer, psks));
    }

    private boolean usable(Env env, SessionState s) {
        if (s.version() != ProtocolVersion.TLS1_3 || s.ticket().length == 0) {
            return false;
        }
        HandshakeConfig config = env.config();
        List<EncodedCertificate> peer =
                s.peerChain().stream().map(env.crypto()::certificate).toList();
        return s.external() || ResumptionRules.forClient(s, config, peer);
    }

    private static SessionState checked(SessionState s) throws TlsException {
        if (s.version() != ProtocolVersion.TLS1_3 || s.ticket().length == 0) {
            s.close();
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.BAD_PSK,
                    "a pre-shared key for " + s.version().text() + " with an identity of " + s.ticket().length
                            + " bytes; it has to be for TLS 1.3, with at least one");
        }
        return s;
    }

    /** RFC 9846 §4.3.11 [8446 4.2.11]: a key is used with suites of its hash alone; one of them has to be offered. */
    private boolean fits(SessionState s) {
        HashAlgorithm hash = s.suite().hash();
        return Arrays.stream(offer.hello().cipherSuites())
                .mapToObj(CipherSuite::of)
                .anyMatch(o -> o != null && o.fits(ProtocolVersion.TLS1_3) && o.hash() == hash);
    }

    /**
     * The offer with these keys in its hello. What has no room in it is left out.
     *
     * @param offer its hello has no pre_shared_key; padding in it is made anew
     */
    static ClientOffer with(Env env, ClientOffer offer, List<SessionState> psks) throws TlsException {
        ExtensionBlock bare = offer.hello().extensions().without(ExtensionType.PADDING);
        List<SessionState> fitting = new ArrayList<>();
        int length = bare.length() + 8; // type, length, and the lengths of both lists
        for (SessionState s : psks) {
            length += 7 + s.ticket().length + s.suite().hash().length();
            if (length <= ExtensionBlock.MOST_BYTES) {
                fitting.add(s);
            }
        }
        if (fitting.isEmpty()) {
            return offer;
        }
        Instant now = env.config().clock().instant();
        ClientHello hello = offer.hello()
                .with(bare.with(new PreSharedKey.Offer(
                        fitting.stream().map(s -> identity(s, now)).toList(), Binders.blank(fitting))));
        env.transcript().mark();
        boolean padding = env.config().extensions().padding();
        ClientHello whole = Binders.fill(env, padding ? ClientHelloPadding.pad(hello) : hello, fitting);
        return offer.with(whole, fitting);
    }

    // RFC 9846 §4.3.11.1 [8446 4.2.11.1]: the ticket's age in milliseconds, hidden; 0 for what is no ticket.
    private static PreSharedKey.Identity identity(SessionState s, Instant now) {
        long age = s.external() ? 0 : Duration.between(s.created(), now).toMillis() + s.ageAdd();
        return new PreSharedKey.Identity(s.ticket(), age & 0xffff_ffffL);
    }
}
