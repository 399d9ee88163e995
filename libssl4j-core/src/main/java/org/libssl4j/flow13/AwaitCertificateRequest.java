// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.negotiate.PeerSignatures;

/** Reads a CertificateRequest (RFC 9846 §4.4.2 [8446 4.3.2]), if there is one: the server's Certificate in its place is left to the next state. */
final class AwaitCertificateRequest implements State {
    /**
     * What a server asks for.
     *
     * @param context what the answer has to repeat
     */
    record Asked(byte[] context, PeerSignatures signatures, List<byte[]> authorities) {
        static Asked of(HandshakeMessage m) throws TlsException {
            CertificateRequest13 request = m.parse(CertificateRequest13::read);
            PeerSignatures signatures = PeerSignatures.of(request.extensions());
            // RFC 9846 §4.4.2 [8446 4.3.2]: signature_algorithms has to be there.
            if (signatures == null) {
                throw new TlsException(
                        AlertDescription.MISSING_EXTENSION,
                        Reason.MISSING_SIGALGS_EXTENSION,
                        "a CertificateRequest without signature_algorithms");
            }
            CertificateAuthorities names =
                    request.extensions().get(ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::read);
            return new Asked(request.context(), signatures, names == null ? List.of() : names.authorities());
        }

        /** For who chooses the certificate. */
        void note(Negotiated n) {
            n.peerOffer(PeerOffer.of(signatures.handshake()));
            n.peerAuthorities(authorities);
        }
    }

    private final Next<Asked> next;

    /** @param next gets null if the server asks for nothing */
    AwaitCertificateRequest(Next<Asked> next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_CERT_REQ;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek();
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        if (m.is(HandshakeType.CERTIFICATE)) {
            return next.then(hs, null);
        }
        if (!m.is(HandshakeType.CERTIFICATE_REQUEST)) {
            throw hs.unexpected(m, "certificate_request or certificate");
        }
        Asked asked = Asked.of(m);
        // RFC 9846 §4.4.2 [8446 4.3.2]: within the handshake the context is empty.
        if (asked.context.length != 0) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INVALID_CONTEXT,
                    "a CertificateRequest with a context of " + asked.context.length + " bytes; 0 allowed");
        }
        hs.commit(m);
        asked.note(hs.env().negotiated());
        return next.then(hs, asked);
    }
}
