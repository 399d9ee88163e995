// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.negotiate.SignatureChoice;

/** Finds out which signatures a key of our own can make, and whether it belongs to its certificate (SSL_CTX_check_private_key(3)): by signing and verifying once. */
final class OwnKey {
    private OwnKey() {}

    /** Chain and key by their encodings. */
    static Credential of(Crypto crypto, SecurityLevel level, List<byte[]> chain, PrivateKey key)
            throws GeneralSecurityException {
        if (chain.isEmpty()) {
            throw new CertificateException("a key without a certificate");
        }
        List<EncodedCertificate> certificates =
                chain.stream().map(crypto::certificate).toList();
        Objects.requireNonNull(key, "key");
        checkStrength(certificates, level);
        return matched(crypto, certificates, key);
    }

    /** The encodings of certificates. */
    static List<byte[]> encoded(List<X509Certificate> chain) throws GeneralSecurityException {
        List<byte[]> ders = new ArrayList<>();
        for (X509Certificate c : chain) {
            ders.add(c.getEncoded());
        }
        return ders;
    }

    /** What a peer of the same level would refuse is refused when it is set. A certificate that cannot be read is left to whom it concerns: our own to what follows, others to the peer. */
    private static void checkStrength(List<EncodedCertificate> chain, SecurityLevel level) throws KeyException {
        for (int i = 0; i < chain.size(); i++) {
            EncodedCertificate c = chain.get(i);
            try {
                if (!level.allowsKey(c.publicKey())) {
                    throw weak(
                            i == 0 ? Reason.EE_KEY_TOO_SMALL : Reason.CA_KEY_TOO_SMALL,
                            i,
                            "its key for " + c.publicKey().getAlgorithm() + ", worth "
                                    + SecurityLevel.securityBits(c.publicKey()) + " bits",
                            level);
                }
                SignatureScheme signature = c.selfIssued() ? null : c.signedBy();
                if (signature != null && !level.allowsSignature(signature)) {
                    throw weak(Reason.CA_MD_TOO_WEAK, i, "its signature by " + signature.ianaName(), level);
                }
            } catch (TlsException e) {
                continue;
            }
        }
    }

    private static InvalidKeyException weak(Reason reason, int index, String what, SecurityLevel level) {
        return new InvalidKeyException(reason.text() + ": certificate " + index + " of the chain, " + what
                + "; security level " + level.number() + " asks for " + level.bits());
    }

    private static Credential matched(Crypto crypto, List<EncodedCertificate> chain, PrivateKey key)
            throws GeneralSecurityException {
        EncodedCertificate own = chain.get(0);
        try {
            String type = own.keyKind();
            SignatureScheme scheme = firstScheme(crypto, own);
            if (scheme == null) {
                throw new InvalidKeyException("a key of type " + type + " cannot sign a TLS 1.3 handshake here");
            }
            byte[] probe = new byte[32];
            crypto.random(probe);
            if (!crypto.verify(own.publicKey(), scheme, probe, crypto.sign(key, scheme, probe))) {
                throw new KeyException("the private key does not belong to the certificate");
            }
            return new Credential(type, chain, key);
        } catch (TlsException e) {
            throw new InvalidKeyException("certificate or private key cannot be used: " + e.getMessage(), e);
        }
    }

    private static SignatureScheme firstScheme(Crypto crypto, EncodedCertificate own) throws TlsException {
        for (SignatureScheme s : SignatureScheme.values()) {
            if (s.signsHandshake13(false) && SignatureChoice.canSign(own, s) && crypto.supports(s)) {
                return s;
            }
        }
        return null;
    }
}
