// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.crypto.pem.PemWriter;

/**
 * A certificate for tests with its key, and who issued it.
 *
 * <pre>{@code
 * TestCertificate root = TestCertificate.builder().commonName("root").ca(1).build();
 * TestCertificate leaf = TestCertificate.builder().dns("a.example").issuedBy(root).build();
 * leaf.writeChain(directory.resolve("chain.pem"));
 * }</pre>
 */
public final class TestCertificate {
    private final byte[] der;
    private final byte[] subject;
    private final PublicKey publicKey;
    private final PrivateKey privateKey;
    private final TestCertificate issuer;

    TestCertificate(byte[] der, byte[] subject, PublicKey publicKey, PrivateKey privateKey, TestCertificate issuer) {
        this.der = der;
        this.subject = subject;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.issuer = issuer;
    }

    /** A self-signed end entity on P-256, valid now, until told otherwise. */
    public static CertificateBuilder builder() {
        return new CertificateBuilder();
    }

    public byte[] der() {
        return der.clone();
    }

    /**
     * The JDK's view of it.
     *
     * @throws IllegalStateException if the JDK refuses it
     */
    public X509Certificate x509() {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("the JDK cannot parse this test certificate", e);
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    /** Who issued it, or null for a self-signed one. */
    public TestCertificate issuer() {
        return issuer;
    }

    /** This one and those above it, but for the self-signed one at the end, as a server sends them. */
    public List<TestCertificate> chain() {
        List<TestCertificate> chain = new ArrayList<>(List.of(this));
        for (TestCertificate c = issuer; c != null && c.issuer != null; c = c.issuer) {
            chain.add(c);
        }
        return List.copyOf(chain);
    }

    public String pem() {
        return PemWriter.certificate(der);
    }

    /** Writes the certificate as PEM. */
    public Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, pem());
    }

    /** Writes {@link #chain} as PEM. */
    public Path writeChain(Path file) throws IOException {
        StringBuilder all = new StringBuilder();
        chain().forEach(c -> all.append(c.pem()));
        return Files.writeString(file, all);
    }

    /** Writes the private key as PKCS#8 in PEM, in the clear. */
    public Path writeKey(Path file) throws IOException {
        return Files.writeString(file, PemWriter.privateKey(privateKey));
    }

    /** The subject's Name in DER. */
    byte[] subject() {
        return subject;
    }
}
