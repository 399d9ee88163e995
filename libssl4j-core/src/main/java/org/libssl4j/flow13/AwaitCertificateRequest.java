// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.SignatureChoice;

/** Reads a CertificateRequest (RFC 9846 §4.4.2 [8446 4.3.2]), if there is one: the server's Certificate in its place is left to the next state. */
final class AwaitCertificateRequest implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;
    private final HandshakeKeys keys;

    AwaitCertificateRequest(ClientFlow13 flow, ClientOffer offer, HandshakeKeys keys) {
        this.flow = flow;
        this.offer = offer;
        this.keys = keys;
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
            return flow.afterCertificateRequest(offer, keys, null);
        }
        if (!m.is(HandshakeType.CERTIFICATE_REQUEST)) {
            throw hs.unexpected(m, "certificate_request or certificate");
        }
        CertificateRequest13 request = m.parse(CertificateRequest13::read);
        // RFC 9846 §4.4.2 [8446 4.3.2]: within the handshake the context is empty.
        if (request.context().length != 0) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INVALID_CONTEXT,
                    "a CertificateRequest with a context of " + request.context().length + " bytes; 0 allowed");
        }
        request.extensions().check(Place.CERTIFICATE_REQUEST);
        SignatureAlgorithms schemes = schemes(request);
        hs.commit(m);
        hs.env().negotiated().peerOffer(PeerOffer.of(schemes));
        return flow.afterCertificateRequest(offer, keys, request);
    }

    /** Our certificate that fits the request, or null. */
    static SignatureChoice answer(Handshake hs, CertificateRequest13 request) throws TlsException {
        return SignatureChoice.of(
                hs.env().config().credentials(),
                hs.env().config().signatures(),
                schemes(request).schemes());
    }

    private static SignatureAlgorithms schemes(CertificateRequest13 request) throws TlsException {
        SignatureAlgorithms s = request.extensions().get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        // RFC 9846 §4.4.2 [8446 4.3.2]: signature_algorithms has to be there.
        if (s == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SIGALGS_EXTENSION,
                    "a CertificateRequest without signature_algorithms");
        }
        return s;
    }
}
