// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Agree;
import org.libssl4j.flow.SignAndSend;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.flow.VerifyPeer;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.spi.VerifyMode;

/**
 * What follows what in a server's TLS 1.3 handshake (RFC 9846 §A.2). States ask here for the next one, so that the order stands in one place.
 *
 * <pre>
 *          [AwaitCookie]                           a stateless server alone
 *               ▼
 *        AwaitClientHello ◄─── SendHelloRetryRequest
 *               │    └─────────────► (once, if a share or a cookie is lacking)
 *               ▼
 *             Agree                               key exchange
 *               ▼
 *        SendServerHello
 *               ▼
 *      InstallHandshakeKeys                       from here on encrypted
 *               ▼
 *     SendEncryptedExtensions
 *               ▼
 *    [SendCertificateRequest]                     if the client is to be verified
 *               ▼
 *         SendCertificate ► SignAndSend
 *               ▼
 *          SendFinished                           keys for application data: write
 *               ▼
 *  [AwaitCertificate ► VerifyPeer ► AwaitCertificateVerify]
 *               ▼
 *          AwaitFinished                          keys for application data: read
 *               ▼
 *           Connected13
 * </pre>
 */
public final class ServerFlow13 {
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

    State whenToBeAskedAgain(ServerChoice choice) {
        return new SendHelloRetryRequest(this, choice);
    }

    State afterHelloRetryRequest(RetrySent asked) {
        return new AwaitClientHello(this, asked);
    }

    State afterClientHello(ServerChoice choice, KeyExchange.Factory group) {
        return new Agree<>(
                StateName.SR_CLNT_HELLO,
                () -> group.answer(choice.group().share().keyExchange()),
                (hs, answer) ->
                        new SendServerHello(this, choice, hs.env().secrets().own(answer.secret()), answer.share()));
    }

    State afterServerHello(Handshake hs, ServerChoice choice, Secret shared) throws TlsException {
        // RFC 9846 §E.4: one change_cipher_spec, behind the first of our messages, for a client that shows the same
        // sign.
        if (choice.hello().sessionId().length > 0 && !choice.retried()) {
            hs.post(HandshakeMessage.CHANGE_CIPHER_SPEC);
        }
        return new InstallHandshakeKeys(
                StateName.SW_SRVR_HELLO,
                choice.suite(),
                shared,
                (h, keys) -> new SendEncryptedExtensions(this, choice, keys));
    }

    State afterEncryptedExtensions(Handshake hs, ServerChoice choice, HandshakeKeys keys) {
        if (hs.env().config().verification().modeFor(false) == VerifyMode.NONE) {
            return sendCertificate(choice, keys, null);
        }
        return new SendCertificateRequest((h, offered) -> sendCertificate(choice, keys, offered));
    }

    /** @param requested the extensions of our CertificateRequest; null if there was none */
    private State sendCertificate(ServerChoice choice, HandshakeKeys keys, int[] requested) {
        return new SendCertificate(
                StateName.SW_CERT, new byte[0], choice.signature(), hs -> sign(hs, choice, keys, requested));
    }

    private State sign(Handshake hs, ServerChoice choice, HandshakeKeys keys, int[] requested) {
        byte[] input = VerifyInput13.of(Role.SERVER, hs.env().transcript().hash());
        return new SignAndSend(
                StateName.SW_CERT_VRFY,
                choice.signature(),
                input,
                signature -> new CertificateVerify(choice.signature().scheme().code(), signature).toMessage(),
                (h, c) -> sendFinished(keys, requested));
    }

    private State sendFinished(HandshakeKeys keys, int[] requested) {
        return new SendFinished(
                StateName.SW_FINISHED, keys.finished(keys.server()), hs -> afterOwnFinished(hs, keys, requested));
    }

    private State afterOwnFinished(Handshake hs, HandshakeKeys keys, int[] requested) throws TlsException {
        Established13 e = Established13.atServerFinished(hs, keys);
        e.installWrite(hs);
        return requested == null
                ? awaitFinished(e)
                : new AwaitCertificate(StateName.SR_CERT, requested, (h, chain) -> afterCertificate(e, chain));
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
        return new Connected13(e.complete(hs), null);
    }
}
