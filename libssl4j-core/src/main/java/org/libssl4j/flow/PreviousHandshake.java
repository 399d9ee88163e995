// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.security.MessageDigest;
import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.ProtocolVersion;

/**
 * What a renegotiation is bound to: the handshake before it on the same connection (RFC 5746 §3.1, RFC 7627 §5.4).
 *
 * @param clientVersion legacy_version of the ClientHello
 * @param clientFinished verify_data of the client's Finished
 * @param serverFinished verify_data of the server's Finished
 * @param extendedMasterSecret whether the master secret was bound to the handshake
 * @param peerChain the peer's certificates, its own first; empty if it showed none
 */
public record PreviousHandshake(
        ProtocolVersion version,
        int clientVersion,
        byte[] clientFinished,
        byte[] serverFinished,
        boolean extendedMasterSecret,
        List<EncodedCertificate> peerChain) {
    /** What this side knows of a handshake that is complete. */
    public static PreviousHandshake of(Negotiated n, Role self) {
        boolean client = self == Role.CLIENT;
        return new PreviousHandshake(
                n.version(),
                n.clientVersion(),
                client ? n.ownFinished() : n.peerFinished(),
                client ? n.peerFinished() : n.ownFinished(),
                n.extendedMasterSecret(),
                n.peerChain());
    }

    /** RFC 5746 §3.5, §3.7: what the server says. */
    public byte[] bothFinished() {
        byte[] both = new byte[clientFinished.length + serverFinished.length];
        System.arraycopy(clientFinished, 0, both, 0, clientFinished.length);
        System.arraycopy(serverFinished, 0, both, clientFinished.length, serverFinished.length);
        return both;
    }

    /** Whether these certificates, or none, are of the same peer: its own one is what counts. */
    public boolean samePeer(List<EncodedCertificate> chain) {
        if (chain.isEmpty() || peerChain.isEmpty()) {
            return chain.isEmpty() && peerChain.isEmpty();
        }
        return MessageDigest.isEqual(chain.get(0).der(), peerChain.get(0).der());
    }
}
