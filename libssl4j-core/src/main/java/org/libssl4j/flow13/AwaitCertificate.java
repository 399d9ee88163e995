// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Place;

/** Reads the peer's Certificate (RFC 9846 §4.5.1 [8446 4.4.2]). */
final class AwaitCertificate implements State {
    private final StateName name;
    private final byte[] context;
    private final int[] offeredExtensions;
    private final Next<List<EncodedCertificate>> next;

    /**
     * @param context the request's; empty within the handshake
     * @param offeredExtensions of the message that the extensions of this one answer
     */
    AwaitCertificate(StateName name, byte[] context, int[] offeredExtensions, Next<List<EncodedCertificate>> next) {
        this.name = name;
        this.context = context;
        this.offeredExtensions = offeredExtensions;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CERTIFICATE);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        Certificate13 certificate = m.parse(Certificate13::read);
        // RFC 9846 §4.5.1 [8446 4.4.2]: the context is the request's, which within the handshake is empty.
        if (!Arrays.equals(certificate.context(), context)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INVALID_CONTEXT,
                    "a Certificate with a context of " + certificate.context().length
                            + " bytes; allowed is the request's, of " + context.length);
        }
        List<EncodedCertificate> chain = new ArrayList<>(certificate.entries().size());
        for (Certificate13.Entry e : certificate.entries()) {
            e.extensions().check(Place.CERTIFICATE);
            e.extensions().requireSolicited(offeredExtensions);
            chain.add(hs.env().crypto().certificate(e.data()));
        }
        if (chain.isEmpty()) {
            checkMayBeEmpty(hs);
        } else {
            chain.get(0).keyKind(); // what is no certificate at all is a decode_error, whatever verification may say
        }
        hs.commit(m);
        return next.then(hs, chain);
    }

    private static void checkMayBeEmpty(Handshake hs) throws TlsException {
        // RFC 9846 §4.5.1.3 [8446 4.4.2.4]: a server without a certificate is a decode_error.
        if (hs.env().role() == Role.CLIENT) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.LENGTH_MISMATCH,
                    "a server's Certificate without a certificate");
        }
        // RFC 9846 §4.5.1.3: a server may do without a client's, or answer with certificate_required.
        if (hs.env().config().verification().modeFor(false).failsWithoutCertificate()) {
            throw new TlsException(
                    AlertDescription.CERTIFICATE_REQUIRED,
                    Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                    "a client's Certificate without a certificate; one is required");
        }
    }
}
