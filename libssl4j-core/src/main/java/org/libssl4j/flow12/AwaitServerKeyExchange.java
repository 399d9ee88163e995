// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.math.BigInteger;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.SignatureChoice12;

/** Reads the server's half of a Diffie-Hellman exchange (RFC 5246 §7.4.3, RFC 8422 §5.4). It is signed by the key of the server's certificate; with a pre-shared key it is not, and brings a hint (RFC 4279 §3, RFC 5489 §2). */
final class AwaitServerKeyExchange implements State {
    private final ClientOffer offer;
    private final ServerAnswer12 answer;
    private final VerifiedPeer peer;
    private final Next<ServerShare> next;

    /** @param peer null with a pre-shared key */
    AwaitServerKeyExchange(ClientOffer offer, ServerAnswer12 answer, VerifiedPeer peer, Next<ServerShare> next) {
        this.offer = offer;
        this.answer = answer;
        this.peer = peer;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_KEY_EXCH;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.SERVER_KEY_EXCHANGE);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Env env = hs.env();
        KeyExchangeAlgorithm kx = answer.suite().keyExchange();
        ServerKeyExchange exchange = m.parse(ServerKeyExchange.codec(kx, answer.version()));
        NamedGroup curve = kx.ecdhe() ? curve(exchange.group()) : null;
        KeyExchange.Factory group = curve == null
                ? env.crypto().diffieHellman(field(env, exchange))
                : env.crypto().keyExchange(curve);
        byte[] hint = kx.preShared() ? AwaitPskHint.checked(exchange) : null;
        SignatureScheme scheme = kx.signed() ? checkSignature(env, exchange) : null;
        hs.commit(m);
        AwaitPskHint.tell(env.negotiated(), hint);
        if (scheme != null) {
            peer.confirmed(env.negotiated());
            env.negotiated().peerSignature(scheme);
        }
        if (curve != null) {
            env.negotiated().group(curve);
        }
        return next.then(hs, new ServerShare(group, exchange.share(), hint));
    }

    private NamedGroup curve(int code) throws TlsException {
        NamedGroup g = NamedGroup.of(code);
        // RFC 8422 §5.4: of those that were offered. What is no curve alone came with TLS 1.3.
        if (g == null || !g.isCurve() || !offer.hasGroup(code)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_CURVE,
                    String.format(
                            "a ServerKeyExchange with group 0x%04x; allowed are the curves that were offered", code));
        }
        return g;
    }

    private static DhParameters field(Env env, ServerKeyExchange exchange) throws TlsException {
        BigInteger p = new BigInteger(1, exchange.prime());
        // RFC 5246 §F.1.1.3, RFC 7919 §3: how small is too small is for the client to say. What is larger than anyone
        // computes with, even, or has no sound generator is refused by the one who computes.
        if (!env.config().level().allowsDhBits(p.bitLength())) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.DH_KEY_TOO_SMALL,
                    "a ServerKeyExchange with a prime of " + p.bitLength() + " bits; too few for security level "
                            + env.config().level().number());
        }
        return new DhParameters(p, new BigInteger(1, exchange.generator()));
    }

    private SignatureScheme checkSignature(Env env, ServerKeyExchange exchange) throws TlsException {
        SignatureScheme scheme = SignatureChoice12.ofPeer(
                exchange.scheme(), offer.signatures(), peer.certificate(), answer.version(), "ServerKeyExchange");
        byte[] input = KeyExchange12.signed(env.negotiated(), exchange);
        // RFC 5246 §7.2.2, §7.4.3: a signature that does not verify is a decrypt_error.
        if (!env.crypto().verify(peer.certificate().publicKey(), scheme, input, exchange.signature())) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.BAD_SIGNATURE,
                    "a ServerKeyExchange by " + scheme.ianaName() + " that the certificate's key does not confirm");
        }
        return scheme;
    }
}
