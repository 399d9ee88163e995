// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyResult;

/**
 * Verifies a peer's certificates (RFC 5280 §6, RFC 9846 §4.5.1.3) and says what is wrong with them in OpenSSL's X509_V_* codes: a path to an anchor, its constraints, purpose and strength, the peer's name, signatures and times.
 *
 * <p>Paths are sought here, since the peer's certificates may come in any order, with some that do not belong, or with many that resemble each other: the search is bounded. Whether a path holds is asked of the JDK's PKIX validator; the JDK's security property {@code jdk.certpath.disabledAlgorithms} applies to it. What OpenSSL asks beyond PKIX (purpose of each certificate, keys and digests of 112 bits, validity of the anchor) is asked here, in OpenSSL's order, so that of several faults the same one is named. A path has to end at an anchor that is self-signed: OpenSSL without X509_V_FLAG_PARTIAL_CHAIN. Revocation is not asked.
 */
public final class ChainVerifier {
    private ChainVerifier() {}

    /**
     * What is to be said of these certificates.
     *
     * @param chain what the peer sent, its own certificate first; the others in any order
     * @param how whom to trust, which names, and how deep
     * @param peer what the peer is
     * @param level that keys and signatures have to be worth
     * @param now the time that validity is measured against
     */
    public static PathVerdict verify(
            List<EncodedCertificate> chain, Verification how, SecurityLevel level, Role peer, Instant now) {
        if (chain.isEmpty()) {
            return PathVerdict.fault(VerifyResult.INVALID_CALL);
        }
        X509Certificate leaf = chain.get(0).x509();
        if (leaf == null) {
            return PathVerdict.fault(VerifyResult.CERT_REJECTED);
        }
        try {
            return verify(leaf, others(chain), how, new Strength(level), peer, now);
        } catch (RuntimeException e) {
            // The JDK reads parts of a certificate late, and not all of its classes hold to checked exceptions then.
            return PathVerdict.fault(VerifyResult.CERT_REJECTED);
        }
    }

    private static PathVerdict verify(
            X509Certificate leaf,
            Set<X509Certificate> others,
            Verification how,
            Strength strength,
            Role peer,
            Instant now) {
        if (!strength.isEnough(leaf.getPublicKey())) {
            return PathVerdict.fault(VerifyResult.EE_KEY_TOO_SMALL);
        }
        return new PathSearch(others, how, now, path -> judge(path, how, strength, peer, now)).from(leaf);
    }

    /** What is to be said of one path, the leaf first, a self-signed anchor last. */
    private static VerifyResult judge(
            List<X509Certificate> path, Verification how, Strength strength, Role peer, Instant now) {
        VerifyResult result = PathRules.check(path, peer);
        if (result == VerifyResult.OK) {
            result = strength.ofPath(path);
        }
        if (result == VerifyResult.OK) {
            result = name(path.get(0), how.hosts());
        }
        return result == VerifyResult.OK ? PkixPath.validate(path, now) : result;
    }

    private static VerifyResult name(X509Certificate leaf, List<String> hosts) {
        if (hosts.isEmpty() || HostCheck.matches(leaf, hosts)) {
            return VerifyResult.OK;
        }
        return HostCheck.isIpAddress(hosts.get(0)) ? VerifyResult.IP_ADDRESS_MISMATCH : VerifyResult.HOSTNAME_MISMATCH;
    }

    /** All but the first; those that the JDK cannot read lead nowhere. */
    private static Set<X509Certificate> others(List<EncodedCertificate> chain) {
        List<X509Certificate> readable = new ArrayList<>();
        for (EncodedCertificate c : chain.subList(1, chain.size())) {
            X509Certificate x509 = c.x509();
            if (x509 != null) {
                readable.add(x509);
            }
        }
        return new LinkedHashSet<>(readable);
    }
}
