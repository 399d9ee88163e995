// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import java.util.function.Consumer;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Agree;
import org.libssl4j.flow.BuildClientHello;
import org.libssl4j.flow.ChooseCertificate;
import org.libssl4j.flow.OlderClientFlow;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.flow.VerifyPeer;
import org.libssl4j.flow13.AwaitCertificateRequest.Asked;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.RetryWish;
import org.libssl4j.negotiate.SignatureChoice;
import org.libssl4j.session.SessionState;

/**
 * What follows what in a client's TLS 1.3 handshake (RFC 9846 §A.1). States ask here for the next one, so that the order stands in one place.
 *
 * <pre>
 *        BuildClientHello ► OfferPsks
 *               ▼
 *        SendClientHello ◄──────────── RetryClientHello
 *               ▼                            ▲
 *        AwaitServerHello ── HelloRetryRequest (once)
 *               │  └─────── an older version ──► OlderClientFlow
 *               ▼
 *            [Agree]                              key exchange, unless the pre-shared key alone counts
 *               ▼
 *      InstallHandshakeKeys                       from here on encrypted
 *               ▼
 *     AwaitEncryptedExtensions ───────┐
 *               ▼                     │ with a pre-shared key
 *     AwaitCertificateRequest         │           (there may be none)
 *               ▼                     │
 *         AwaitCertificate ► VerifyPeer ► AwaitCertificateVerify
 *               ▼                     │
 *          AwaitFinished ◄────────────┘           keys for application data: read
 *               ▼
 *  [ChooseCertificate ► SendCertificate ► SignAndSend]   if asked for; without a certificate an empty one
 *               ▼
 *          SendFinished                           keys for application data: write
 *               ▼
 *           Connected13 ─── CertificateRequest ──► ChooseCertificate ► AnswerRequest ──► back
 * </pre>
 */
public final class ClientFlow13 {
    private final Consumer<SessionState> tickets;
    private final OlderClientFlow older;

    /**
     * The flow of one connection.
     *
     * @param tickets takes what the server gives to resume by
     * @param older goes on where the server has chosen an older version
     */
    public ClientFlow13(Consumer<SessionState> tickets, OlderClientFlow older) {
        this.tickets = tickets;
        this.older = older;
    }

    public State first() {
        return new BuildClientHello((hs, offer) -> new OfferPsks(this, offer));
    }

    State afterOffer(ClientOffer offer) {
        return new SendClientHello(this, offer);
    }

    State afterClientHello(ClientOffer offer) {
        return new AwaitServerHello(this, offer);
    }

    /** Here TLS 1.2 parts from TLS 1.3. */
    State afterOlderServerHello(
            Handshake hs, ClientOffer offer, HandshakeMessage m, ServerHello hello, ProtocolVersion version)
            throws TlsException {
        return older.afterServerHello(hs, offer, m, hello, version);
    }

    State afterHelloRetryRequest(ClientOffer offer, RetryWish wish) {
        return new RetryClientHello(this, offer, wish);
    }

    /**
     * @param answer null if the pre-shared key alone counts
     * @param psk the one that the server has selected, or null
     */
    State afterServerHello(ClientOffer offer, CipherSuite suite, KeyShare.Entry answer, SessionState psk) {
        if (answer == null) {
            // RFC 9846 §7.1: without a key exchange as many zeros as the hash is long.
            return afterAgreement(offer, suite, Secret.zeros(suite.hash().length()), psk);
        }
        ClientOffer.Share share = offer.share(answer.group());
        return new Agree<>(
                StateName.CR_SRVR_HELLO,
                () -> share.exchange().finish(answer.keyExchange()),
                Secret::close,
                (hs, secret) -> afterAgreement(offer, suite, secret, psk));
    }

    private State afterAgreement(ClientOffer offer, CipherSuite suite, Secret secret, SessionState psk) {
        offer.shares().forEach(s -> s.exchange().close());
        return new InstallHandshakeKeys(
                StateName.CR_SRVR_HELLO,
                suite,
                psk == null ? null : psk.secret(),
                secret,
                (hs, keys) -> afterHandshakeKeys(hs, offer, keys, psk != null));
    }

    private State afterHandshakeKeys(Handshake hs, ClientOffer offer, HandshakeKeys keys, boolean resumed) {
        offer.psks().forEach(s -> hs.env().secrets().release(s).close());
        // RFC 9846 §E.4: after a HelloRetryRequest it is out already.
        if (offer.hello().sessionId().length > 0 && !offer.retried()) {
            hs.changeCipherSpecDue();
        }
        return new AwaitEncryptedExtensions(offer, h -> afterEncryptedExtensions(offer, keys, resumed));
    }

    private State afterEncryptedExtensions(ClientOffer offer, HandshakeKeys keys, boolean resumed) {
        // RFC 9846 §4.4.2 [8446 4.3.2], §2.2: who has shown that he knows the key neither shows a certificate nor asks
        // for one.
        return resumed
                ? awaitFinished(offer, keys, null)
                : new AwaitCertificateRequest((hs, asked) -> afterCertificateRequest(offer, keys, asked));
    }

    private State afterCertificateRequest(ClientOffer offer, HandshakeKeys keys, Asked request) {
        return new AwaitCertificate(
                StateName.CR_CERT,
                new byte[0],
                offer.extensionTypes(),
                (hs, chain) -> afterCertificate(offer, keys, request, chain));
    }

    private State afterCertificate(
            ClientOffer offer, HandshakeKeys keys, Asked request, List<EncodedCertificate> chain) {
        return new VerifyPeer(StateName.CR_CERT, chain, (hs, peer) -> afterVerification(offer, keys, request, peer));
    }

    private State afterVerification(ClientOffer offer, HandshakeKeys keys, Asked request, VerifiedPeer peer) {
        return new AwaitCertificateVerify(StateName.CR_CERT_VRFY, peer, hs -> awaitFinished(offer, keys, request));
    }

    private State awaitFinished(ClientOffer offer, HandshakeKeys keys, Asked request) {
        return new AwaitFinished(
                StateName.CR_FINISHED,
                keys.finished(keys.server()),
                hs -> afterServerFinished(hs, offer, keys, request));
    }

    private State afterServerFinished(Handshake hs, ClientOffer offer, HandshakeKeys keys, Asked request)
            throws TlsException {
        Established13 e = Established13.atServerFinished(hs, keys);
        e.installRead(hs);
        // RFC 9846 §E.4: one change_cipher_spec, before the second flight. It leaves with the flight: alone it would
        // cost a packet, and stand in a server's way that still writes its own.
        hs.sendChangeCipherSpec();
        if (request == null) {
            return sendFinished(e);
        }
        return new ChooseCertificate(
                StateName.CW_CERT,
                ChooseCertificate.Chooser.ofClient13(request.signatures()),
                (h, choice) -> sendCertificate(e, request, choice));
    }

    private State sendCertificate(Established13 e, Asked request, SignatureChoice choice) {
        return new SendCertificate(
                StateName.CW_CERT, request.context(), choice, hs -> afterOwnCertificate(hs, e, choice));
    }

    private State afterOwnCertificate(Handshake hs, Established13 e, SignatureChoice choice) {
        if (choice == null) {
            return sendFinished(e); // RFC 9846 §4.5.2 [8446 4.4.3]: an empty Certificate has no CertificateVerify
        }
        byte[] input = VerifyInput13.of(Role.CLIENT, hs.env().transcript().hash());
        return new SignAndSend(
                StateName.CW_CERT_VRFY,
                choice,
                input,
                signature -> new CertificateVerify(choice.scheme().code(), signature).toMessage(),
                (h, c) -> sendFinished(e));
    }

    private State sendFinished(Established13 e) {
        return new SendFinished(
                StateName.CW_FINISHED,
                e.handshakeKeys().finished(e.handshakeKeys().client()),
                hs -> afterOwnFinished(hs, e));
    }

    private State afterOwnFinished(Handshake hs, Established13 e) throws TlsException {
        e.installWrite(hs);
        ApplicationKeys keys = e.complete(hs);
        boolean offered = hs.env().config().auth().postHandshake();
        if (offered) {
            hs.env().transcript().keep();
        }
        return new Connected13(
                keys,
                tickets,
                (h, m, back) -> offered && m.is(HandshakeType.CERTIFICATE_REQUEST) ? answer(h, m, keys, back) : null);
    }

    private State answer(Handshake hs, HandshakeMessage m, ApplicationKeys keys, Connected13 back) throws TlsException {
        Asked asked = Asked.of(m);
        // RFC 9846 §4.7.2 [8446 4.6.2] sets no limit, but each answer costs us a signature and the server next to
        // nothing.
        if (hs.countRequest() > hs.env().config().limits().certificateRequests()) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.UNEXPECTED_MESSAGE,
                    "a CertificateRequest; " + hs.env().config().limits().certificateRequests()
                            + " in a row, without application data between, are allowed");
        }
        hs.env().transcript().rewind();
        hs.commit(m);
        asked.note(hs.env().negotiated());
        return new ChooseCertificate(
                StateName.CR_CERT_REQ,
                ChooseCertificate.Chooser.ofClient13(asked.signatures()),
                (h, choice) -> new AnswerRequest(keys, asked.context(), choice, x -> back));
    }
}
