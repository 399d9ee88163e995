// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Pending;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.negotiate.SignatureChoice;

/**
 * Answers a CertificateRequest that came after the handshake: Certificate, CertificateVerify and Finished (RFC 9846 §4.7.2 [8446 4.6.2]). Application data may go out until the signature is there, but not between the three, so they are sent at once.
 */
final class AnswerRequest implements State {
    private final ApplicationKeys keys;
    private final byte[] context;
    private final SignatureChoice choice;
    private final Then next;
    private HandshakeMessage certificate;
    private Pending<byte[]> signature;

    /** @param choice null if there is no certificate to show */
    AnswerRequest(ApplicationKeys keys, byte[] context, SignatureChoice choice, Then next) {
        this.keys = keys;
        this.context = context;
        this.choice = choice;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CW_CERT;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (certificate == null) {
            certificate = SendCertificate.message(context, choice);
        }
        if (choice != null) {
            if (signature == null) {
                signature = sign(hs);
            }
            if (!signature.isDone()) {
                return hs.park(Want.ASYNC, this);
            }
        }
        byte[] signed = choice == null ? null : signature.result(); // may fail, when nothing is sent yet
        hs.send(certificate);
        if (choice != null) {
            hs.send(new CertificateVerify(choice.scheme().code(), signed).toMessage());
            hs.env().negotiated().ownSignature(choice.scheme());
        }
        byte[] verifyData = keys.clientFinished().over(hs.env().transcript().hash());
        hs.send(new Finished(verifyData).toMessage());
        hs.env().negotiated().ownFinished(verifyData);
        return next.then(hs);
    }

    private Pending<byte[]> sign(Handshake hs) throws TlsException {
        Crypto crypto = hs.env().crypto();
        byte[] input = VerifyInput13.of(Role.CLIENT, hs.env().transcript().hashWith(certificate));
        return Pending.start(
                hs.env().config().offload(),
                () -> crypto.sign(choice.credential().key(), choice.scheme(), input));
    }
}
