// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.negotiate.SignatureChoice;

/** Checks the peer's signature over the transcript (RFC 9846 §4.5.2 [8446 4.4.3]). */
final class AwaitCertificateVerify implements State {
    private final StateName name;
    private final VerifiedPeer peer;
    private final Then next;

    AwaitCertificateVerify(StateName name, VerifiedPeer peer, Then next) {
        this.name = name;
        this.peer = peer;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CERTIFICATE_VERIFY);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Env env = hs.env();
        CertificateVerify verify = m.parse(CertificateVerify::read);
        // RFC 9846 §4.5.1.2 [8446 4.4.2.2]: a keyUsage has to allow signatures.
        if (!peer.certificate().maySign()) {
            throw new TlsException(
                    AlertDescription.UNSUPPORTED_CERTIFICATE,
                    Reason.INVALID_CERTIFICATE_OR_ALG,
                    "a CertificateVerify by a key whose keyUsage lacks digitalSignature");
        }
        SignatureScheme scheme = SignatureChoice.ofPeer(
                verify.scheme(),
                env.config().acceptedSignatures(env.role() == Role.CLIENT),
                peer.certificate(),
                env.role().peer() == Role.CLIENT);
        byte[] input = VerifyInput13.of(env.role().peer(), env.transcript().hash());
        // RFC 9846 §4.5.2: a signature that does not verify is a decrypt_error.
        if (!env.crypto().verify(peer.certificate().publicKey(), scheme, input, verify.signature())) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.BAD_SIGNATURE,
                    "a CertificateVerify by " + scheme.ianaName() + " that the certificate's key does not confirm");
        }
        hs.commit(m);
        peer.confirmed(env.negotiated());
        env.negotiated().peerSignature(scheme);
        return next.then(hs);
    }
}
