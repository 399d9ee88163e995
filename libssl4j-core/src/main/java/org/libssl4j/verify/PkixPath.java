// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.libssl4j.spi.VerifyResult;

/** Asks the JDK's PKIX validator whether a path holds (RFC 5280 §6.1), and finds out which fault it was if not. */
final class PkixPath {
    private PkixPath() {}

    /** What is to be said of a path, the leaf first, a self-signed anchor last. */
    static VerifyResult validate(List<X509Certificate> path, Instant at) {
        Date now = Date.from(at);
        X509Certificate anchor = path.get(path.size() - 1);
        // PKIX takes the anchor as it is; OpenSSL wants it valid, too.
        VerifyResult result = validity(anchor, now);
        if (result != VerifyResult.OK || path.size() == 1) {
            return result;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(now);
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, path.size() - 1)),
                            parameters);
        } catch (CertPathValidatorException e) {
            VerifyResult fault = signaturesAndTimes(path, now);
            return fault != VerifyResult.OK ? fault : fault(e, path);
        } catch (GeneralSecurityException e) {
            return VerifyResult.CERT_REJECTED;
        }
        // The validator knows no constraints of an anchor.
        return NameConstraints.ofAnchor(path);
    }

    private static VerifyResult validity(X509Certificate c, Date now) {
        if (now.before(c.getNotBefore())) {
            return VerifyResult.CERT_NOT_YET_VALID;
        }
        return now.after(c.getNotAfter()) ? VerifyResult.CERT_HAS_EXPIRED : VerifyResult.OK;
    }

    /** From the anchor down, as OpenSSL looks: of several faults this names the same one. */
    private static VerifyResult signaturesAndTimes(List<X509Certificate> path, Date now) {
        for (int i = path.size() - 2; i >= 0; i--) {
            VerifyResult signature = signature(path.get(i), path.get(i + 1).getPublicKey());
            if (signature != VerifyResult.OK) {
                return signature;
            }
            VerifyResult validity = validity(path.get(i), now);
            if (validity != VerifyResult.OK) {
                return validity;
            }
        }
        return VerifyResult.OK;
    }

    private static VerifyResult signature(X509Certificate c, PublicKey key) {
        try {
            c.verify(key);
            return VerifyResult.OK;
        } catch (GeneralSecurityException | RuntimeException e) {
            return VerifyResult.CERT_SIGNATURE_FAILURE;
        }
    }

    /** What remains when signatures and times are right. */
    private static VerifyResult fault(CertPathValidatorException e, List<X509Certificate> path) {
        CertPathValidatorException.Reason reason = e.getReason();
        if (reason instanceof BasicReason basic) {
            return switch (basic) {
                case ALGORITHM_CONSTRAINED -> constrained(e);
                case EXPIRED -> VerifyResult.CERT_HAS_EXPIRED;
                case NOT_YET_VALID -> VerifyResult.CERT_NOT_YET_VALID;
                case INVALID_SIGNATURE -> VerifyResult.CERT_SIGNATURE_FAILURE;
                case REVOKED -> VerifyResult.CERT_REVOKED;
                default -> VerifyResult.CERT_REJECTED;
            };
        }
        if (reason instanceof PKIXReason pkix) {
            return switch (pkix) {
                case INVALID_NAME -> NameConstraints.whichViolation(path, e.getIndex());
                case INVALID_POLICY -> VerifyResult.INVALID_POLICY_EXTENSION;
                case NAME_CHAINING -> VerifyResult.SUBJECT_ISSUER_MISMATCH;
                case NOT_CA_CERT, INVALID_KEY_USAGE -> VerifyResult.INVALID_CA;
                case NO_TRUST_ANCHOR -> VerifyResult.CERT_UNTRUSTED;
                case PATH_TOO_LONG -> VerifyResult.PATH_LENGTH_EXCEEDED;
                case UNRECOGNIZED_CRIT_EXT -> VerifyResult.UNHANDLED_CRITICAL_EXTENSION;
            };
        }
        return e.getCause() instanceof IOException ? VerifyResult.INVALID_EXTENSION : VerifyResult.CERT_REJECTED;
    }

    /** The JDK is told to want more than we do; only its text says whether of a key or of a digest. */
    private static VerifyResult constrained(CertPathValidatorException e) {
        if (e.getMessage() == null || !e.getMessage().contains("keysize")) {
            return VerifyResult.CA_MD_TOO_WEAK;
        }
        return e.getIndex() == 0 ? VerifyResult.EE_KEY_TOO_SMALL : VerifyResult.CA_KEY_TOO_SMALL;
    }
}
