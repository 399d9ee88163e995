// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyResult;

/** What the extensions of the certificates of a path have to say for it to serve a TLS server or client (RFC 5280 §4.2, §6.1.4; OpenSSL's purposes "sslserver" and "sslclient"). */
final class PathRules {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";

    /** Extensions that PKIX acts upon: keyUsage, subjectAltName, basicConstraints, nameConstraints, the four on policies, extKeyUsage. */
    private static final Set<String> HANDLED = Set.of(
            "2.5.29.15",
            "2.5.29.17",
            BASIC_CONSTRAINTS,
            "2.5.29.30",
            "2.5.29.32",
            "2.5.29.33",
            "2.5.29.36",
            "2.5.29.54",
            "2.5.29.37");

    /** id-kp-serverAuth, and the two "server gated crypto" usages that OpenSSL takes for it. */
    private static final Set<String> SERVER_USAGES =
            Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1");

    private static final Set<String> CLIENT_USAGES = Set.of("1.3.6.1.5.5.7.3.2");

    private PathRules() {}

    /** The first fault, from the leaf upward; OK if there is none. */
    static VerifyResult check(List<X509Certificate> path, Role peer) {
        int intermediates = 0;
        for (int i = 0; i < path.size(); i++) {
            X509Certificate c = path.get(i);
            VerifyResult result = extensions(c);
            // RFC 5280 §6.1.4 (k), (n): what signs certificates has to be a CA that may.
            if (result == VerifyResult.OK && i > 0 && !isCa(c, i == path.size() - 1)) {
                result = VerifyResult.INVALID_CA;
            }
            if (result == VerifyResult.OK && !fitsPurpose(c, i == 0, peer)) {
                result = VerifyResult.INVALID_PURPOSE;
            }
            // RFC 5280 §4.2.1.9: pathLenConstraint counts the intermediates below that are not self-issued.
            if (result == VerifyResult.OK && i > 1 && isPathTooLong(c, intermediates)) {
                result = VerifyResult.PATH_LENGTH_EXCEEDED;
            }
            if (result != VerifyResult.OK) {
                return result;
            }
            if (i > 0 && !Issuer.isSelfIssued(c)) {
                intermediates++;
            }
        }
        return VerifyResult.OK;
    }

    private static VerifyResult extensions(X509Certificate c) {
        Set<String> critical = c.getCriticalExtensionOIDs();
        // RFC 5280 §4.2: a critical extension that is not processed rules the certificate out.
        if (critical != null && !HANDLED.containsAll(critical)) {
            return critical.contains(PROXY_CERT_INFO)
                    ? VerifyResult.PROXY_CERTIFICATES_NOT_ALLOWED
                    : VerifyResult.UNHANDLED_CRITICAL_EXTENSION;
        }
        return VerifyResult.OK;
    }

    private static boolean isCa(X509Certificate c, boolean anchor) {
        if (!Issuer.maySign(c)) {
            return false;
        }
        if (c.getBasicConstraints() >= 0) {
            return true;
        }
        // An anchor was chosen by hand: one of version 1, or whose keyUsage alone makes it a CA, will do, as with
        // OpenSSL.
        return anchor
                && c.getExtensionValue(BASIC_CONSTRAINTS) == null
                && (c.getVersion() == 1 || c.getKeyUsage() != null);
    }

    private static boolean isPathTooLong(X509Certificate c, int intermediates) {
        int most = c.getBasicConstraints();
        return most >= 0 && intermediates > most;
    }

    private static boolean fitsPurpose(X509Certificate c, boolean leaf, Role peer) {
        List<String> usages;
        try {
            usages = c.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            return false;
        }
        Set<String> wanted = peer == Role.SERVER ? SERVER_USAGES : CLIENT_USAGES;
        // RFC 5280 §4.2.1.12: an extKeyUsage has to name this use. That anyExtendedKeyUsage alone is not enough, and
        // that the rule binds CAs too, is OpenSSL's practice.
        if (usages != null && usages.stream().noneMatch(wanted::contains)) {
            return false;
        }
        boolean[] usage = c.getKeyUsage();
        // RFC 9846 §4.5.1.2 [8446 4.4.2.2]: if there is a keyUsage, it has digitalSignature.
        return !leaf || usage == null || usage[DIGITAL_SIGNATURE];
    }
}
