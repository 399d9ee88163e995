// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** Options of ours with openssl at the other end. */
@Tag("peers")
@Timeout(120)
class OptionsPeersTest {
    private static final String SUITES = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
    private static final List<String> OFFERS = List.of(
            "Shared ciphers:",
            "Signature Algorithms: ",
            "Shared Signature Algorithms: ",
            "Peer signing digest: ",
            "Supported groups: ",
            "Shared groups: ",
            "CIPHER is ");

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static PemFiles named;
    private static OpensslPeers peers;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
        named = PemFiles.in(Files.createDirectory(directory.resolve("named")), "named.example");
        peers = new OpensslPeers(pem);
    }

    @Test
    void opensslsServerAsksOurClientForItsCertificateLater() throws Exception {
        try (PeerProgram server = peers.theirServer("-CAfile", pem.cert(), "-verify", "1", "-state")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(
                    typing, server, "-enable_pha", "-cert", pem.cert(), "-key", pem.keyFile(), "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            OpensslPeers.type(server, "c\n");
            client.awaitOut("request_context (len=32)");
            OpensslPeers.type(server, "hello\n");
            client.awaitOut("hello\n");
            typing.type("Q\n");
            client.succeeded();
        }
    }

    @Test
    void ourServerAsksOpensslsClientForItsCertificateLater() throws Exception {
        Typing typing = new Typing();
        // With tickets that are still to be sent openssl's client stops here: to be mended.
        Command server = peers.ourServer(typing, "-CAfile", pem.cert(), "-num_tickets", "0");
        try (PeerProgram client =
                peers.theirClient(server, "-enable_pha", "-cert", pem.cert(), "-key", pem.keyFile())) {
            OpensslPeers.awaitVerified(client);
            typing.type("c\n");
            typing.type("asked\n");
            client.awaitLine("^asked$", OpensslPeers.PATIENCE);
            OpensslPeers.type(client, "answered\n");
            server.awaitOut("answered\n");
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertTrue(server.err().startsWith("depth=0 CN = localhost\nverify return:1\n"), server.err());
    }

    @Test
    void bothExportTheSameKeyingMaterial() throws Exception {
        Command server = peers.ourServer(new Typing(), "-keymatexport", "EXPERIMENTAL x", "-keymatexportlen", "40");
        String theirs;
        try (PeerProgram client =
                peers.theirClient(server, "-keymatexport", "EXPERIMENTAL x", "-keymatexportlen", "40")) {
            theirs = client.awaitLine("Keying material: (\\w{80})", OpensslPeers.PATIENCE)
                    .group(1);
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertTrue(server.out().contains("    Keying material: " + theirs + "\n"), server.out());
    }

    @Test
    void authoritiesAndSignatureAlgorithmsReachTheOtherSide() throws Exception {
        Command server = peers.ourServer(
                new Typing(), "-CAfile", pem.cert(), "-verify", "1", "-client_sigalgs", "ECDSA+SHA256:ed25519");
        try (PeerProgram client = peers.theirClient(server)) {
            client.awaitLine("Acceptable client certificate CA names", OpensslPeers.PATIENCE);
            client.awaitLine("^Requested Signature Algorithms: ECDSA\\+SHA256:(?i:ed25519)$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(client);
        }
        server.succeeded();
        try (PeerProgram theirs = peers.theirServer()) {
            Typing typing = new Typing();
            Command client = peers.ourClient(
                    typing, theirs, "-requestCAfile", named.cert(), "-sigalgs", "ECDSA+SHA256:RSA-PSS+SHA256");
            theirs.awaitLine("^Signature Algorithms: ECDSA\\+SHA256:RSA-PSS\\+SHA256$", OpensslPeers.PATIENCE);
            theirs.awaitLine("^CN = named.example$", OpensslPeers.PATIENCE);
            typing.end();
            client.succeeded();
        }
    }

    @Test
    void opensslsClientBringsOurCookieBack() throws Exception {
        Command server = peers.ourServer(new Typing(), "-stateless", "-trace");
        try (PeerProgram client = peers.theirClient(server)) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertTrue(server.out().contains("HelloRetryRequest, Length="), server.out());
    }

    @Test
    void aSecondCertificateIsForASecondName() throws Exception {
        Command server = peers.ourServer(
                new Typing(), "-servername", "named.example", "-cert2", named.cert(), "-key2", named.keyFile());
        try (PeerProgram client = peers.theirClient(server, "-servername", "named.example")) {
            client.awaitLine("^subject=CN ?= ?named.example$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(client);
        }
        server.succeeded();
    }

    @Test
    void recordsOfOtherLengthsAndWithPaddingAreUnderstood() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev", "-max_send_frag", "512")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(
                    typing, server, "-maxfraglen", "1024", "-max_send_frag", "600", "-record_padding", "256");
            client.awaitOut("Verify return code: 0 (ok)\n");
            typing.type("a" + "x".repeat(3000) + "b\n");
            client.awaitOut("b" + "x".repeat(3000) + "a\n");
            typing.type("Q\n");
            client.succeeded();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherNameMayBeRefused(boolean weServe) throws Exception {
        String[] options = {
            "-servername", "named.example", "-servername_fatal", "-cert2", named.cert(), "-key2", named.keyFile()
        };
        if (weServe) {
            Command server = peers.ourServer(new Typing(), options);
            try (PeerProgram client = peers.theirClient(server, "-servername", "other.example")) {
                client.awaitLine("unrecognized name", OpensslPeers.PATIENCE);
                assertEquals(1, client.awaitExit(OpensslPeers.PATIENCE), client::toString);
            }
            assertTrue(server.err().contains("Hostname in TLS extension: \"other.example\"\n"), server.err());
            assertEquals(1, server.status());
            assertTrue(server.err().contains("(alert sent: unrecognized name)"), server.err());
        } else {
            try (PeerProgram server = peers.theirServer(options)) {
                Command client = peers.ourClient(new Typing(), server, "-servername", "other.example");
                assertTrue(client.complaint().contains("alert unrecognized name"), client.err());
            }
        }
    }

    /** What verifies on the other side only if the chain is sent: the certificates in between are nowhere else. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theChainReachesTheOtherSide(boolean weServe) throws Exception {
        ChainFiles chain = ChainFiles.in(Files.createTempDirectory(directory, "chain"));
        String[] served = {"-cert", chain.leaf(), "-key", chain.leafKey(), "-cert_chain", chain.between()};
        String[] trusting = {"-CAfile", chain.root(), "-verify_return_error"};
        if (weServe) {
            Command server = peers.ourServer(new Typing(), served);
            try (PeerProgram client = peers.theirClient(server, trusting)) {
                OpensslPeers.awaitVerified(client);
                OpensslPeers.leave(client);
            }
            server.succeeded();
        } else {
            try (PeerProgram server = peers.theirServer(served)) {
                Typing typing = new Typing();
                Command client = peers.ourClient(typing, server, trusting);
                client.awaitOut("Verify return code: 0 (ok)\n");
                typing.end();
                client.succeeded();
            }
        }
        Command without = peers.ourServer(new Typing(), "-cert", chain.leaf(), "-key", chain.leafKey());
        try (PeerProgram client = peers.theirClient(without, trusting)) {
            client.awaitLine("unable to get local issuer certificate", OpensslPeers.PATIENCE);
            assertEquals(1, client.awaitExit(OpensslPeers.PATIENCE), client::toString);
        }
    }

    /** The lines of a server's summary that tell what the client offered. */
    private static List<String> offers(String summary) {
        return summary.lines()
                .filter(line -> OFFERS.stream().anyMatch(line::startsWith))
                .map(line -> line.replace("ED25519", "ed25519").replace("ED448", "ed448"))
                .toList();
    }

    @Test
    void bothServersSayTheSameOfAClient() throws Exception {
        // In the order of both, as openssl tells what is shared in the client's and we in ours.
        String[] groups = {"-groups", "P-256:X25519:P-521", "-ciphersuites", SUITES};
        String[] asked = {
            "-groups",
            "P-384:P-256:X25519",
            "-ciphersuites",
            SUITES,
            "-sigalgs",
            "ECDSA+SHA256:ed25519:rsa_pss_pss_sha384:RSA-PSS+SHA512:RSA+SHA256",
            "-tls1_3",
            "-cert",
            pem.cert(),
            "-key",
            pem.keyFile()
        };
        String[] both = Arguments.of(groups).before("-verify", "1", "-CAfile", pem.cert());
        List<String> theirs;
        try (PeerProgram server = peers.theirServer(both)) {
            String at = "127.0.0.1:"
                    + server.awaitLine("^ACCEPT .*:(\\d+)", OpensslPeers.PATIENCE)
                            .group(1);
            try (PeerProgram client = peers.theirClient(at, asked)) {
                OpensslPeers.awaitVerified(client);
                server.awaitLine("^CIPHER is .*\n", OpensslPeers.PATIENCE);
                OpensslPeers.leave(client);
            }
            theirs = offers(server.report());
        }
        Command server = peers.ourServer(new Typing(), both);
        try (PeerProgram client = peers.theirClient(server, asked)) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertEquals(OFFERS.size(), theirs.size(), theirs.toString());
        assertEquals(theirs, offers(server.out()));
    }
}
