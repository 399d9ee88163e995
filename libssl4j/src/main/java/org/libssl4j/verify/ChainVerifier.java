// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.verify;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyResult;

/** Verifies a peer's chain by the JDK's PKIX (RFC 5280), its purpose and its name, and says why not in OpenSSL's X509_V_* codes. */
public final class ChainVerifier {
    private ChainVerifier() {}

    public static VerifyResult verify(List<EncodedCertificate> chain, Verification how, Role peer) {
        List<X509Certificate> parsed = chain.stream().map(EncodedCertificate::x509).filter(Objects::nonNull).toList();
        if (chain.isEmpty() || chain.get(0).x509() == null) {
            return VerifyResult.UNSPECIFIED;
        }
        X509Certificate leaf = parsed.get(0);
        VerifyResult path = path(leaf, parsed, how);
        if (path != VerifyResult.OK) {
            return path;
        }
        if (!fitsPurpose(leaf, peer)) {
            return VerifyResult.INVALID_PURPOSE;
        }
        if (!how.hosts().isEmpty() && !HostCheck.matches(leaf, how.hosts())) {
            return HostCheck.isIpAddress(how.hosts().get(0)) ? VerifyResult.IP_ADDRESS_MISMATCH : VerifyResult.HOSTNAME_MISMATCH;
        }
        return VerifyResult.OK;
    }

    private static VerifyResult path(X509Certificate leaf, List<X509Certificate> sent, Verification how) {
        if (how.anchors().certificates().contains(leaf)) {
            return validity(leaf, how);
        }
        if (how.anchors().anchors().isEmpty()) {
            return diagnose(leaf, sent, how, null);
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters p = new PKIXBuilderParameters(how.anchors().anchors(), target);
            p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
            p.setRevocationEnabled(false);
            p.setDate(Date.from(how.clock().instant()));
            p.setMaxPathLength(how.depth());
            CertPathBuilder.getInstance("PKIX").build(p);
            return VerifyResult.OK;
        } catch (CertPathBuilderException e) {
            return diagnose(leaf, sent, how, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            return VerifyResult.UNSPECIFIED;
        }
    }

    /** PKIX says little more than "no path": walk the chain to see why. */
    private static VerifyResult diagnose(X509Certificate leaf, List<X509Certificate> sent, Verification how, Exception e) {
        Set<X509Certificate> pool = new HashSet<>(sent);
        pool.addAll(how.anchors().certificates());
        X509Certificate at = leaf;
        for (int depth = 0; depth <= how.depth() + 1; depth++) {
            VerifyResult v = validity(at, how);
            if (v != VerifyResult.OK) {
                return v;
            }
            if (depth > 0 && at.getBasicConstraints() < 0) {
                return VerifyResult.INVALID_CA;
            }
            if (depth > 0 && at.getBasicConstraints() < depth - 1) {
                return VerifyResult.PATH_LENGTH_EXCEEDED;
            }
            if (how.anchors().certificates().contains(at)) {
                return reason(e);
            }
            if (at.getSubjectX500Principal().equals(at.getIssuerX500Principal())) {
                return depth == 0 ? VerifyResult.DEPTH_ZERO_SELF_SIGNED_CERT : VerifyResult.SELF_SIGNED_CERT_IN_CHAIN;
            }
            X509Certificate issuer = issuer(at, pool);
            if (issuer == null) {
                return VerifyResult.UNABLE_TO_GET_ISSUER_CERT_LOCALLY; // a lone leaf too: OpenSSL goes on to 21 only if a callback lets 20 pass
            }
            if (!signed(at, issuer)) {
                return VerifyResult.CERT_SIGNATURE_FAILURE;
            }
            at = issuer;
        }
        return VerifyResult.CERT_CHAIN_TOO_LONG;
    }

    private static VerifyResult reason(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertPathValidatorException c) {
                if (c.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
                    return VerifyResult.CA_MD_TOO_WEAK;
                }
                if (c.getReason() == PKIXReason.PATH_TOO_LONG) {
                    return VerifyResult.CERT_CHAIN_TOO_LONG;
                }
                if (c.getReason() == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
                    return VerifyResult.UNHANDLED_CRITICAL_EXTENSION;
                }
                if (c.getReason() == PKIXReason.INVALID_NAME) {
                    return VerifyResult.PERMITTED_VIOLATION;
                }
            }
        }
        return VerifyResult.CERT_REJECTED;
    }

    private static X509Certificate issuer(X509Certificate c, Set<X509Certificate> pool) {
        X509Certificate byName = null;
        for (X509Certificate i : pool) {
            if (i.getSubjectX500Principal().equals(c.getIssuerX500Principal()) && !i.equals(c)) {
                byName = i;
                if (signed(c, i)) {
                    return i;
                }
            }
        }
        return byName;
    }

    private static boolean signed(X509Certificate c, X509Certificate issuer) {
        try {
            c.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static VerifyResult validity(X509Certificate c, Verification how) {
        Date now = Date.from(how.clock().instant());
        if (now.after(c.getNotAfter())) {
            return VerifyResult.CERT_HAS_EXPIRED;
        }
        return now.before(c.getNotBefore()) ? VerifyResult.CERT_NOT_YET_VALID : VerifyResult.OK;
    }

    private static boolean fitsPurpose(X509Certificate leaf, Role peer) {
        try {
            List<String> usages = leaf.getExtendedKeyUsage();
            String wanted = peer == Role.SERVER ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2";
            if (usages != null && !usages.contains(wanted)) {
                return false;
            }
            boolean[] keyUsage = leaf.getKeyUsage();
            return keyUsage == null || keyUsage[0];
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
