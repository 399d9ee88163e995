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
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.negotiate.SignatureChoice;

/** Finds out which signatures a key of our own can make, and whether it belongs to its certificate (SSL_CTX_check_private_key(3)): by signing and verifying once. */
final class OwnKey {
    private OwnKey() {}

    /** Chain and key by their encodings. */
    static Credential of(Crypto crypto, List<byte[]> chain, PrivateKey key) throws GeneralSecurityException {
        if (chain.isEmpty()) {
            throw new CertificateException("a key without a certificate");
        }
        return matched(crypto, chain.stream().map(crypto::certificate).toList(), Objects.requireNonNull(key, "key"));
    }

    /** The encodings of certificates. */
    static List<byte[]> encoded(List<X509Certificate> chain) throws GeneralSecurityException {
        List<byte[]> ders = new ArrayList<>();
        for (X509Certificate c : chain) {
            ders.add(c.getEncoded());
        }
        return ders;
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
