// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.CertificateRequest12;
import org.libssl4j.message.HandshakeMessage;

/** Reads a CertificateRequest (RFC 5246 §7.4.4), if there is one: the ServerHelloDone in its place is left to the next state. */
final class AwaitCertificateRequest12 implements State {
    private final ProtocolVersion version;
    private final Next<CertificateRequest12> next;

    /** @param next gets null if the server asks for nothing */
    AwaitCertificateRequest12(ProtocolVersion version, Next<CertificateRequest12> next) {
        this.version = version;
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
        if (m.is(HandshakeType.SERVER_HELLO_DONE)) {
            hs.env().transcript().dropMessages(); // there is nothing to sign
            return next.then(hs, null);
        }
        if (!m.is(HandshakeType.CERTIFICATE_REQUEST)) {
            throw hs.unexpected(m, "certificate_request or server_hello_done");
        }
        CertificateRequest12 request = m.parse(CertificateRequest12.codec(version));
        hs.commit(m);
        Negotiated n = hs.env().negotiated();
        n.peerOffer(request.schemes() == null ? PeerOffer.none() : PeerOffer.of(request.schemes()));
        n.peerAuthorities(request.authorities());
        return next.then(hs, request);
    }
}
