// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import org.libssl4j.config.PskSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Agree;
import org.libssl4j.flow.BuildClientHello;
import org.libssl4j.flow.ChooseCertificate;
import org.libssl4j.flow.Next;
import org.libssl4j.flow.OlderClientFlow;
import org.libssl4j.flow.PreviousHandshake;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.flow.Then;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.flow.VerifyPeer;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.PskPremaster;
import org.libssl4j.message.CertificateRequest12;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.LegacyCertificateVerify;
import org.libssl4j.message.NewSessionTicket12;
import org.libssl4j.message.ServerHello;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.ServerKeyRules;
import org.libssl4j.negotiate.SignatureChoice;
import org.libssl4j.negotiate.SignatureChoice12;

/**
 * What follows what in a client's handshake of TLS 1.2 and before (RFC 5246 §7.3). States ask here for the next one, so that the order stands in one place.
 *
 * <pre>
 *      AwaitServerHello                           of TLS 1.3's flow; of a renegotiation
 *            │                                    BuildClientHello ► SendClientHello12 ► AwaitServerHello12
 *            ▼
 *    AcceptServerHello12 ──── the session is resumed ────► [AwaitNewSessionTicket12]
 *            │                                                    ▼
 *            │                                     AwaitChangeCipherSpec ► AwaitFinished12
 *            │                                                    ▼
 *            │                                     SendChangeCipherSpec ► SendFinished12 ► Connected12
 *            ▼
 *   [AwaitCertificate12 ► VerifyPeer]             unless keys were shared before
 *            ▼
 *  [AwaitServerKeyExchange]                       unless we encrypt the premaster secret for the server's key;
 *            │                                    AwaitPskHint where a key that was shared before is all
 *            ▼
 *  [AwaitCertificateRequest12]                    if the server has a certificate (there may be none even then)
 *            ▼
 *    AwaitServerHelloDone
 *            ▼
 *  [ChooseCertificate ► SendCertificate12]        if asked for; without a certificate an empty one
 *            ▼
 *  [AskPsk ►] Agree ► SendClientKeyExchange       from here on there is a master secret
 *            ▼
 *       [SignAndSend]                             if a certificate was shown
 *            ▼
 *    SendChangeCipherSpec ► SendFinished12
 *            ▼
 *  [AwaitNewSessionTicket12]                      if the ServerHello has announced it
 *            ▼
 *    AwaitChangeCipherSpec ► AwaitFinished12
 *            ▼
 *        Connected12
 * </pre>
 */
public final class ClientFlow12 implements OlderClientFlow {
    private static final int PREMASTER = 48;

    /** What the server's first flight has brought. */
    private record Flight(
            ClientOffer offer,
            ServerAnswer12 answer,
            VerifiedPeer peer,
            ServerShare share,
            CertificateRequest12 request) {
        /** What it brings without a certificate, for keys were shared before. */
        static Flight withoutCertificate(ClientOffer offer, ServerAnswer12 answer, ServerShare share) {
            return new Flight(offer, answer, null, share, null);
        }

        boolean preShared() {
            return answer.suite().keyExchange().preShared();
        }
    }

    private final Renegotiation12 renegotiation;
    private final PreviousHandshake before; // null in the first handshake of a connection

    /** The flow of a connection's first handshake. */
    public ClientFlow12() {
        this.renegotiation = new Renegotiation12((hs, none, previous) -> new ClientFlow12(this, previous).first());
        this.before = null;
    }

    /** The flow of a renegotiation. */
    private ClientFlow12(ClientFlow12 first, PreviousHandshake before) {
        this.renegotiation = first.renegotiation;
        this.before = before;
    }

    /** What a renegotiation is bound to; null in the first handshake of a connection. */
    PreviousHandshake before() {
        return before;
    }

    private State first() {
        return new BuildClientHello(before, (hs, offer) -> new SendClientHello12(this, offer));
    }

    State afterClientHello(ClientOffer offer) {
        return new AwaitServerHello12(this, offer, before.version());
    }

    @Override
    public State afterServerHello(
            Handshake hs, ClientOffer offer, HandshakeMessage m, ServerHello hello, ProtocolVersion version) {
        offer.shares().forEach(s -> s.exchange().close()); // TLS 1.3 alone has them in its ClientHello
        return new AcceptServerHello12(this, offer, m, hello, version);
    }

    /** RFC 5246 §7.3: in a resumption the server's Finished goes first. */
    State resume(Handshake hs, ServerAnswer12 answer) {
        hs.env().negotiated().session(answer.resumed().copy());
        Established12 e = Established12.resumed(hs, answer.resumed(), answer.encryptThenMac());
        return awaitTicket(answer, e, (h, ticket) -> sendChangeCipherSpec(e, x -> resumed(x, answer, e, ticket)));
    }

    State afterServerHello(ClientOffer offer, ServerAnswer12 answer) throws TlsException {
        KeyExchangeAlgorithm kx = answer.suite().keyExchange();
        if (kx.preShared()) {
            RenegotiationRules.checkServer(before, List.of());
        }
        if (kx == KeyExchangeAlgorithm.PSK) {
            return new AwaitPskHint(answer.version(), (hs, hint) -> {
                ServerShare share = new ServerShare(null, null, hint);
                return awaitServerHelloDone(Flight.withoutCertificate(offer, answer, share));
            });
        }
        if (kx.preShared()) {
            return new AwaitServerKeyExchange(
                    offer,
                    answer,
                    null,
                    (hs, share) -> awaitServerHelloDone(Flight.withoutCertificate(offer, answer, share)));
        }
        return new AwaitCertificate12(StateName.CR_CERT, (hs, chain) -> afterCertificate(offer, answer, chain));
    }

    private State afterCertificate(ClientOffer offer, ServerAnswer12 answer, List<EncodedCertificate> chain)
            throws TlsException {
        RenegotiationRules.checkServer(before, chain);
        ServerKeyRules.check(chain.get(0), answer.suite(), offer);
        return new VerifyPeer(StateName.CR_CERT, chain, (hs, peer) -> afterVerification(offer, answer, peer));
    }

    private State afterVerification(ClientOffer offer, ServerAnswer12 answer, VerifiedPeer peer) {
        return answer.suite().keyExchange() == KeyExchangeAlgorithm.RSA
                ? awaitCertificateRequest(offer, answer, peer, null)
                : new AwaitServerKeyExchange(
                        offer, answer, peer, (hs, share) -> awaitCertificateRequest(offer, answer, peer, share));
    }

    private State awaitCertificateRequest(
            ClientOffer offer, ServerAnswer12 answer, VerifiedPeer peer, ServerShare share) {
        return new AwaitCertificateRequest12(
                answer.version(),
                (hs, request) -> awaitServerHelloDone(new Flight(offer, answer, peer, share, request)));
    }

    private State awaitServerHelloDone(Flight f) {
        return new AwaitServerHelloDone(hs -> f.request == null
                ? agree(hs, f, null)
                : new ChooseCertificate(
                        StateName.CW_CERT,
                        config -> SignatureChoice12.forClient(config, f.request, f.answer.version()),
                        (h, choice) -> sendCertificate(f, choice)));
    }

    private State sendCertificate(Flight f, SignatureChoice choice) {
        return new SendCertificate12(StateName.CW_CERT, choice, hs -> agree(hs, f, choice));
    }

    private State agree(Handshake hs, Flight f, SignatureChoice choice) {
        if (f.preShared()) {
            return new AskPsk(StateName.CW_KEY_EXCH, f.share.hint(), (h, psk) -> agreeBesides(h, f, psk));
        }
        Crypto crypto = hs.env().crypto();
        return new Agree<>(
                StateName.CW_KEY_EXCH,
                () -> f.share == null ? encrypted(crypto, f) : f.share.group().answer(f.share.share()),
                late -> late.secret().close(),
                (h, ours) -> {
                    h.env().secrets().own(ours.secret());
                    return new SendClientKeyExchange(f.answer, null, ours, (x, e) -> afterKeyExchange(x, f, choice, e));
                });
    }

    /** RFC 4279 §2, §3: beside the key that was shared before there may be a Diffie-Hellman exchange. */
    private State agreeBesides(Handshake hs, Flight f, PskSource.Answer psk) {
        hs.env().negotiated().pskIdentity(psk.identity());
        return f.share.group() == null
                ? sendIdentity(hs, f, psk, null, null)
                : new Agree<>(
                        StateName.CW_KEY_EXCH,
                        () -> f.share.group().answer(f.share.share()),
                        late -> late.secret().close(),
                        (h, ours) -> sendIdentity(h, f, psk, ours.share(), ours.secret()));
    }

    private State sendIdentity(Handshake hs, Flight f, PskSource.Answer psk, byte[] share, Secret other) {
        Secret premaster =
                hs.env().secrets().own(PskPremaster.of(other, hs.env().secrets().release(psk.key())));
        return new SendClientKeyExchange(
                f.answer,
                psk.identity(),
                new KeyExchange.Answer(share, premaster),
                (h, e) -> afterKeyExchange(h, f, null, e));
    }

    // RFC 5246 §7.4.7.1: the version that the ClientHello has named, whatever was chosen, and 46 random bytes.
    private static KeyExchange.Answer encrypted(Crypto crypto, Flight f) throws TlsException {
        byte[] premaster = new byte[PREMASTER];
        crypto.random(premaster);
        int version = f.offer.hello().legacyVersion();
        premaster[0] = (byte) (version >> 8);
        premaster[1] = (byte) version;
        Secret secret = Secret.of(premaster);
        try {
            return new KeyExchange.Answer(
                    crypto.encryptPremaster(f.peer.certificate().publicKey(), secret), secret);
        } catch (TlsException | RuntimeException e) {
            secret.close();
            throw e;
        }
    }

    private State afterKeyExchange(Handshake hs, Flight f, SignatureChoice choice, Established12 e)
            throws TlsException {
        if (choice == null) {
            hs.env().transcript().dropMessages();
            return finish(f, e); // RFC 5246 §7.4.8: who showed no certificate signs nothing
        }
        byte[] input = hs.env().transcript().messages();
        hs.env().transcript().dropMessages();
        return new SignAndSend(
                StateName.CW_CERT_VRFY,
                choice,
                input,
                signature -> certificateVerify(f.answer.version(), choice, signature),
                (h, c) -> finish(f, e));
    }

    private static HandshakeMessage certificateVerify(
            ProtocolVersion version, SignatureChoice choice, byte[] signature) {
        return version == ProtocolVersion.TLS1_2
                ? new CertificateVerify(choice.scheme().code(), signature).toMessage()
                : new LegacyCertificateVerify(signature).toMessage();
    }

    private State finish(Flight f, Established12 e) {
        return sendChangeCipherSpec(
                e, hs -> awaitTicket(f.answer, e, (h, ticket) -> afterPeerFinished(h, f, e, ticket)));
    }

    private static State sendChangeCipherSpec(Established12 e, Then next) {
        return new SendChangeCipherSpec(
                StateName.CW_CHANGE, e, hs -> new SendFinished12(StateName.CW_FINISHED, e, next));
    }

    /** The server's end of a handshake, full or not; hands on the ticket, or null. */
    private static State awaitTicket(ServerAnswer12 answer, Established12 e, Next<NewSessionTicket12> next) {
        return answer.ticket()
                ? new AwaitNewSessionTicket12((hs, ticket) -> awaitChangeCipherSpec(e, h -> next.then(h, ticket)))
                : awaitChangeCipherSpec(e, h -> next.then(h, null));
    }

    private static State awaitChangeCipherSpec(Established12 e, Then next) {
        return new AwaitChangeCipherSpec(
                StateName.CR_CHANGE, e, hs -> new AwaitFinished12(StateName.CR_FINISHED, e, next));
    }

    private State afterPeerFinished(Handshake hs, Flight f, Established12 e, NewSessionTicket12 ticket)
            throws TlsException {
        if (f.share == null) {
            f.peer.confirmed(hs.env().negotiated()); // nothing was signed: it has decrypted the premaster secret
        }
        return connected(hs, f.answer, e, ticket);
    }

    /** The server knows the master secret, so it is who it was then. */
    private State resumed(Handshake hs, ServerAnswer12 answer, Established12 e, NewSessionTicket12 ticket)
            throws TlsException {
        SessionParameters.restore(hs.env(), answer.resumed());
        return connected(hs, answer, e, ticket);
    }

    private State connected(Handshake hs, ServerAnswer12 answer, Established12 e, NewSessionTicket12 ticket)
            throws TlsException {
        e.complete(hs);
        renegotiation.established(hs, e);
        Session12.ofClient(hs.env(), e, answer, ticket);
        return new Connected12(renegotiation);
    }
}
