// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A certificate with its key and the authority that signed it (RFC 5280), made anew for each run.
 *
 * @param certificate for {@link #HOST}, unless made for another name
 * @param key its private key
 * @param issuer the authority, self-signed
 */
public record Identity(X509Certificate certificate, PrivateKey key, X509Certificate issuer) {
    /** The name in all certificates but those made for another. */
    public static final String HOST = "peer.libssl4j.test";

    public static final Identity ECDSA = make(Kind.ECDSA, HOST, Instant.now().plus(Duration.ofDays(2)));
    public static final Identity RSA = make(Kind.RSA, HOST, Instant.now().plus(Duration.ofDays(2)));

    /** Kinds of keys. */
    public enum Kind {
        ECDSA("EC", "SHA256withECDSA", "1.2.840.10045.4.3.2"),
        RSA("RSA", "SHA256withRSA", "1.2.840.113549.1.1.11"),
        ED25519("Ed25519", "Ed25519", "1.3.101.112");

        private final String keyAlgorithm;
        private final String signature;
        private final AlgorithmIdentifier identifier;

        Kind(String keyAlgorithm, String signature, String oid) {
            this.keyAlgorithm = keyAlgorithm;
            this.signature = signature;
            ASN1ObjectIdentifier id = new ASN1ObjectIdentifier(oid);
            // RFC 4055 §5: RSA's parameters are NULL; the others have none (RFC 5758 §3.2, RFC 8410 §3).
            this.identifier = "RSA".equals(keyAlgorithm)
                    ? new AlgorithmIdentifier(id, DERNull.INSTANCE)
                    : new AlgorithmIdentifier(id);
        }

        /** An RSA key also takes in premaster secrets of TLS 1.2. */
        int usage() {
            return this == RSA ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
        }

        KeyPair generate() throws GeneralSecurityException {
            KeyPairGenerator g = KeyPairGenerator.getInstance(keyAlgorithm);
            if (this == ECDSA) {
                g.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (this == RSA) {
                g.initialize(2048);
            }
            return g.generateKeyPair();
        }
    }

    /** The identity of the matrix with this kind of key. */
    public static Identity of(Kind kind) {
        return kind == Kind.RSA ? RSA : ECDSA;
    }

    /** A new one, from an authority of its own. */
    public static Identity make(Kind kind, String host, Instant notAfter) {
        try {
            KeyPair ca = kind.generate();
            KeyPair own = kind.generate();
            X500Name caName = new X500Name("CN=Authority of " + host + " " + kind);
            Instant notBefore = Instant.now().minus(Duration.ofDays(10));
            X509Certificate issuer = sign(
                    kind,
                    caName,
                    caName,
                    null,
                    ca.getPublic(),
                    ca.getPrivate(),
                    notBefore,
                    notBefore.plus(Duration.ofDays(20)));
            X509Certificate leaf = sign(
                    kind,
                    caName,
                    new X500Name("CN=" + host),
                    host,
                    own.getPublic(),
                    ca.getPrivate(),
                    notBefore,
                    notAfter);
            return new Identity(leaf, own.getPrivate(), issuer);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is sent: the authority is known to whom it may concern. */
    public List<X509Certificate> chain() {
        return List.of(certificate);
    }

    /** Writes certificate, key and authority as cert.pem, key.pem and ca.pem. */
    public void writePem(Path directory) throws IOException {
        try {
            Files.writeString(directory.resolve("cert.pem"), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(directory.resolve("key.pem"), keyPem());
            Files.writeString(directory.resolve("ca.pem"), pem("CERTIFICATE", issuer.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** PKCS#8; but GnuTLS wants an EC key with its public key, which the JDK leaves out, so that is SEC1 (RFC 5915). */
    private String keyPem() throws IOException {
        if (!(key instanceof ECPrivateKey ec)) {
            return pem("PRIVATE KEY", key.getEncoded());
        }
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        return pem(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                ec.getParams().getOrder().bitLength(),
                                ec.getS(),
                                info.getPublicKeyData(),
                                info.getAlgorithm().getParameters())
                        .getEncoded(ASN1Encoding.DER));
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static X509Certificate sign(
            Kind kind,
            X500Name issuer,
            X500Name subject,
            String host,
            PublicKey key,
            PrivateKey signer,
            Instant notBefore,
            Instant notAfter)
            throws GeneralSecurityException, IOException {
        V3TBSCertificateGenerator g = new V3TBSCertificateGenerator();
        g.setSerialNumber(new ASN1Integer(BigInteger.valueOf(System.nanoTime() & Long.MAX_VALUE | 1)));
        g.setIssuer(issuer);
        g.setSubject(subject);
        g.setSignature(kind.identifier);
        g.setStartDate(new Time(Date.from(notBefore)));
        g.setEndDate(new Time(Date.from(notAfter)));
        g.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        ExtensionsGenerator x = new ExtensionsGenerator();
        x.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
        x.addExtension(Extension.keyUsage, true, new KeyUsage(host == null ? KeyUsage.keyCertSign : kind.usage()));
        if (host != null) {
            x.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        }
        g.setExtensions(x.generate());
        TBSCertificate tbs = g.generateTBSCertificate();

        Signature s = Signature.getInstance(kind.signature);
        s.initSign(signer);
        s.update(tbs.getEncoded(ASN1Encoding.DER));
        ASN1EncodableVector v = new ASN1EncodableVector();
        v.add(tbs);
        v.add(kind.identifier);
        v.add(new DERBitString(s.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(v).getEncoded(ASN1Encoding.DER)));
    }
}
