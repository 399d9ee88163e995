// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.function.UnaryOperator;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.interop.Identity;
import org.libssl4j.testkit.crypto.MlDsaPair;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** Each kind of key that a TLS 1.3 server can have, with a certificate from one authority on P-256. */
public enum ServerKey {
    P256("ecdsa_secp256r1_sha256", b -> b.ec("secp256r1")),
    P384("ecdsa_secp384r1_sha384", b -> b.ec("secp384r1")),
    P521("ecdsa_secp521r1_sha512", b -> b.ec("secp521r1")),
    RSA("rsa_pss_rsae_sha256", b -> b.rsa(2_048)),
    RSA_PSS("rsa_pss_pss_sha256", b -> b.rsaPss(2_048)),
    /** With parameters in the key that bind it to SHA-384. */
    RSA_PSS_SHA384("rsa_pss_pss_sha384", b -> b.keys(boundToSha384())),
    ED25519("ed25519", CertificateBuilder::ed25519),
    ED448("ed448", CertificateBuilder::ed448),
    MLDSA44("mldsa44", b -> b.keys(MlDsaPair.of(MlDsa.ML_DSA_44, 44))),
    MLDSA65("mldsa65", b -> b.keys(MlDsaPair.of(MlDsa.ML_DSA_65, 65))),
    MLDSA87("mldsa87", b -> b.keys(MlDsaPair.of(MlDsa.ML_DSA_87, 87)));

    /** The authority of them all. */
    public static final TestCertificate CA = TestCertificate.builder()
            .commonName("Authority of server keys")
            .ca()
            .build();

    private final String scheme;
    private final UnaryOperator<CertificateBuilder> key;
    private TestCertificate made;

    ServerKey(String scheme, UnaryOperator<CertificateBuilder> key) {
        this.scheme = scheme;
        this.key = key;
    }

    /** By which it signs when the peer has nothing against it. */
    public String scheme() {
        return scheme;
    }

    /** Its certificate for {@link Identity#HOST}. */
    public synchronized TestCertificate certificate() {
        if (made == null) {
            made = key.apply(TestCertificate.builder()
                            .commonName(Identity.HOST)
                            .dns(Identity.HOST)
                            .issuedBy(CA))
                    .build();
        }
        return made;
    }

    /** Writes cert.pem, key.pem and ca.pem into a directory of its own; returns that. */
    public Path write(Path parent) throws IOException {
        Path directory = Files.createDirectories(parent.resolve("server-" + name()));
        certificate().writeCertificate(directory.resolve("cert.pem"));
        certificate().writeKey(directory.resolve("key.pem"));
        CA.writeCertificate(directory.resolve("ca.pem"));
        return directory;
    }

    private static KeyPair boundToSha384() {
        AlgorithmParameterSpec sha384 = new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
        try {
            KeyPairGenerator g = KeyPairGenerator.getInstance("RSASSA-PSS");
            g.initialize(new RSAKeyGenParameterSpec(2_048, RSAKeyGenParameterSpec.F4, sha384));
            return g.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
