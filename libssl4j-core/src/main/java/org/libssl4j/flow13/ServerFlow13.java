// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import java.util.function.Function;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.flow.Agree;
import org.libssl4j.flow.AskAlpn;
import org.libssl4j.flow.AskClientHello;
import org.libssl4j.flow.AskServerName;
import org.libssl4j.flow.ChooseCertificate;
import org.libssl4j.flow.OlderServerFlow;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.flow.VerifyPeer;
import org.libssl4j.flow13.SendCertificateRequest.Sent;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.negotiate.PeerSignatures;
import org.libssl4j.negotiate.PskChoice;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;

/**
 * What follows what in a server's TLS 1.3 handshake (RFC 9846 §A.2). States ask here for the next one, so that the order stands in one place.
 *
 * <pre>
 *        AwaitClientHello ► [AskClientHello] ► AskServerName
 *                                  │              the application may change the configuration
 *                                  ▼
 *                           ChooseVersion
 *                                  ▼
 *  AwaitClientHello ───────────► FindPsk              a session, or an external key
 *         ▲                        ▼
 *         │                ChooseSuiteAndGroup ─────► SendHelloRetryRequest
 *         │                        │                  (once, if a share or a cookie is lacking) │
 *         └────────────────────────┼────────────────────────────────────────────────┘
 *                                  ▼
 *                   [ChooseCertificate] ► AskAlpn     no certificate with a pre-shared key
 *               ┌──────────────────┘
 *               ▼
 *            [Agree]                              key exchange, unless the pre-shared key alone counts
 *               ▼
 *        SendServerHello
 *               ▼
 *      InstallHandshakeKeys                       from here on encrypted
 *               ▼
 *     SendEncryptedExtensions ────────┐
 *               ▼                     │ with a pre-shared key
 *    [SendCertificateRequest]         │           if the client is to be verified
 *               ▼                     │
 *         SendCertificate ► SignAndSend
 *               ▼                     │
 *          SendFinished ◄─────────────┘           keys for application data: write
 *               ▼
 *  [AwaitCertificate ► VerifyPeer ► AwaitCertificateVerify]
 *               ▼
 *          AwaitFinished                          keys for application data: read
 *               ▼
 *           Connected13 ─── with the next data ──► SendNewSessionTickets ──► back
 *               ├────────── when the user asks ──► SendCertificateRequest ──► back
 *               └────────── Certificate ─────────► AwaitCertificate ► VerifyPeer ► AwaitCertificateVerify ► AwaitFinished ──► back
 * </pre>
 */
public final class ServerFlow13 {
    /** RFC 9846 §4.4.2 [8446 4.3.2]: unique, and such that the client cannot tell it beforehand. */
    private static final int CONTEXT = 32;

    private final OlderServerFlow older;
    private ApplicationKeys keys; // from the end of the handshake on
    private PskModes modes; // of the ClientHello
    private ServerTickets tickets; // from the end of the handshake on
    private int ticketsDue; // with the next application data
    private Sent outstanding; // a request after the handshake that has no answer yet

    /** @param older goes on where the client speaks no TLS 1.3 */
    public ServerFlow13(OlderServerFlow older) {
        this.older = older;
    }

    public State first() {
        return new AwaitClientHello(this, null);
    }

    /** The first state of a server with this configuration, which may want a cookie back before it keeps anything (SSL_stateless(3)). */
    public State firstFor(HandshakeConfig config) {
        return config.cookies() == null ? first() : new AwaitCookie(this);
    }

    State afterNoCookie() {
        return first();
    }

    /** Nothing is looked at before the application has seen it all. */
    State afterClientHello(Handshake hs, ClientHello hello, RetrySent asked) {
        Function<ReceivedClientHello, ClientHelloAnswer> callback =
                hs.env().config().hello().clientHello();
        return callback == null
                ? askServerName(hs, hello, asked)
                : new AskClientHello(callback, hello, (h, shown) -> askServerName(h, shown, asked));
    }

    private State askServerName(Handshake hs, ClientHello hello, RetrySent asked) {
        return new AskServerName(
                hs.env().config().hello().servername(),
                hello,
                (h, accepted) -> new ChooseVersion(this, accepted, asked));
    }

    /** Here TLS 1.2 parts from TLS 1.3. */
    State afterVersion(Handshake hs, AcceptedHello accepted, ProtocolVersion version, RetrySent asked)
            throws TlsException {
        return version == ProtocolVersion.TLS1_3
                ? new FindPsk(this, accepted, asked)
                : older.afterVersion(hs, accepted, version);
    }

    State afterSuiteAndGroup(Handshake hs, ServerChoice choice) throws TlsException {
        if (!choice.retried() && ChooseSuiteAndGroup.toBeAskedAgain(hs.env(), choice.group())) {
            wipe(hs, choice.psk()); // the second ClientHello brings it again
            return new SendHelloRetryRequest(this, choice);
        }
        ExtensionBlock offered = choice.hello().extensions();
        PeerSignatures peer = PeerSignatures.of(offered);
        CertificateAuthorities names = offered.get(ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::read);
        hs.env().negotiated().peerAuthorities(names == null ? List.of() : names.authorities());
        hs.env().negotiated().postHandshakeAuth(offered.has(ExtensionType.POST_HANDSHAKE_AUTH));
        modes = PskModes.of(choice.hello(), hs.env().config());
        if (choice.psk() != null) {
            return askAlpn(choice); // RFC 9846 §2.2: no certificate
        }
        return new ChooseCertificate(
                StateName.SR_CLNT_HELLO,
                ChooseCertificate.Chooser.ofServer13(peer),
                (h, signature) -> askAlpn(choice.with(signature)));
    }

    State afterHelloRetryRequest(RetrySent asked) {
        return new AwaitClientHello(this, asked);
    }

    State afterSecondClientHello(ClientHello hello, RetrySent asked) {
        AcceptedHello accepted =
                new AcceptedHello(hello, asked.first().accepted().nameAccepted());
        return new FindPsk(this, accepted, asked);
    }

    /** @param psk null for none */
    State afterPsk(AcceptedHello accepted, RetrySent asked, PskChoice psk) {
        return new ChooseSuiteAndGroup(this, accepted, asked, psk);
    }

    private State askAlpn(ServerChoice choice) {
        return new AskAlpn(choice.hello(), (hs, alpn) -> agree(hs, choice.withAlpn(alpn)));
    }

    private State agree(Handshake hs, ServerChoice choice) {
        if (choice.group() == null) {
            // RFC 9846 §7.1: without a key exchange as many zeros as the hash is long.
            Secret zeros = Secret.zeros(choice.suite().hash().length());
            return new SendServerHello(this, choice, hs.env().secrets().own(zeros), null);
        }
        KeyExchange.Factory group = hs.env().crypto().keyExchange(choice.group().group());
        return new Agree<>(
                StateName.SR_CLNT_HELLO,
                () -> group.answer(choice.group().share().keyExchange()),
                late -> late.secret().close(),
                (h, answer) ->
                        new SendServerHello(this, choice, h.env().secrets().own(answer.secret()), answer.share()));
    }

    State afterServerHello(Handshake hs, ServerChoice choice, Secret shared) throws TlsException {
        if (!choice.retried()) {
            changeCipherSpec(hs, choice);
        }
        return new InstallHandshakeKeys(
                StateName.SW_SRVR_HELLO,
                choice.suite(),
                choice.psk() == null ? null : choice.psk().session().secret(),
                shared,
                (h, keys) -> afterHandshakeKeys(h, choice, keys));
    }

    private State afterHandshakeKeys(Handshake hs, ServerChoice choice, HandshakeKeys handshakeKeys) {
        wipe(hs, choice.psk());
        return new SendEncryptedExtensions(this, choice, handshakeKeys);
    }

    private static void wipe(Handshake hs, PskChoice psk) {
        if (psk != null) {
            hs.env().secrets().release(psk.session()).close();
        }
    }

    /** RFC 9846 §E.4: one, behind the first of our messages. A client that shows the same sign has to get it; others drop it, and what stands between may be of old. */
    static void changeCipherSpec(Handshake hs, ServerChoice choice) throws TlsException {
        if (choice.hello().sessionId().length > 0
                || hs.env().config().extensions().middleboxCompat()) {
            hs.post(HandshakeMessage.CHANGE_CIPHER_SPEC);
        }
    }

    State afterEncryptedExtensions(Handshake hs, ServerChoice choice, HandshakeKeys keys) {
        // RFC 9846 §4.4.2 [8446 4.3.2], §2.2: with a pre-shared key neither side shows a certificate.
        if (choice.psk() != null) {
            return sendFinished(keys, null);
        }
        if (!hs.env().config().verification().modeFor(false).asksDuringHandshake()) {
            return sendCertificate(choice, keys, null);
        }
        return new SendCertificateRequest(new byte[0], (h, offered) -> sendCertificate(choice, keys, offered));
    }

    /** @param requested our CertificateRequest; null if there was none */
    private State sendCertificate(ServerChoice choice, HandshakeKeys keys, Sent requested) {
        return new SendCertificate(
                StateName.SW_CERT, new byte[0], choice.signature(), hs -> sign(hs, choice, keys, requested));
    }

    private State sign(Handshake hs, ServerChoice choice, HandshakeKeys keys, Sent requested) {
        byte[] input = VerifyInput13.of(Role.SERVER, hs.env().transcript().hash());
        return new SignAndSend(
                StateName.SW_CERT_VRFY,
                choice.signature(),
                input,
                signature -> new CertificateVerify(choice.signature().scheme().code(), signature).toMessage(),
                (h, c) -> sendFinished(keys, requested));
    }

    private State sendFinished(HandshakeKeys keys, Sent requested) {
        return new SendFinished(
                StateName.SW_FINISHED, keys.finished(keys.server()), hs -> afterOwnFinished(hs, keys, requested));
    }

    private State afterOwnFinished(Handshake hs, HandshakeKeys keys, Sent requested) throws TlsException {
        Established13 e = Established13.atServerFinished(hs, keys);
        e.installWrite(hs);
        return requested == null
                ? awaitFinished(e)
                : new AwaitCertificate(
                        StateName.SR_CERT,
                        requested.context(),
                        requested.extensions(),
                        (h, chain) -> afterCertificate(e, chain));
    }

    private State afterCertificate(Established13 e, List<EncodedCertificate> chain) {
        return chain.isEmpty()
                ? awaitFinished(e)
                : new VerifyPeer(StateName.SR_CERT, chain, (hs, peer) -> afterVerification(e, peer));
    }

    private State afterVerification(Established13 e, VerifiedPeer peer) {
        return new AwaitCertificateVerify(StateName.SR_CERT_VRFY, peer, hs -> awaitFinished(e));
    }

    private State awaitFinished(Established13 e) {
        HandshakeKeys keys = e.handshakeKeys();
        return new AwaitFinished(StateName.SR_FINISHED, keys.finished(keys.client()), hs -> afterClientFinished(hs, e));
    }

    private State afterClientFinished(Handshake hs, Established13 e) throws TlsException {
        e.installRead(hs);
        keys = e.complete(hs);
        tickets = new ServerTickets(keys);
        giveTickets(hs, hs.env().negotiated().resumed() ? 1 : Integer.MAX_VALUE);
        if (hs.env().negotiated().postHandshakeAuth()) {
            hs.env().transcript().keep();
        }
        return new Connected13(
                keys,
                null,
                (h, m, back) -> outstanding != null && m.is(HandshakeType.CERTIFICATE) ? afterRequest(back) : null);
    }

    // ---- tickets (RFC 9846 §4.7.1 [8446 4.6.1]) --------------------------------------------------------------------

    /** Gives the client one more ticket to resume by, with the next application data, whatever the configuration has for the number (SSL_new_session_ticket(3)); only after the handshake. False if tickets are of no use to it. */
    public boolean newTicket(Handshake hs) {
        if (tickets == null || !modes.any()) {
            return false;
        }
        give(hs, 1);
        return true;
    }

    /** As many as the configuration says, and {@code most}. */
    private void giveTickets(Handshake hs, int most) {
        int n = Math.min(most, hs.env().config().sessions().numTickets());
        // RFC 9846 §4.3.9 [8446 4.2.9]: no tickets for a client that could not use them.
        if (n > 0 && modes.any()) {
            give(hs, n);
        }
    }

    private void give(Handshake hs, int n) {
        ticketsDue += n;
        hs.withNextData(back -> {
            int due = ticketsDue;
            ticketsDue = 0;
            return new SendNewSessionTickets(tickets, due, back);
        });
    }

    // ---- after the handshake (RFC 9846 §4.7.2 [8446 4.6.2]) --------------------------------------------------------

    /** Whether a request has been sent after the handshake that has no answer yet. */
    public boolean requestOutstanding() {
        return outstanding != null;
    }

    /**
     * Asks the client for its certificate, after the handshake; only if the client offered that and no request is outstanding.
     *
     * @param back the state to come back to
     */
    public State request(Handshake hs, State back) {
        byte[] context = new byte[CONTEXT];
        hs.env().crypto().random(context);
        hs.env().transcript().rewind();
        return new SendCertificateRequest(context, (h, sent) -> {
            outstanding = sent;
            return back;
        });
    }

    private State afterRequest(Connected13 back) {
        return new AwaitCertificate(
                StateName.SR_CERT,
                outstanding.context(),
                outstanding.extensions(),
                (hs, chain) -> afterLateCertificate(hs, chain, back));
    }

    private State afterLateCertificate(Handshake hs, List<EncodedCertificate> chain, Connected13 back) {
        hs.env().negotiated().forgetPeer();
        return chain.isEmpty()
                ? awaitLateFinished(back)
                : new VerifyPeer(
                        StateName.SR_CERT,
                        chain,
                        (h, peer) ->
                                new AwaitCertificateVerify(StateName.SR_CERT_VRFY, peer, x -> awaitLateFinished(back)));
    }

    private State awaitLateFinished(Connected13 back) {
        return new AwaitFinished(StateName.SR_FINISHED, keys.clientFinished(), hs -> {
            outstanding = null;
            ticketsDue = 0;
            giveTickets(hs, Integer.MAX_VALUE); // those that are out tell of another client
            return back;
        });
    }
}
