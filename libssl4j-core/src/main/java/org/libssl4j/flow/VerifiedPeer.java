// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.security.cert.X509Certificate;
import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Negotiated;

/** The proof that a peer's certificate was judged and let pass; whose key a CertificateVerify may be checked with. */
public final class VerifiedPeer {
    private final List<EncodedCertificate> chain;
    private final List<X509Certificate> path;

    /**
     * @param chain what the peer sent, at least one, its own first
     * @param path from it to the anchor; empty where no path holds
     */
    VerifiedPeer(List<EncodedCertificate> chain, List<X509Certificate> path) {
        this.chain = chain;
        this.path = path;
    }

    public EncodedCertificate certificate() {
        return chain.get(0);
    }

    /** Its signature was checked as well: so far anybody could have sent these certificates. */
    public void confirmed(Negotiated n) {
        n.peerChain(chain);
        n.verifiedChain(path);
    }
}
