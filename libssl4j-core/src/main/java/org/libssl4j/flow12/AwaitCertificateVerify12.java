// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.flow.VerifiedPeer;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.LegacyCertificateVerify;
import org.libssl4j.negotiate.SignatureChoice12;

/** Checks a client's signature over all messages before it (RFC 5246 §7.4.8). */
final class AwaitCertificateVerify12 implements State {
    private final VerifiedPeer peer;
    private final Then next;

    AwaitCertificateVerify12(VerifiedPeer peer, Then next) {
        this.peer = peer;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SR_CERT_VRFY;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CERTIFICATE_VERIFY);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Env env = hs.env();
        ProtocolVersion version = env.negotiated().version();
        CertificateVerify verify = version == ProtocolVersion.TLS1_2
                ? m.parse(CertificateVerify::read)
                : new CertificateVerify(
                        0, m.parse(LegacyCertificateVerify::read).signature());
        // RFC 5280 §4.2.1.3: a keyUsage has to allow signatures.
        if (!peer.certificate().maySign()) {
            throw new TlsException(
                    AlertDescription.UNSUPPORTED_CERTIFICATE,
                    Reason.INVALID_CERTIFICATE_OR_ALG,
                    "a CertificateVerify by a key whose keyUsage lacks digitalSignature");
        }
        SignatureScheme scheme = SignatureChoice12.ofPeer(
                verify.scheme(),
                env.config().acceptedSignatures(false),
                peer.certificate(),
                version,
                "CertificateVerify");
        // RFC 5246 §7.4.8, §7.2.2: a signature that does not verify is a decrypt_error.
        if (!env.crypto()
                .verify(peer.certificate().publicKey(), scheme, env.transcript().messages(), verify.signature())) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.BAD_SIGNATURE,
                    "a CertificateVerify by " + scheme.ianaName() + " that the certificate's key does not confirm");
        }
        env.transcript().dropMessages();
        hs.commit(m);
        peer.confirmed(env.negotiated());
        env.negotiated().peerSignature(scheme);
        return next.then(hs);
    }
}
