// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.crypto.EncodedCertificate;

/** The proof that a peer's certificate was judged and let pass; whose key a CertificateVerify may be checked with. */
public final class VerifiedPeer {
    private final EncodedCertificate certificate;

    VerifiedPeer(EncodedCertificate certificate) {
        this.certificate = certificate;
    }

    public EncodedCertificate certificate() {
        return certificate;
    }
}
