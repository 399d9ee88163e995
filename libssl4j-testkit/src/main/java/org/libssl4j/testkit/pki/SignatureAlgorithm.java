// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.pki;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * How a certificate is signed: the JDK's name and the AlgorithmIdentifier in DER (RFC 4055, RFC 5758, RFC 8410, RFC 9881).
 *
 * @param name as java.security.Signature knows it; RSASSA-PSS is the one with SHA-256
 */
record SignatureAlgorithm(String name, byte[] identifier) {
    private static final String PSS = "RSASSA-PSS";
    private static final Map<String, String> OIDS = Map.ofEntries(
            Map.entry("MD5withRSA", "1.2.840.113549.1.1.4"),
            Map.entry("SHA1withRSA", "1.2.840.113549.1.1.5"),
            Map.entry("SHA256withRSA", "1.2.840.113549.1.1.11"),
            Map.entry("SHA384withRSA", "1.2.840.113549.1.1.12"),
            Map.entry("SHA512withRSA", "1.2.840.113549.1.1.13"),
            Map.entry("SHA1withECDSA", "1.2.840.10045.4.1"),
            Map.entry("SHA256withECDSA", "1.2.840.10045.4.3.2"),
            Map.entry("SHA384withECDSA", "1.2.840.10045.4.3.3"),
            Map.entry("SHA512withECDSA", "1.2.840.10045.4.3.4"),
            Map.entry("Ed25519", "1.3.101.112"),
            Map.entry("Ed448", "1.3.101.113"),
            Map.entry("ML-DSA-44", "2.16.840.1.101.3.4.3.17"),
            Map.entry("ML-DSA-65", "2.16.840.1.101.3.4.3.18"),
            Map.entry("ML-DSA-87", "2.16.840.1.101.3.4.3.19"));

    static SignatureAlgorithm of(String name) {
        if (name.equals(PSS)) {
            return new SignatureAlgorithm(name, pss());
        }
        String oid = OIDS.get(name);
        if (oid == null) {
            throw new IllegalArgumentException("no signature algorithm " + name + "; there are " + OIDS.keySet());
        }
        DerWriter identifier = new DerWriter().oid(oid);
        // RFC 4055 §5: NULL parameters with RSA, none with the others.
        if (name.endsWith("RSA")) {
            identifier.nul();
        }
        return new SignatureAlgorithm(name, identifier.wrap(DerReader.SEQUENCE).toByteArray());
    }

    /** The one that is usual for such a key. */
    static SignatureAlgorithm of(PrivateKey key) {
        return of(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case PSS -> PSS;
                    case "EC" -> "SHA256withECDSA";
                    case "ML-DSA" -> mlDsa(key); // the JDK's, whatever its parameters
                    default -> ((EdECKey) key).getParams().getName();
                });
    }

    private static String mlDsa(PrivateKey key) {
        try {
            return MlDsaPrivateKey.of(key.getEncoded()).getAlgorithm();
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(e);
        }
    }

    byte[] sign(PrivateKey key, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        if (name.equals(PSS)) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    /** RSASSA-PSS-params: SHA-256, MGF1 with SHA-256, a salt of 32 bytes. */
    private static byte[] pss() {
        byte[] sha256 = new DerWriter()
                .oid("2.16.840.1.101.3.4.2.1")
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] mgf1 = new DerWriter()
                .oid("1.2.840.113549.1.1.8")
                .raw(sha256)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] parameters = new DerWriter()
                .element(0xa0, sha256)
                .element(0xa1, mgf1)
                .raw(new DerWriter().integer(32).wrap(0xa2).toByteArray())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        return new DerWriter()
                .oid("1.2.840.113549.1.1.10")
                .raw(parameters)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }
}
