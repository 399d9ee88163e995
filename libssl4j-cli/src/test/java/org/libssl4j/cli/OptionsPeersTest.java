// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.testkit.peer.PeerProgram;

/** Options of ours with openssl at the other end. */
@Tag("peers")
@Timeout(120)
class OptionsPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static PemFiles named;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
        named = PemFiles.in(Files.createDirectory(directory.resolve("named")), "named.example");
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private static PeerProgram theirServer(String... more) throws Exception {
        return PeerProgram.start(with(
                List.of(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        pem.cert(),
                        "-key",
                        pem.keyFile(),
                        "-CAfile",
                        pem.cert(),
                        "-tls1_3"),
                more));
    }

    private static Command ourClient(Typing typing, PeerProgram server, String... more) throws Exception {
        String port = server.awaitLine("^ACCEPT .*:(\\d+)", PATIENCE).group(1);
        return Command.start(
                typing, with(List.of("s_client", "-connect", "127.0.0.1:" + port, "-CAfile", pem.cert()), more));
    }

    private static Command ourServer(Typing typing, String... more) {
        return Command.start(
                typing,
                with(
                        List.of(
                                "s_server",
                                "-accept",
                                "127.0.0.1:0",
                                "-naccept",
                                "1",
                                "-cert",
                                pem.cert(),
                                "-key",
                                pem.keyFile(),
                                "-CAfile",
                                pem.cert()),
                        more));
    }

    private static PeerProgram theirClient(Command server, String... more) throws Exception {
        return PeerProgram.start(
                with(List.of("openssl", "s_client", "-connect", server.address(), "-CAfile", pem.cert()), more));
    }

    private static void leave(PeerProgram client) throws Exception {
        client.feed("Q\n".getBytes(StandardCharsets.US_ASCII), true);
        assertEquals(0, client.awaitExit(PATIENCE), client::toString);
    }

    @Test
    void opensslsServerAsksOurClientForItsCertificateLater() throws Exception {
        try (PeerProgram server = theirServer("-verify", "1", "-state")) {
            Typing typing = new Typing();
            Command client =
                    ourClient(typing, server, "-enable_pha", "-cert", pem.cert(), "-key", pem.keyFile(), "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            server.feed("c\n".getBytes(StandardCharsets.US_ASCII), false);
            client.awaitOut("request_context (len=32)");
            server.feed("hello\n".getBytes(StandardCharsets.US_ASCII), false);
            client.awaitOut("hello\n");
            typing.type("Q\n");
            client.succeeded();
        }
    }

    @Test
    void ourServerAsksOpensslsClientForItsCertificateLater() throws Exception {
        Typing typing = new Typing();
        Command server = ourServer(typing);
        try (PeerProgram client = theirClient(server, "-enable_pha", "-cert", pem.cert(), "-key", pem.keyFile())) {
            client.awaitLine("Verify return code: 0 \\(ok\\)", PATIENCE);
            typing.type("c\n");
            typing.type("asked\n");
            client.awaitLine("^asked$", PATIENCE);
            client.feed("answered\n".getBytes(StandardCharsets.US_ASCII), false);
            server.awaitOut("answered\n");
            leave(client);
        }
        server.succeeded();
        assertTrue(server.err().startsWith("depth=0 CN = localhost\nverify return:1\n"), server.err());
    }

    @Test
    void bothExportTheSameKeyingMaterial() throws Exception {
        Command server = ourServer(new Typing(), "-keymatexport", "EXPERIMENTAL x", "-keymatexportlen", "40");
        String theirs;
        try (PeerProgram client = theirClient(server, "-keymatexport", "EXPERIMENTAL x", "-keymatexportlen", "40")) {
            theirs = client.awaitLine("Keying material: (\\w{80})", PATIENCE).group(1);
            leave(client);
        }
        server.succeeded();
        assertTrue(server.out().contains("    Keying material: " + theirs + "\n"), server.out());
    }

    @Test
    void authoritiesAndSignatureAlgorithmsReachTheOtherSide() throws Exception {
        Command server = ourServer(new Typing(), "-verify", "1", "-client_sigalgs", "ECDSA+SHA256:ed25519");
        try (PeerProgram client = theirClient(server)) {
            client.awaitLine("Acceptable client certificate CA names", PATIENCE);
            client.awaitLine("^Requested Signature Algorithms: ECDSA\\+SHA256:(?i:ed25519)$", PATIENCE);
            leave(client);
        }
        server.succeeded();
        try (PeerProgram theirs = theirServer()) {
            Typing typing = new Typing();
            Command client = ourClient(
                    typing, theirs, "-requestCAfile", named.cert(), "-sigalgs", "ECDSA+SHA256:RSA-PSS+SHA256");
            theirs.awaitLine("^Signature Algorithms: ECDSA\\+SHA256:RSA-PSS\\+SHA256$", PATIENCE);
            theirs.awaitLine("^CN = named.example$", PATIENCE);
            typing.end();
            client.succeeded();
        }
    }

    @Test
    void opensslsClientBringsOurCookieBack() throws Exception {
        Command server = ourServer(new Typing(), "-stateless", "-trace");
        try (PeerProgram client = theirClient(server)) {
            client.awaitLine("Verify return code: 0 \\(ok\\)", PATIENCE);
            leave(client);
        }
        server.succeeded();
        assertTrue(server.out().contains("HelloRetryRequest, Length="), server.out());
    }

    @Test
    void aSecondCertificateIsForASecondName() throws Exception {
        Command server = ourServer(
                new Typing(), "-servername", "named.example", "-cert2", named.cert(), "-key2", named.keyFile());
        try (PeerProgram client = theirClient(server, "-servername", "named.example")) {
            client.awaitLine("^subject=CN ?= ?named.example$", PATIENCE);
            leave(client);
        }
        server.succeeded();
    }

    @Test
    void recordsOfOtherLengthsAndWithPaddingAreUnderstood() throws Exception {
        try (PeerProgram server = theirServer("-rev", "-max_send_frag", "512")) {
            Typing typing = new Typing();
            Command client =
                    ourClient(typing, server, "-maxfraglen", "1024", "-max_send_frag", "600", "-record_padding", "256");
            client.awaitOut("Verify return code: 0 (ok)\n");
            typing.type("a" + "x".repeat(3000) + "b\n");
            client.awaitOut("b" + "x".repeat(3000) + "a\n");
            typing.type("Q\n");
            client.succeeded();
        }
    }
}
