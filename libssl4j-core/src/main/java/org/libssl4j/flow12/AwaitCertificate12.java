// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.ArrayList;
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
import org.libssl4j.message.Certificate12;
import org.libssl4j.message.HandshakeMessage;

/** Reads the peer's Certificate (RFC 5246 §7.4.2, §7.4.6). */
final class AwaitCertificate12 implements State {
    private final StateName name;
    private final Next<List<EncodedCertificate>> next;

    AwaitCertificate12(StateName name, Next<List<EncodedCertificate>> next) {
        this.name = name;
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
        List<EncodedCertificate> chain = new ArrayList<>();
        for (byte[] der : m.parse(Certificate12::read).chain()) {
            chain.add(hs.env().crypto().certificate(der));
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
        // RFC 5246 §7.4.2: a server whose key exchange has a certificate shows it; the structure wants one at least.
        if (hs.env().role() == Role.CLIENT) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.LENGTH_MISMATCH,
                    "a server's Certificate without a certificate");
        }
        // RFC 5246 §7.4.6: a server may do without a client's, or answer with handshake_failure.
        if (hs.env().config().verification().modeFor(false).failsWithoutCertificate()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                    "a client's Certificate without a certificate; one is required");
        }
    }
}
