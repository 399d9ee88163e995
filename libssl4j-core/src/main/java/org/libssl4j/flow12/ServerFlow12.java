// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import java.util.function.Function;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
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
import org.libssl4j.flow.PreviousHandshake;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.flow.Then;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.flow.VerifyPeer;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.PskPremaster;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.negotiate.DowngradeRules;
import org.libssl4j.negotiate.RecordSizes;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.negotiate.SignatureChoice;
import org.libssl4j.negotiate.SuiteChoice12;
import org.libssl4j.negotiate.VersionChoice;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;

/**
 * What follows what in a server's handshake of TLS 1.2 and before (RFC 5246 §7.3). States ask here for the next one, so that the order stands in one place.
 *
 * <pre>
 *      ChooseVersion                              of TLS 1.3's flow; of a renegotiation
 *            │                                    [AskClientHello] ► AskServerName
 *            ▼
 *    FetchSession12 ──── a session to resume ────► AskAlpn ► SendServerHello12
 *            │                                           ▼
 *            │                            [SendNewSessionTicket12]           if the ticket is to be renewed
 *            │                                           ▼
 *            │                            SendChangeCipherSpec ► SendFinished12
 *            │                                           ▼
 *            │                            AwaitChangeCipherSpec ► AwaitFinished12 ► Connected12
 *            ▼
 *    ChooseCertificate ► ChooseSuite12 ► [AskAlpn]      the protocol of a connection stays
 *            ▼
 *    SendServerHello12
 *            ▼
 *   [SendCertificate12]                           unless keys were shared before
 *            ▼
 *  [Agree ► SignAndSend]                          the server's key pair, and its ServerKeyExchange;
 *            │                                    SendServerKeyExchange if keys were shared before
 *            ▼
 *  [SendCertificateRequest12]                     if the client is to be verified
 *            ▼
 *   SendServerHelloDone
 *            ▼
 *  [AwaitCertificate12 ► VerifyPeer]
 *            ▼
 *  AwaitClientKeyExchange ► [AskPsk ►] Agree      from here on there is a master secret
 *            ▼
 *  [AwaitCertificateVerify12]
 *            ▼
 *  AwaitChangeCipherSpec ► AwaitFinished12
 *            ▼
 *  [SendNewSessionTicket12]                       if the client takes tickets
 *            ▼
 *  SendChangeCipherSpec ► SendFinished12
 *            ▼
 *       Connected12
 * </pre>
 */
public final class ServerFlow12 implements OlderServerFlow {
    private final Renegotiation12 renegotiation;
    private final PreviousHandshake before; // null in the first handshake of a connection

    /** The flow of a connection's first handshake. */
    public ServerFlow12() {
        this.renegotiation = new Renegotiation12((hs, m, previous) -> new ServerFlow12(this, previous).first(hs, m));
        this.before = null;
    }

    /** The flow of a renegotiation. */
    private ServerFlow12(ServerFlow12 first, PreviousHandshake before) {
        this.renegotiation = first.renegotiation;
        this.before = before;
    }

    /** Whether a HelloRequest was sent that the client has not answered. */
    public boolean renegotiationRequested() {
        return renegotiation.requested();
    }

    private State first(Handshake hs, HandshakeMessage m) throws TlsException {
        ClientHello hello = m.parse(ClientHello::read);
        SecureRenegotiation.check(hello, before);
        hs.commit(m);
        Negotiated n = hs.env().negotiated();
        n.clientRandom(hello.random());
        n.clientVersion(hello.legacyVersion());
        Function<ReceivedClientHello, ClientHelloAnswer> callback =
                hs.env().config().hello().clientHello();
        return callback == null ? askServerName(hs, hello) : new AskClientHello(callback, hello, this::askServerName);
    }

    private State askServerName(Handshake hs, ClientHello hello) {
        return new AskServerName(hs.env().config().hello().servername(), hello, this::keepVersion);
    }

    private State keepVersion(Handshake hs, AcceptedHello accepted) throws TlsException {
        Env env = hs.env();
        // RFC 5246 §7.4.1.2 leaves it open; as OpenSSL has it, the version is the connection's.
        ProtocolVersion version =
                VersionChoice.forServer(accepted.hello(), new Versions(before.version(), before.version()));
        env.negotiated().version(version);
        env.negotiated()
                .maxFragment(RecordSizes.forServer12(
                                accepted.hello().extensions(), env.config().records())
                        .maxFragment());
        return afterVersion(hs, accepted, version);
    }

    @Override
    public State afterVersion(Handshake hs, AcceptedHello accepted, ProtocolVersion version) throws TlsException {
        DowngradeRules.checkFallback(
                accepted.hello(), version, hs.env().config().versions());
        ClientHelloRules12.check(accepted.hello());
        hs.version(version);
        hs.requireBoundary(); // RFC 5246 §7.3: the client waits now for what we answer
        // A renegotiation is there for fresh keys, or for another identity; neither comes from an old session.
        return before != null
                ? chooseCertificate(accepted, version)
                : new FetchSession12(accepted.hello(), (h, found) -> afterLookup(h, accepted, version, found));
    }

    private State afterLookup(Handshake hs, AcceptedHello accepted, ProtocolVersion version, Lookup found)
            throws TlsException {
        Env env = hs.env();
        Negotiated n = env.negotiated();
        SessionState s = found.session();
        if (s == null) {
            return chooseCertificate(accepted, version);
        }
        if (!ResumptionRules12.mayResume(
                s, accepted.hello(), env.config(), version, n.serverName(), n.maxFragment(), env.crypto())) {
            env.secrets().release(s).close();
            return chooseCertificate(accepted, version);
        }
        n.suite(s.suite());
        n.peerOffer(PeerOffer.of(accepted.hello()));
        n.session(s.copy());
        env.transcript().choose(ChooseSuite12.transcriptHash(version, s.suite().hash()));
        ExtensionBlock offered = accepted.hello().extensions();
        ServerChoice12 choice = new ServerChoice12(
                accepted,
                version,
                new SuiteChoice12(s.suite(), null, null, null),
                null,
                s.extendedMasterSecret(),
                ChooseSuite12.encryptsThenMac(env.config().legacy(), offered, s.suite()),
                SessionAnswer12.resuming(s, found.renew(), accepted.hello(), env.config()));
        return afterSuite(hs, choice);
    }

    private State chooseCertificate(AcceptedHello accepted, ProtocolVersion version) {
        // The certificates may be the application's to set now; which one is shown depends on the suite.
        return new ChooseCertificate(
                StateName.SR_CLNT_HELLO, config -> null, (h, none) -> new ChooseSuite12(this, accepted, version));
    }

    State afterSuite(Handshake hs, ServerChoice12 choice) throws TlsException {
        RenegotiationRules.checkBinding(before, choice.extendedMasterSecret());
        if (before != null) {
            return sendServerHello(hs, choice);
        }
        return new AskAlpn(choice.hello(), (h, alpn) -> sendServerHello(h, choice.withAlpn(alpn)));
    }

    private State sendServerHello(Handshake hs, ServerChoice12 choice) throws TlsException {
        byte[] renegotiated = SecureRenegotiation.answer(hs, choice.hello(), before);
        return new SendServerHello12(
                choice,
                renegotiated,
                h -> choice.session().resumed() == null ? sendCertificate(h, choice) : resume(h, choice));
    }

    /** RFC 5246 §7.3: the server's Finished goes first. */
    private State resume(Handshake hs, ServerChoice12 choice) {
        SessionState s = choice.session().resumed();
        Established12 e = Established12.resumed(hs, s, choice.encryptThenMac());
        return end(
                choice,
                e,
                s,
                h -> awaitChangeCipherSpec(e, x -> {
                    SessionParameters.restore(x.env(), s); // the client knows the master secret, so it is who it was
                    x.env().secrets().release(s).close();
                    return connected(x, e);
                }));
    }

    private State sendCertificate(Handshake hs, ServerChoice12 choice) throws TlsException {
        return choice.choice().signature() == null
                ? sendServerKeyExchange(hs, choice)
                : new SendCertificate12(
                        StateName.SW_CERT, choice.choice().signature(), h -> sendServerKeyExchange(h, choice));
    }

    private State sendServerKeyExchange(Handshake hs, ServerChoice12 choice) throws TlsException {
        KeyExchange.Factory factory = factory(hs.env().crypto(), choice);
        if (factory == null) {
            return sendHint(hs, choice);
        }
        return new Agree<>(
                StateName.SW_KEY_EXCH,
                factory::start,
                KeyExchange::close,
                (h, exchange) -> sign(h, choice, h.env().secrets().own(exchange)));
    }

    private static KeyExchange.Factory factory(Crypto crypto, ServerChoice12 choice) throws TlsException {
        if (choice.choice().suite().keyExchange().ecdhe()) {
            return crypto.keyExchange(choice.choice().group());
        }
        return choice.choice().suite().keyExchange().dhe()
                ? crypto.diffieHellman(choice.choice().field())
                : null;
    }

    /** RFC 4279 §2: where a key that was shared before is all, there is a ServerKeyExchange only for the sake of a hint. */
    private State sendHint(Handshake hs, ServerChoice12 choice) throws TlsException {
        byte[] hint = hs.env().config().psk().hint();
        return choice.choice().suite().keyExchange() != KeyExchangeAlgorithm.PSK || hint == null
                ? sendCertificateRequest(hs, choice, null)
                : new SendServerKeyExchange(
                        ServerKeyExchange.ofHint(hint), h -> sendCertificateRequest(h, choice, null));
    }

    private State sign(Handshake hs, ServerChoice12 choice, KeyExchange exchange) throws TlsException {
        ServerKeyExchange unsigned = KeyExchange12.message(choice.choice(), hint(hs, choice), exchange.share());
        SignatureChoice signature = choice.choice().signature();
        ProtocolVersion version = choice.version();
        if (!choice.choice().suite().keyExchange().signed()) {
            return new SendServerKeyExchange(unsigned, h -> sendCertificateRequest(h, choice, exchange));
        }
        return new SignAndSend(
                StateName.SW_KEY_EXCH,
                signature,
                KeyExchange12.signed(hs.env().negotiated(), unsigned),
                s -> unsigned.signed(signature.scheme().code(), s).toMessage(version),
                (h, c) -> sendCertificateRequest(h, choice, exchange));
    }

    /** RFC 4279 §3, RFC 5489 §2: with Diffie-Hellman beside the key there always is one, which may be empty. */
    private static byte[] hint(Handshake hs, ServerChoice12 choice) {
        if (!choice.choice().suite().keyExchange().preShared()) {
            return null;
        }
        byte[] set = hs.env().config().psk().hint();
        return set == null ? new byte[0] : set;
    }

    private State sendCertificateRequest(Handshake hs, ServerChoice12 choice, KeyExchange exchange)
            throws TlsException {
        // RFC 5246 §7.4.4: only a server that shows a certificate asks for one.
        boolean asks = choice.choice().signature() != null
                && hs.env().config().verification().modeFor(false).asksDuringHandshake();
        return asks
                ? new SendCertificateRequest12(h -> sendServerHelloDone(choice, exchange, true))
                : sendServerHelloDone(choice, exchange, false);
    }

    private State sendServerHelloDone(ServerChoice12 choice, KeyExchange exchange, boolean asked) {
        return new SendServerHelloDone(hs -> asked
                ? new AwaitCertificate12(StateName.SR_CERT, (h, chain) -> afterCertificate(choice, exchange, chain))
                : awaitClientKeyExchange(choice, exchange, null));
    }

    private State afterCertificate(ServerChoice12 choice, KeyExchange exchange, List<EncodedCertificate> chain) {
        return chain.isEmpty()
                ? awaitClientKeyExchange(choice, exchange, null)
                : new VerifyPeer(
                        StateName.SR_CERT, chain, (hs, peer) -> awaitClientKeyExchange(choice, exchange, peer));
    }

    private State awaitClientKeyExchange(ServerChoice12 choice, KeyExchange exchange, VerifiedPeer peer) {
        return new AwaitClientKeyExchange(
                choice.choice().suite().keyExchange(),
                (hs, m) -> m.pskIdentity() == null
                        ? agree(hs, choice, exchange, peer, m)
                        : new AskPsk(
                                StateName.SR_KEY_EXCH,
                                m.pskIdentity(),
                                (h, psk) -> agreeBesides(h, choice, exchange, m, psk.key())));
    }

    /** RFC 4279 §2, §3: beside the key that was shared before there may be a Diffie-Hellman exchange. */
    private State agreeBesides(
            Handshake hs, ServerChoice12 choice, KeyExchange exchange, ClientKeyExchange m, Secret key)
            throws TlsException {
        return exchange == null
                ? afterPsk(hs, choice, null, null, key)
                : new Agree<>(
                        StateName.SR_KEY_EXCH,
                        () -> exchange.finish(m.exchange()),
                        Secret::close,
                        (h, other) -> afterPsk(h, choice, exchange, other, key));
    }

    private State afterPsk(Handshake hs, ServerChoice12 choice, KeyExchange exchange, Secret other, Secret key)
            throws TlsException {
        Secret premaster = PskPremaster.of(other, hs.env().secrets().release(key));
        return afterPremaster(hs, choice, exchange, null, premaster);
    }

    private State agree(
            Handshake hs, ServerChoice12 choice, KeyExchange exchange, VerifiedPeer peer, ClientKeyExchange m) {
        Crypto crypto = hs.env().crypto();
        return new Agree<>(
                StateName.SR_KEY_EXCH,
                () -> choice.choice().suite().keyExchange() == KeyExchangeAlgorithm.RSA
                        ? crypto.decryptPremaster(
                                choice.choice().signature().credential().key(),
                                m.exchange(),
                                choice.hello().legacyVersion())
                        : exchange.finish(m.exchange()),
                Secret::close,
                (h, premaster) -> afterPremaster(h, choice, exchange, peer, premaster));
    }

    private State afterPremaster(
            Handshake hs, ServerChoice12 choice, KeyExchange exchange, VerifiedPeer peer, Secret premaster)
            throws TlsException {
        if (exchange != null) {
            hs.env().secrets().release(exchange).close();
        }
        Established12 e = Established12.of(hs, premaster, choice.extendedMasterSecret(), choice.encryptThenMac());
        if (peer == null) {
            hs.env().transcript().dropMessages();
            return awaitChangeCipherSpec(e, h -> afterClientFinished(h, choice, e));
        }
        return new AwaitCertificateVerify12(
                peer, h -> awaitChangeCipherSpec(e, x -> afterClientFinished(x, choice, e)));
    }

    private static State awaitChangeCipherSpec(Established12 e, Then next) {
        return new AwaitChangeCipherSpec(
                StateName.SR_CHANGE, e, hs -> new AwaitFinished12(StateName.SR_FINISHED, e, next));
    }

    private State afterClientFinished(Handshake hs, ServerChoice12 choice, Established12 e) {
        SessionState s = Session12.ofServer(hs.env(), e, choice.session().id());
        return end(choice, e, s, h -> {
            Session12.keep(h.env(), s);
            return connected(h, e);
        });
    }

    /** The server's last messages, in a full handshake and in a resumption. */
    private static State end(ServerChoice12 choice, Established12 e, SessionState s, Then next) {
        State ccs = new SendChangeCipherSpec(
                StateName.SW_CHANGE, e, hs -> new SendFinished12(StateName.SW_FINISHED, e, next));
        return choice.session().ticket() ? new SendNewSessionTicket12(s, hs -> ccs) : ccs;
    }

    private State connected(Handshake hs, Established12 e) throws TlsException {
        e.complete(hs);
        renegotiation.established(hs, e);
        return new Connected12(renegotiation);
    }
}
