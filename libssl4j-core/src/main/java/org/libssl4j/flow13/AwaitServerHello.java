// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.Arrays;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.RetryWish;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.negotiate.VersionChoice;
import org.libssl4j.session.SessionState;

/** Reads the ServerHello (RFC 9846 §4.2.3 [8446 4.1.3]), or the HelloRetryRequest that has its form; for clients the point where versions part. */
final class AwaitServerHello implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;

    AwaitServerHello(ClientFlow13 flow, ClientOffer offer) {
        this.flow = flow;
        this.offer = offer;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.SERVER_HELLO);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Env env = hs.env();
        ServerHello hello = m.parse(ServerHello::read);
        if (offer.retried()) {
            checkSameVersion(hello);
        }
        ProtocolVersion version =
                VersionChoice.forClient(hello, env.config().versions().withoutHoles());
        if (version != ProtocolVersion.TLS1_3) {
            checkNoRetry(hello);
            return flow.afterOlderServerHello(hs, offer, m, hello, version);
        }
        checkEcho(hello);
        hello.extensions().check(hello.place());
        hello.extensions().requireSolicited(offer.extensionTypes());
        CipherSuite suite = SuiteChoice.forClient(hello, offer);
        if (hello.isHelloRetryRequest()) {
            return retry(hs, m, hello, suite);
        }
        SessionState psk = psk(hello, suite);
        KeyShare.Entry answer = answer(hello, env, psk);
        hs.commit(m);
        env.transcript().choose(suite.hash());
        env.negotiated().version(version);
        env.negotiated().serverRandom(hello.random());
        env.negotiated().suite(suite);
        if (answer != null) {
            env.negotiated().group(offer.share(answer.group()).group());
        }
        if (psk != null) {
            SessionParameters.restore(env, psk);
        }
        return flow.afterServerHello(offer, suite, answer, psk);
    }

    private State retry(Handshake hs, HandshakeMessage m, ServerHello hello, CipherSuite suite) throws TlsException {
        // RFC 9846 §4.2.4 [8446 4.1.4]: one HelloRetryRequest in a connection.
        if (offer.retried()) {
            throw hs.unexpected(m, "server_hello; a HelloRetryRequest came before");
        }
        RetryWish wish =
                RetryWish.forClient(hello, offer, hs.env().config().groups().groups());
        hs.env().transcript().replaceFirstHello(suite.hash());
        hs.commit(m);
        return flow.afterHelloRetryRequest(offer, wish);
    }

    private static void checkSameVersion(ServerHello hello) throws TlsException {
        SupportedVersions.Selected selected =
                hello.extensions().get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Selected::read);
        // RFC 9846 §4.2.4 [8446 4.1.4]: the version of a HelloRetryRequest, which only TLS 1.3 has, stays.
        if (selected == null || selected.version() != ProtocolVersion.TLS1_3.code()) {
            throw illegal(
                    Reason.WRONG_SSL_VERSION,
                    (selected == null ? "no version" : String.format("version 0x%04x", selected.version()))
                            + " in supported_versions; the HelloRetryRequest had 0x0304");
        }
    }

    private static void checkNoRetry(ServerHello hello) throws TlsException {
        // RFC 9846 §4.2.4 [8446 4.1.4], §9.2: a HelloRetryRequest has supported_versions, for only TLS 1.3 has it.
        if (hello.isHelloRetryRequest()) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.WRONG_SSL_VERSION,
                    "a HelloRetryRequest without supported_versions");
        }
    }

    private void checkEcho(ServerHello hello) throws TlsException {
        // RFC 9846 §4.2.3 [8446 4.1.3]: the session id comes back as it was sent.
        if (!Arrays.equals(hello.sessionId(), offer.hello().sessionId())) {
            throw illegal(Reason.INVALID_SESSION_ID, "a session id that is not the one sent");
        }
        // RFC 9846 §4.2.3: no compression. The structure itself has the 0, so another value is no syntax (§6.2).
        if (hello.compressionMethod() != 0) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.INVALID_COMPRESSION_ALGORITHM,
                    "compression method " + hello.compressionMethod() + "; 0 allowed");
        }
    }

    private SessionState psk(ServerHello hello, CipherSuite suite) throws TlsException {
        PreSharedKey.Selected selected =
                hello.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Selected::read);
        if (selected == null) {
            return null;
        }
        // RFC 9846 §4.3.11 [8446 4.2.11]: one of those that were offered,
        if (selected.identity() >= offer.psks().size()) {
            throw illegal(
                    Reason.BAD_PSK_IDENTITY,
                    "pre-shared key " + selected.identity() + " of "
                            + offer.psks().size() + ", counted from 0");
        }
        SessionState psk = offer.psks().get(selected.identity());
        // and a suite with its hash.
        if (psk.suite().hash() != suite.hash()) {
            throw illegal(
                    Reason.CIPHERSUITE_DIGEST_HAS_CHANGED,
                    suite + " with a pre-shared key for " + psk.suite().hash());
        }
        return psk;
    }

    private KeyShare.Entry answer(ServerHello hello, Env env, SessionState psk) throws TlsException {
        KeyShare.Answer answer = hello.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Answer::read);
        // RFC 9846 §4.3.9 [8446 4.2.9]: with a pre-shared key alone, if we have said that we take that.
        if (answer == null && psk != null && env.config().sessions().allowNoDhe()) {
            return null;
        }
        // RFC 9846 §9.2: without a PSK, or with psk_dhe_ke, there is no ServerHello without key_share.
        if (answer == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.NO_SUITABLE_KEY_SHARE,
                    "a ServerHello without key_share");
        }
        // RFC 9846 §4.3.8 [8446 4.2.8]: of a group that a share was sent of; after a HelloRetryRequest that is the one
        // it named.
        if (offer.share(answer.entry().group()) == null) {
            throw illegal(
                    Reason.BAD_KEY_SHARE,
                    String.format(
                            "a key share of group 0x%04x, of which none was sent",
                            answer.entry().group()));
        }
        return answer.entry();
    }

    private static TlsException illegal(Reason reason, String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, detail);
    }
}
