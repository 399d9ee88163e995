// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final String LEAF = Fixtures.text("leaf.pem");
    private static final String CA = Fixtures.text("ca.pem");

    @Test
    void certificatesComeInTheOrderOfTheFileAndKeysBetweenThemAreNoHindrance() throws GeneralSecurityException {
        String file = "text\n" + LEAF + Fixtures.text("rsa-pkcs8.pem") + CA;
        List<byte[]> ders = Certificates.read(Fixtures.ascii(file));
        assertEquals(2, ders.size());
        List<X509Certificate> parsed = Certificates.readX509(Fixtures.ascii(file));
        assertEquals("CN=a.example", parsed.get(0).getSubjectX500Principal().getName());
        assertEquals("CN=Test root", parsed.get(1).getSubjectX500Principal().getName());
        assertArrayEquals(ders.get(0), parsed.get(0).getEncoded());
    }

    @Test
    void derIsRead() throws GeneralSecurityException {
        byte[] der = Certificates.read(Fixtures.ascii(LEAF)).get(0);
        assertArrayEquals(der, Certificates.read(der).get(0));
    }

    @Test
    void theNoteOnTrustBehindATrustedCertificateIsLeftOut() throws GeneralSecurityException {
        assertArrayEquals(
                Certificates.read(Fixtures.ascii(LEAF)).get(0),
                Certificates.read(Fixtures.bytes("trusted.pem")).get(0));
    }

    @Test
    void whatIsNoCertificateIsRefused() throws GeneralSecurityException {
        byte[] der = Certificates.read(Fixtures.ascii(LEAF)).get(0);
        refused(new byte[0]);
        refused(Fixtures.ascii("text"));
        refused(Fixtures.bytes("ec-pkcs8.pem"));
        refused(Arrays.copyOf(der, der.length - 1));
        refused(Arrays.copyOf(der, der.length + 1));
        refused(Fixtures.ascii(PemWriter.certificate(new byte[] {0x30, 0})));
        refused(Fixtures.ascii(LEAF.substring(0, LEAF.length() / 2)));
        refused(Fixtures.ascii(LEAF + CA.substring(0, CA.length() / 2)));
    }

    @Test
    void whatWasWrittenIsReadBack(@TempDir Path directory) throws Exception {
        byte[] der = Certificates.read(Fixtures.ascii(LEAF)).get(0);
        Path file = Files.writeString(directory.resolve("a.pem"), PemWriter.certificate(der));
        assertArrayEquals(der, Certificates.read(file).get(0));
        assertEquals(LEAF, Files.readString(file));
    }

    @Test
    void thePlatformTrustsSomebody() throws Exception {
        List<X509Certificate> trusted = Certificates.ofPlatform();
        assertFalse(trusted.isEmpty());
        assertTrue(trusted.stream().allMatch(c -> c.getSubjectX500Principal() != null));
    }

    private static void refused(byte[] file) {
        assertThrows(GeneralSecurityException.class, () -> Certificates.read(file));
    }
}
