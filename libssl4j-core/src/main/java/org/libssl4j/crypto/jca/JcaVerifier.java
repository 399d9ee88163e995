// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.iana.SignatureScheme;

/** Verifies the signatures of one scheme with one provider. Thread-safe. */
final class JcaVerifier implements Verifier {
    private final JcaScheme scheme;

    JcaVerifier(JcaScheme scheme) {
        this.scheme = scheme;
    }

    @Override
    public boolean verify(PublicKey key, byte[] input, byte[] signature) {
        try {
            if (!fits(key) || !fits(signature)) {
                return false;
            }
            Signature s = scheme.signature();
            s.initVerify(key); // providers translate the keys of others
            s.update(input);
            return s.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // a malformed signature, or a key that the scheme or the provider does not take
        }
    }

    // RFC 8032 §5.1.7, §5.2.7, FIPS 204 §5.3: a signature has one length. The JDK's EdDSA lets bytes follow it.
    private boolean fits(byte[] signature) {
        return switch (scheme.scheme()) {
            case ED25519 -> signature.length == 64;
            case ED448 -> signature.length == 114;
            case MLDSA44, MLDSA65, MLDSA87 ->
                signature.length == MlDsa.of(scheme.scheme().keyType()).signatureLength();
            default -> true;
        };
    }

    private boolean fits(PublicKey key) throws InvalidKeyException {
        SignatureScheme s = scheme.scheme();
        return switch (s.keyType()) {
            case "EC" -> key instanceof ECKey;
            // RFC 9846 §4.3.3 [8446 4.2.3]: rsae and pss are told apart by the OID of the key.
            case "RSA", "RSASSA-PSS" -> key.getAlgorithm().equals(s.keyType());
            // The JDK calls all keys of ML-DSA by that name.
            case "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" ->
                MlDsaPublicKey.of(key.getEncoded()).getAlgorithm().equals(s.keyType());
            default -> true; // Ed25519 and Ed448 refuse each other's keys
        };
    }
}
