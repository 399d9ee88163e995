// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ClientAndServerTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static Command server(Typing typing, String... more) {
        return Command.start(typing, arguments(List.of("s_server", "-accept", "127.0.0.1:0", "-naccept", "1"), more));
    }

    private static Command client(Typing typing, String address, String... more) {
        return Command.start(typing, arguments(List.of("s_client", "-connect", address), more));
    }

    private static String[] arguments(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        if (first.get(0).equals("s_server")) {
            all.addAll(List.of("-cert", pem.cert(), "-key", pem.keyFile()));
        } else {
            all.addAll(List.of("-CAfile", pem.cert()));
        }
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-nbio"})
    void whatIsTypedAtOneSideIsPrintedAtTheOther(String option) throws Exception {
        Typing atServer = new Typing();
        Typing atClient = new Typing();
        Command server = server(atServer, option);
        Command client = client(atClient, server.address(), option);
        atClient.type("from the client\n");
        server.awaitOut("from the client\n");
        atServer.type("from the server\n");
        client.awaitOut("from the server\n");
        atClient.type("Q\n");
        client.succeeded();
        server.succeeded();
        assertEquals("DONE\n", client.err());
        assertTrue(server.out().endsWith("CONNECTION CLOSED\n"), server.out());
    }

    @Test
    void theClientSaysWhatWasNegotiatedAndWhetherItVerified() throws Exception {
        Command server = server(new Typing());
        Command client = client(new Typing(), server.address(), "-verify_hostname", "localhost", "-groups", "X25519");
        client.awaitOut("Verify return code: ");
        String out = client.out();
        for (String line : List.of(
                " 0 s:CN = localhost",
                "   i:CN = localhost",
                "subject=CN = localhost",
                "Peer signing digest: SHA256",
                "Peer signature type: ecdsa_secp256r1_sha256",
                "Peer Temp Key: X25519, 253 bits",
                "Negotiated TLS1.3 group: X25519",
                "Verification: OK",
                "Verified peername: localhost",
                "No ALPN negotiated",
                "Verify return code: 0 (ok)")) {
            assertTrue(out.lines().anyMatch(line::equals), line + " in " + out);
        }
        assertTrue(
                Pattern.compile("(?m)^New, TLSv1\\.3, Cipher is TLS_\\w+$")
                        .matcher(out)
                        .find(),
                out);
    }

    @Test
    void briefSaysItShortAndOnTheStreamForErrors() throws Exception {
        Typing typing = new Typing();
        Command server = server(new Typing(), "-brief");
        Command client = client(typing, server.address(), "-brief");
        typing.end();
        client.succeeded();
        assertEquals("", client.out());
        assertTrue(client.err().startsWith("CONNECTION ESTABLISHED\nProtocol version: TLSv1.3\n"), client.err());
        server.succeeded();
        assertTrue(server.err().startsWith("CONNECTION ESTABLISHED\nProtocol version: TLSv1.3\n"), server.err());
    }

    @Test
    void quietPrintsDataAlone() throws Exception {
        Typing atServer = new Typing();
        Command server = server(atServer, "-quiet");
        Typing atClient = new Typing();
        Command client = client(atClient, server.quietAddress(), "-quiet", "-no_ign_eof");
        atServer.type("Q\nq\ndata\n"); // no commands here
        client.awaitOut("Q\nq\ndata\n");
        atClient.end();
        client.succeeded();
        server.succeeded();
        assertEquals("Q\nq\ndata\n", client.out());
        assertEquals("", client.err());
        assertEquals("", server.out());
    }

    @Test
    void withIgnEofTheClientStaysUntilTheServerCloses() throws Exception {
        Typing atServer = new Typing();
        Typing atClient = new Typing();
        Command server = server(atServer);
        Command client = client(atClient, server.address(), "-ign_eof");
        atClient.type("Q\n");
        atClient.end();
        server.awaitOut("Q\n");
        atServer.type("still there?\n");
        client.awaitOut("still there?\n");
        atServer.type("q\n");
        client.succeeded();
        assertTrue(client.out().endsWith("still there?\nclosed\n"), client.out());
        server.succeeded();
    }

    @Test
    void theServerPicksTheApplicationProtocol() throws Exception {
        Command server = server(new Typing(), "-alpn", "two,one");
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-alpn", "one,two,three");
        client.awaitOut("ALPN protocol: two\n");
        typing.end();
        client.succeeded();
        server.succeeded();
        assertTrue(server.out().contains("ALPN protocols selected: two\n"), server.out());
    }

    @Test
    void withoutACommonApplicationProtocolBothFail() throws Exception {
        Command server = server(new Typing(), "-alpn", "one");
        Command client = client(new Typing(), server.address(), "-alpn", "two");
        assertTrue(client.complaint().contains("no application protocol"), client.err());
        assertTrue(server.complaint().contains("no application protocol"), server.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256"})
    void theGroupIsTheOneAskedFor(String group) throws Exception {
        Command server = server(new Typing());
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-groups", group);
        client.awaitOut("Negotiated TLS1.3 group: " + group + "\n");
        typing.end();
        client.succeeded();
    }

    @Test
    void theServersGroupIsReachedByAHelloRetryRequest() throws Exception {
        Command server = server(new Typing(), "-groups", "P-256");
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-groups", "X25519:P-256");
        client.awaitOut("Negotiated TLS1.3 group: P-256\n");
        typing.end();
        client.succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"})
    void theCipherSuiteIsTheOneAskedFor(String suite) throws Exception {
        Command server = server(new Typing());
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-ciphersuites", suite);
        client.awaitOut("New, TLSv1.3, Cipher is " + suite + "\n");
        typing.end();
        client.succeeded();
    }

    @Test
    void theServerNameIsSentUnlessForbidden() throws Exception {
        Command server = server(new Typing(), "-www");
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-servername", "example.org", "-ign_eof");
        typing.type("GET / HTTP/1.0\r\n\r\n");
        assertTrue(client.succeeded().out().contains("Server name: example.org\n"), client.out());
        Command other = server(new Typing());
        Command nameless = client(new Typing(), other.address().replace("127.0.0.1", "localhost"), "-noservername");
        nameless.awaitOut("Verify return code");
        assertFalse(other.out().contains("Server name"), other.out());
    }

    @Test
    void aFailedHandshakeIsOneLineAndTheNextClientIsServed() throws Exception {
        Typing typing = new Typing();
        Command server =
                Command.start(typing, "s_server", "-accept", "127.0.0.1:0", "-cert", pem.cert(), "-key", pem.keyFile());
        Command stranger =
                client(new Typing(), server.address(), "-verify_return_error", "-verify_hostname", "example.org");
        stranger.complaint();
        Typing second = new Typing();
        Command client = client(second, server.address());
        second.type("good morning\n");
        server.awaitOut("good morning\n");
        typing.type("Q\n");
        client.succeeded();
        server.succeeded();
        assertTrue(server.err().contains("bad certificate"), server.err());
        assertEquals(2, server.err().lines().count(), server.err()); // the other line is DONE
    }

    @Test
    void aServerWithoutACertificateMakesOneAndSaysSo() throws Exception {
        Command server = Command.start(new Typing(), "s_server", "-accept", "127.0.0.1:0", "-naccept", "1");
        Typing typing = new Typing();
        Command client = Command.start(typing, "s_client", server.address());
        client.awaitOut("Verify return code: 18 (");
        typing.end();
        client.succeeded();
        assertTrue(client.err().startsWith("verify error:num=18:"), client.err());
        assertTrue(server.succeeded().err().contains("self-signed certificate"), server.err());
    }

    @Test
    void linesComeBackReversed() throws Exception {
        Command server = server(new Typing(), "-rev");
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-quiet");
        typing.type("libssl4j\r\nabc\n");
        client.awaitOut("j4lssbil\ncba\n");
        typing.type("CLOSE\n");
        client.succeeded();
        server.succeeded();
    }

    @Test
    void theKeyLogHasTheLinesOfRfc9850OnBothSides() throws Exception {
        Path atServer = directory.resolve("server.keys");
        Path atClient = directory.resolve("client.keys");
        Files.writeString(atClient, "# what was there stays\n");
        Command server = server(new Typing(), "-keylogfile", atServer.toString());
        Typing typing = new Typing();
        Command client = client(typing, server.address(), "-keylogfile", atClient.toString());
        typing.end();
        client.succeeded();
        server.succeeded();
        List<String> lines = Files.readAllLines(atClient);
        assertEquals("# what was there stays", lines.get(0));
        Set<String> secrets = new TreeSet<>(lines.subList(1, lines.size()));
        assertEquals(secrets, new TreeSet<>(Files.readAllLines(atServer)));
        Pattern line = Pattern.compile("[A-Z0-9_]+ [0-9a-f]{64} ([0-9a-f]{64}|[0-9a-f]{96})");
        secrets.forEach(s -> assertTrue(line.matcher(s).matches(), s));
        Set<String> labels =
                secrets.stream().map(s -> s.substring(0, s.indexOf(' '))).collect(Collectors.toSet());
        assertTrue(
                labels.containsAll(Set.of(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET")),
                labels.toString());
    }
}
