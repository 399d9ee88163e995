// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.PreviousHandshake;
import org.libssl4j.iana.AlertDescription;

/** What must not change from one handshake of a connection to the next. */
final class RenegotiationRules {
    private RenegotiationRules() {}

    /** @param before null for the first handshake of a connection, which is free */
    static void checkBinding(PreviousHandshake before, boolean extendedMasterSecret) throws TlsException {
        // RFC 7627 §5.4, §6.1: a connection is as strong as its weakest handshake; who has the extension once has it
        // always, so one that comes or goes is somebody else's doing.
        if (before != null && before.extendedMasterSecret() != extendedMasterSecret) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.INCONSISTENT_EXTMS,
                    extendedMasterSecret
                            ? "a renegotiation with extended_master_secret, which the handshake before had not"
                            : "a renegotiation without extended_master_secret, which the handshake before had");
        }
    }

    /**
     * For a client.
     *
     * @param before null for the first handshake of a connection, which is free
     * @param chain empty where the server shows no certificate
     */
    static void checkServer(PreviousHandshake before, List<EncodedCertificate> chain) throws TlsException {
        // RFC 5246 §F.1.1, RFC 7627 §1: what was said before was said to the one of the first handshake; an answer of
        // another one would be taken for his (the triple handshake attack).
        if (before != null && !before.samePeer(chain)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.RENEGOTIATION_MISMATCH,
                    "a renegotiation in which the server shows "
                            + (chain.isEmpty() ? "no certificate" : "a certificate that is not the one before"));
        }
    }
}
