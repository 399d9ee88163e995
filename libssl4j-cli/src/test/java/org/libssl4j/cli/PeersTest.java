// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** The commands against those of OpenSSL, and against curl. */
@Tag("peers")
@Timeout(120)
class PeersTest {
    private static final Duration PATIENCE = OpensslPeers.PATIENCE;
    private static final String[] STRICT = {"-verify_return_error", "-verify_hostname", "localhost", "-tls1_3"};
    private static final int SIZE = 32 << 20;

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static OpensslPeers peers;
    private static byte[] bulk;
    private static Path bulkFile;

    @BeforeAll
    static void files() throws Exception {
        pem = PemFiles.in(directory);
        peers = new OpensslPeers(pem);
        bulk = new byte[SIZE];
        new Random(3).nextBytes(bulk);
        bulkFile = Files.write(directory.resolve("bulk"), bulk);
    }

    private static PeerProgram theirClient(String address, String... more) throws Exception {
        return peers.theirClient(address, Arguments.of(more).before(STRICT));
    }

    private static Command ourClient(Typing typing, PeerProgram server, String... more) throws Exception {
        return peers.ourClient(typing, server, Arguments.of(more).before(STRICT));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_AES_128_GCM_SHA256, X25519",
        "TLS_AES_256_GCM_SHA384, P-256",
        "TLS_CHACHA20_POLY1305_SHA256, P-384",
        "TLS_AES_128_GCM_SHA256, X448",
        "TLS_AES_256_GCM_SHA384, P-521"
    })
    void ourClientTalksToOpensslsServer(String suite, String group) throws Exception {
        try (PeerProgram server = peers.theirServer("-rev")) {
            Typing typing = new Typing();
            Command client = ourClient(typing, server, "-ciphersuites", suite, "-groups", group);
            client.awaitOut("New, TLSv1.3, Cipher is " + suite + "\n");
            client.awaitOut("Negotiated TLS1.3 group: " + group + "\n");
            client.awaitOut("Verify return code: 0 (ok)\n");
            typing.type("abc\n");
            client.awaitOut("cba\n");
            typing.end();
            client.succeeded();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_AES_128_GCM_SHA256, X25519",
        "TLS_AES_256_GCM_SHA384, P-256",
        "TLS_CHACHA20_POLY1305_SHA256, P-384",
        "TLS_AES_128_GCM_SHA256, X448",
        "TLS_AES_256_GCM_SHA384, P-521"
    })
    void opensslsClientTalksToOurServer(String suite, String group) throws Exception {
        Command server = peers.ourServer(new Typing(), "-rev");
        try (PeerProgram client =
                theirClient(server.address(), "-ciphersuites", suite, "-groups", group, "-quiet", "-no_ign_eof")) {
            OpensslPeers.type(client, "abc\n");
            client.awaitLine("^cba$", PATIENCE);
            OpensslPeers.type(client, "CLOSE\n");
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
        }
        server.succeeded();
        assertTrue(server.out().contains("Cipher is " + suite + "\n"), server.out());
        assertTrue(server.out().contains("group: " + group + "\n"), server.out());
    }

    @Test
    void neitherBlocksAndOursIsTheClient() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev", "-nbio")) {
            Typing typing = new Typing();
            Command client = ourClient(typing, server, "-nbio", "-quiet");
            typing.type("abc\n");
            client.awaitOut("cba\n");
            typing.type("CLOSE\n"); // the server has the last word
            client.succeeded();
            assertEquals("cba\n", client.out());
        }
    }

    @Test
    void neitherBlocksAndOursIsTheServer() throws Exception {
        Command server = peers.ourServer(new Typing(), "-rev", "-nbio");
        try (PeerProgram client = theirClient(server.address(), "-nbio", "-quiet", "-no_ign_eof")) {
            OpensslPeers.type(client, "abc\n");
            client.awaitLine("^cba$", PATIENCE);
            OpensslPeers.type(client, "CLOSE\n");
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
        }
        server.succeeded();
    }

    @Test
    void opensslsServerAsksForAnotherGroup() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev", "-groups", "P-256")) {
            Typing typing = new Typing();
            Command client = ourClient(typing, server);
            client.awaitOut("Negotiated TLS1.3 group: P-256\n");
            typing.end();
            client.succeeded();
        }
    }

    @Test
    void ourServerAsksOpensslsClientForAnotherGroup() throws Exception {
        Command server = peers.ourServer(new Typing(), "-groups", "P-256");
        try (PeerProgram client = theirClient(server.address(), "-groups", "X25519:P-256")) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.leave(client);
        }
        server.succeeded();
    }

    @Test
    void applicationProtocolsAreNegotiatedBothWays() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev", "-alpn", "h2,http/1.1")) {
            Typing typing = new Typing();
            Command client = ourClient(typing, server, "-alpn", "http/1.1");
            client.awaitOut("ALPN protocol: http/1.1\n");
            typing.end();
            client.succeeded();
        }
        Command server = peers.ourServer(new Typing(), "-alpn", "h2,http/1.1");
        try (PeerProgram client = theirClient(server.address(), "-alpn", "http/1.1,h2")) {
            client.awaitLine("ALPN protocol: h2", PATIENCE);
        }
    }

    @Test
    void ourClientFetchesAPageOfOpensslsServer() throws Exception {
        try (PeerProgram server = peers.theirServer("-www")) {
            Typing typing = new Typing();
            typing.type("GET / HTTP/1.0\r\n\r\n");
            Command client = ourClient(typing, server, "-quiet");
            String page = client.succeeded().out();
            assertTrue(page.startsWith("HTTP/1.0 200 ok\r\n") && page.contains("TLSv1.3"), page);
        }
    }

    @Test
    void opensslsClientSendsUsMuch() throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        Command server = Command.start(
                new Typing(),
                got,
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-quiet",
                "-cert",
                pem.cert(),
                "-key",
                pem.keyFile());
        try (PeerProgram client = theirClient(server.quietAddress(), "-quiet")) {
            client.feed(bulk, false);
            while (got.size() < SIZE && client.isAlive()) {
                Thread.sleep(20);
            }
        }
        assertEquals(1, server.status()); // the client was ended without close_notify
        assertArrayEquals(bulk, got.toByteArray());
    }

    @Test
    void ourClientSendsOpensslsServerMuch() throws Exception {
        try (Quiet server = Quiet.start()) {
            Command client = Command.start(
                    Files.newInputStream(bulkFile),
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + server.port(),
                    "-quiet",
                    "-no_ign_eof");
            byte[] got = server.program().awaitOutput(SIZE, Duration.ofSeconds(60));
            client.succeeded();
            assertArrayEquals(bulk, got);
        }
    }

    /** A server of openssl's whose output is data alone, so that nothing says where it listens. */
    private record Quiet(PeerProgram program, int port) implements AutoCloseable {
        private static final int TRIES = 3;

        /** On a port that was free a moment ago; where somebody else was quicker it ends at once, and another port is tried. */
        static Quiet start() throws Exception {
            for (int tries = 1; ; tries++) {
                int port = PeerProgram.freePort();
                PeerProgram program = PeerProgram.start(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        pem.cert(),
                        "-key",
                        pem.keyFile(),
                        "-quiet",
                        "-naccept",
                        "1");
                if (listens(program, port)) {
                    return new Quiet(program, port);
                }
                program.close();
                assertTrue(tries < TRIES, () -> "nobody listens on port " + port + "; " + program);
            }
        }

        private static boolean listens(PeerProgram program, int port) throws Exception {
            Path listening = Path.of("/proc/net/tcp");
            String wanted = String.format("0100007F:%04X 00000000:0000 0A", port);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (program.isAlive() && System.nanoTime() < deadline) {
                if (Files.readString(listening).contains(wanted)) {
                    return program.isAlive();
                }
                Thread.sleep(20);
            }
            return false;
        }

        @Override
        public void close() {
            program.close();
        }
    }

    @Test
    void curlFetchesOurPageAndOurFiles() throws Exception {
        Command www = peers.ourServer(new Typing(), "-www", "-alpn", "http/1.1");
        String page = curl(www.address(), "/");
        assertTrue(page.contains("Cipher is TLS_"), page);
        www.succeeded();
        Command files = peers.ourServer(new Typing(), "-WWW");
        assertEquals(Files.readString(Path.of("pom.xml")), curl(files.address(), "/pom.xml"));
        files.succeeded();
    }

    private static String curl(String address, String path) throws Exception {
        String url = "https://" + address.replace("127.0.0.1", "localhost") + path;
        try (PeerProgram curl = PeerProgram.start("curl", "-sS", "-4", "--noproxy", "*", "--cacert", pem.cert(), url)) {
            assertEquals(0, curl.awaitExit(PATIENCE), curl::toString);
            return new String(curl.output(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void curlRefusesACertificateThatItDoesNotKnowAndTheServerSaysSo() throws Exception {
        Command server = peers.ourServer(new Typing(), "-www");
        try (PeerProgram curl =
                PeerProgram.start("curl", "-sS", "--noproxy", "*", "https://" + server.address() + "/")) {
            assertEquals(60, curl.awaitExit(PATIENCE), curl::toString);
        }
        assertTrue(server.complaint().contains("unknown ca"), server.err());
    }

    @Test
    void anOldClientIsTurnedAwayWithALine() throws Exception {
        Command server = peers.ourServer(new Typing(), "-tls1_3");
        try (PeerProgram client = PeerProgram.start("openssl", "s_client", "-connect", server.address(), "-tls1_2")) {
            assertEquals(1, client.awaitExit(PATIENCE), client::toString);
            assertTrue(client.report().contains("alert protocol version"), client::toString);
        }
        assertTrue(server.complaint().contains("unsupported protocol"), server.err());
    }

    @Test
    void anOldServerIsRefusedWithALine() throws Exception {
        try (PeerProgram server = peers.theirServer("-tls1_2")) {
            Command client = ourClient(new Typing(), server, "-quiet");
            assertTrue(client.complaint().contains("protocol version"), client.err());
        }
    }
}
