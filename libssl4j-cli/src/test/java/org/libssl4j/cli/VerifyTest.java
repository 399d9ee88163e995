// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the commands trust, and what they ask of the other side's certificate. */
@Timeout(120)
class VerifyTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static PemFiles stranger;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
        stranger = PemFiles.in(Files.createDirectory(directory.resolve("stranger")));
    }

    @Test
    void aDirectoryOfCertificatesIsTrusted() throws Exception {
        Path anchors = Files.createDirectory(directory.resolve("anchors"));
        Files.copy(pem.certificate(), anchors.resolve("ce275665.0"));
        Pair p = new Pair(pem)
                .client("-CApath", anchors.toString(), "-verify_return_error")
                .ended();
        assertTrue(p.client.out().contains("Verify return code: 0 (ok)\n"), p.client.out());
    }

    @Test
    void filesOfOtherNamesInTheDirectoryAreNot() throws Exception {
        Path anchors = Files.createDirectory(directory.resolve("others"));
        Files.copy(pem.certificate(), anchors.resolve("ca.pem"));
        Pair p = new Pair(pem).client("-CApath", anchors.toString(), "-verify_return_error");
        assertTrue(p.client.complaint().contains("alert sent: unknown CA"), p.client.err());
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() throws Exception {
        String missing = directory.resolve("missing").toString();
        String why = Command.start("s_client", "-connect", "localhost:1", "-CApath", missing)
                .complaint();
        assertEquals("s_client: -CApath " + missing + ": " + missing, why);
    }

    @Test
    void verifySaysWhatWasFound() throws Exception {
        Pair p = new Pair(pem).client("-verify", "3").ended();
        assertEquals("verify depth is 3\ndepth=0 CN = localhost\nverify return:1\nDONE\n", p.client.err());
        Pair bad = new Pair(pem);
        bad.client = Command.start(
                bad.atClient,
                "s_client",
                "-connect",
                bad.server.address(),
                "-CAfile",
                stranger.cert(),
                "-verify",
                "3",
                "-verify_quiet");
        bad.ended();
        assertEquals(
                "verify depth is 3\ndepth=0 CN = localhost\nverify error:num=18:depth zero self signed cert\nDONE\n",
                bad.client.err());
    }

    @Test
    void aServerThatVerifiesTakesAClientWithoutACertificate() throws Exception {
        Pair p = new Pair(pem, "-verify", "1", "-CAfile", pem.cert()).client().ended();
        assertTrue(p.server.err().startsWith("verify depth is 1\n"), p.server.err());
    }

    @Test
    void aServerThatVerifiesShowsTheClientsCertificate() throws Exception {
        Pair p = new Pair(pem, "-verify", "1", "-CAfile", pem.cert())
                .client("-cert", pem.cert(), "-key", pem.keyFile())
                .ended();
        assertEquals("verify depth is 1\ndepth=0 CN = localhost\nverify return:1\n", p.server.err());
        assertTrue(p.server.out().contains("Client certificate\n-----BEGIN CERTIFICATE-----\n"), p.server.out());
        assertTrue(p.server.out().contains("subject=CN = localhost\nissuer=CN = localhost\n"), p.server.out());
    }

    @Test
    void aServerThatInsistsRefusesAClientWithoutACertificate() throws Exception {
        Pair p = new Pair(pem, "-Verify", "1", "-CAfile", pem.cert()).client();
        assertEquals(1, p.server.status());
        assertTrue(p.server.err().startsWith("verify depth is 1, must return a certificate\n"), p.server.err());
        assertTrue(p.server.err().contains("alert sent: certificate required"), p.server.err());
        p.atClient.end();
        assertEquals(1, p.client.status());
        assertTrue(p.client.err().contains("certificate required"), p.client.err());
    }

    @Test
    void aServerTakesAStrangerUnlessItIsToReturnErrors() throws Exception {
        Pair p = new Pair(pem, "-Verify", "1", "-CAfile", pem.cert())
                .client("-cert", stranger.cert(), "-key", stranger.keyFile())
                .ended();
        assertTrue(
                p.server.err().contains("verify error:num=18:depth zero self signed cert\nverify return:1\n"),
                p.server.err());
        Pair strict = new Pair(pem, "-Verify", "1", "-CAfile", pem.cert(), "-verify_return_error")
                .client("-cert", stranger.cert(), "-key", stranger.keyFile());
        assertEquals(1, strict.server.status());
        assertTrue(strict.server.err().contains("verify return:0\n"), strict.server.err());
    }
}
