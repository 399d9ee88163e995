// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.pki.TestCertificate;

/** Files written by the openssl program are read, and what we write is read by it. */
@Tag("peers")
class PemOpensslTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-521",
                "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048",
                "-algorithm ED25519",
                "-algorithm ED448",
            })
    void aKeyIsTheSameInEachForm(String options) throws Exception {
        openssl("genpkey -out key.pem " + options);
        PrivateKey key = PrivateKeys.read(directory.resolve("key.pem"), null);
        List<String> forms = new ArrayList<>(List.of(
                "pkey -in key.pem -outform DER",
                "pkcs8 -topk8 -in key.pem -passout file:password",
                "pkcs8 -topk8 -in key.pem -passout file:password -outform DER",
                "pkcs8 -topk8 -in key.pem -passout file:password -v2 aes-256-cbc -v2prf hmacWithSHA512",
                "pkcs8 -topk8 -in key.pem -passout file:password -v2 aes-192-cbc -v2prf hmacWithSHA384",
                "pkcs8 -topk8 -in key.pem -passout file:password -v2 des3",
                "pkcs8 -topk8 -in key.pem -passout file:password -iter 100000",
                "genpkey -out second.pem -aes256 -pass file:password " + options));
        if (options.contains(" EC ")) {
            forms.add("ec -in key.pem");
            forms.add("ec -in key.pem -outform DER");
            forms.add("ec -in key.pem -no_public");
            forms.add("ec -in key.pem -conv_form compressed");
        }
        if (options.contains(" RSA ")) {
            forms.add("rsa -in key.pem -traditional");
            forms.add("rsa -in key.pem -traditional -outform DER");
        }
        for (String form : forms) {
            boolean second = form.contains("second.pem");
            openssl(second ? form : form + " -out second.pem");
            PrivateKey read = PrivateKeys.read(directory.resolve("second.pem"), PASSWORD);
            if (second) {
                assertEquals(key.getAlgorithm(), read.getAlgorithm(), form);
            } else {
                assertEquals(publicOf(key), publicOf(read), form);
            }
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        openssl("genpkey -algorithm ED25519 -aes256 -pass file:password -out key.pem");
        assertThrows(
                GeneralSecurityException.class,
                () -> PrivateKeys.read(directory.resolve("key.pem"), "wrong".toCharArray()));
    }

    @Test
    void keysThatWeWriteAreReadByOpenssl() throws Exception {
        for (TestCertificate c : List.of(
                TestCertificate.builder().ec("secp384r1").build(),
                TestCertificate.builder().rsa(2048).build(),
                TestCertificate.builder().ed25519().build())) {
            c.writeKey(directory.resolve("key.pem"));
            assertTrue(openssl("pkey -in key.pem -noout -check").contains("valid"));
        }
    }

    @Test
    void aSelfSignedCertificateIsReadAndVerifiedByOpenssl() throws Exception {
        Instant now = Instant.now();
        SelfSigned made = SelfSigned.make(
                List.of("localhost", "127.0.0.1", "::1"), now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.DAYS));
        Files.writeString(directory.resolve("self.pem"), PemWriter.certificate(made.certificate()));
        String verify = "verify -CAfile self.pem -no-CApath -x509_strict -purpose sslserver ";
        assertTrue(openssl(verify + "-verify_hostname localhost self.pem").contains("OK"));
        assertTrue(openssl(verify + "-verify_ip ::1 self.pem").contains("OK"));
        assertTrue(openssl(verify + "-verify_ip 127.0.0.1 self.pem").contains("OK"));
    }

    @Test
    void pkcs12FilesOfOpensslAreRead() throws Exception {
        TestCertificate root = TestCertificate.builder().commonName("root").ca().build();
        TestCertificate middle =
                TestCertificate.builder().commonName("m").ca().issuedBy(root).build();
        TestCertificate leaf = TestCertificate.builder()
                .commonName("leaf")
                .dns("a")
                .rsa(2048)
                .issuedBy(middle)
                .build();
        leaf.writeKey(directory.resolve("key.pem"));
        leaf.writeCertificate(directory.resolve("leaf.pem"));
        // The issuers in the wrong order: the chain is put right by names.
        Files.writeString(directory.resolve("others.pem"), root.pem() + middle.pem());
        for (String how : List.of("", " -legacy", " -aes256 -macalg SHA512", " -name x -iter 5000")) {
            openssl("pkcs12 -export -inkey key.pem -in leaf.pem -certfile others.pem -out a.p12 -passout file:password"
                    + how);
            Pkcs12 read = Pkcs12.read(directory.resolve("a.p12"), PASSWORD);
            assertEquals(leaf.privateKey(), read.key());
            assertEquals(3, read.chain().size());
            assertArrayEquals(leaf.der(), read.chain().get(0));
            assertArrayEquals(middle.der(), read.chain().get(1));
            assertArrayEquals(root.der(), read.chain().get(2));
        }
    }

    /** The public half of a key that we have read, as openssl tells it from what we write. */
    private String publicOf(PrivateKey key) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("written.pem"), PemWriter.privateKey(key));
        String form = key.getAlgorithm().equals("EC") ? " -ec_conv_form uncompressed" : "";
        return openssl("pkey -pubout -in written.pem" + form);
    }

    private String openssl(String arguments) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("password"), new String(PASSWORD));
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.trim().split(" +")));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
