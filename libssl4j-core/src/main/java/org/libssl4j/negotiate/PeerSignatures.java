// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SignatureAlgorithmsCert;

/**
 * Which signatures a peer can verify (RFC 9846 §4.3.3 [8446 4.2.3]).
 *
 * @param handshake in a CertificateVerify, by numbers, the preferred first
 * @param certificates in certificates; the same where it did not say otherwise
 */
public record PeerSignatures(int[] handshake, int[] certificates) {
    /** What the extensions of a ClientHello or CertificateRequest say; null without signature_algorithms. */
    public static PeerSignatures of(ExtensionBlock extensions) throws TlsException {
        SignatureAlgorithms schemes = extensions.get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        SignatureAlgorithmsCert certificates =
                extensions.get(ExtensionType.SIGNATURE_ALGORITHMS_CERT, SignatureAlgorithmsCert::read);
        if (schemes == null) {
            return null;
        }
        return new PeerSignatures(
                schemes.schemes(), (certificates == null ? schemes.schemes() : certificates.schemes()));
    }

    /** Whether the peer verifies a certificate that is signed so; null for a way that TLS has no number for. */
    boolean verifies(SignatureScheme s) {
        return s != null
                && (CodePoints.contain(certificates, s.code())
                        // The certificate does not say which kind of RSA key its issuer has.
                        || s.isPss()
                                && CodePoints.contain(certificates, pssPss(s).code()));
    }

    private static SignatureScheme pssPss(SignatureScheme s) {
        return switch (s) {
            case RSA_PSS_RSAE_SHA256 -> SignatureScheme.RSA_PSS_PSS_SHA256;
            case RSA_PSS_RSAE_SHA384 -> SignatureScheme.RSA_PSS_PSS_SHA384;
            case RSA_PSS_RSAE_SHA512 -> SignatureScheme.RSA_PSS_PSS_SHA512;
            default -> s;
        };
    }
}
