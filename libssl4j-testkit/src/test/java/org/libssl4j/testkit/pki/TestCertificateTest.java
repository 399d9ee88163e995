// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.crypto.pem.PrivateKeys;

class TestCertificateTest {
    @Test
    void whatIsNotSaidIsAsACarefulAuthorityWouldHaveIt() throws Exception {
        TestCertificate root =
                TestCertificate.builder().commonName("root").ca(2).build();
        X509Certificate leaf = TestCertificate.builder()
                .dns("a.example")
                .issuedBy(root)
                .build()
                .x509();
        leaf.verify(root.publicKey());
        leaf.checkValidity();
        assertEquals(2, root.x509().getBasicConstraints());
        assertEquals(-1, leaf.getBasicConstraints());
        assertEquals(root.x509().getSubjectX500Principal(), leaf.getIssuerX500Principal());
        assertArrayEquals(
                new boolean[] {true, false, false, false, false, false, false, false, false}, leaf.getKeyUsage());
        assertEquals(
                List.of(CertificateBuilder.SERVER_AUTH, CertificateBuilder.CLIENT_AUTH), leaf.getExtendedKeyUsage());
        assertEquals(List.of(List.of(2, "a.example")), List.copyOf(leaf.getSubjectAlternativeNames()));
    }

    @Test
    void allKindsOfKeysSignAndAreSigned() throws Exception {
        List<TestCertificate> roots = List.of(
                TestCertificate.builder().commonName("r").ca().ec("secp521r1").build(),
                TestCertificate.builder().commonName("r").ca().rsa(2048).build(),
                TestCertificate.builder().commonName("r").ca().rsaPss(2048).build(),
                TestCertificate.builder().commonName("r").ca().ed25519().build(),
                TestCertificate.builder().commonName("r").ca().ed448().build());
        for (TestCertificate root : roots) {
            root.x509().verify(root.publicKey());
            TestCertificate.builder()
                    .keysOf(root)
                    .dns("a")
                    .issuedBy(root)
                    .build()
                    .x509()
                    .verify(root.publicKey());
        }
    }

    @Test
    void theOddOnesAreOdd() {
        Instant from = Instant.parse("2051-01-01T00:00:00Z");
        TestCertificate root = TestCertificate.builder().ca().build();
        TestCertificate odd = TestCertificate.builder()
                .commonName(null)
                .issuedBy(root)
                .validity(from, from)
                .criticalAltName()
                .dns("a")
                .eku()
                .badSignature()
                .build();
        X509Certificate c = odd.x509();
        assertEquals("", c.getSubjectX500Principal().getName());
        assertEquals(Date.from(from), c.getNotAfter());
        assertNull(c.getExtensionValue("2.5.29.37"));
        assertThrows(SignatureException.class, () -> c.verify(root.publicKey()));
        // The JDK reads no certificate with an empty subject whose names are not critical; it can be made all the same.
        TestCertificate emptier =
                TestCertificate.builder().commonName(null).dns("a").build();
        assertThrows(IllegalStateException.class, emptier::x509);
        assertEquals(
                1,
                TestCertificate.builder()
                        .commonName("old")
                        .version1()
                        .build()
                        .x509()
                        .getVersion());
    }

    @Test
    void aChainIsWrittenWithoutItsRootAndReadBack(@TempDir Path directory) throws Exception {
        TestCertificate root = TestCertificate.builder().commonName("root").ca().build();
        TestCertificate middle =
                TestCertificate.builder().commonName("m").ca().issuedBy(root).build();
        TestCertificate leaf =
                TestCertificate.builder().dns("a").issuedBy(middle).build();
        List<byte[]> read = Certificates.read(leaf.writeChain(directory.resolve("chain.pem")));
        assertEquals(2, read.size());
        assertArrayEquals(leaf.der(), read.get(0));
        assertArrayEquals(middle.der(), read.get(1));
        assertArrayEquals(
                root.der(),
                Certificates.read(root.writeCertificate(directory.resolve("root.pem")))
                        .get(0));
        assertEquals(leaf.privateKey(), PrivateKeys.read(leaf.writeKey(directory.resolve("key.pem")), null));
    }
}
