// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.CertificateRequest12;

/** Asks the client for a certificate (RFC 5246 §7.4.4). */
final class SendCertificateRequest12 implements State {
    private final Then next;

    SendCertificateRequest12(Then next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_CERT_REQ;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeConfig config = hs.env().config();
        boolean said = hs.env().negotiated().version() == ProtocolVersion.TLS1_2;
        hs.send(new CertificateRequest12(
                        new byte[] {CertificateRequest12.RSA_SIGN, CertificateRequest12.ECDSA_SIGN},
                        said ? schemes(config.acceptedSignatures(false)) : null,
                        config.auth().sent(false))
                .toMessage());
        return next.then(hs);
    }

    private static int[] schemes(SignatureList accepted) throws TlsException {
        int[] schemes = accepted.schemes().stream()
                .filter(SignatureScheme::signsHandshake12)
                .mapToInt(SignatureScheme::code)
                .toArray();
        // RFC 5246 §7.4.1.4.1: the list is not empty. As OpenSSL: who asks for what TLS 1.2 has not, gets nobody's.
        if (schemes.length == 0) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    "a CertificateRequest of TLS 1.2 cannot ask for any of " + accepted.schemes());
        }
        return schemes;
    }
}
