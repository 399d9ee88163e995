// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** Sessions resumed with openssl, either being the server, and in files that go from one to the other. */
@Tag("peers")
@Timeout(120)
class SessionsPeersTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static OpensslPeers peers;

    @BeforeAll
    static void files() throws Exception {
        pem = PemFiles.in(directory);
        peers = new OpensslPeers(pem);
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static String ourClient(String address, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("s_client", "-connect", address, "-CAfile", pem.cert()));
        all.addAll(Arrays.asList(more));
        Typing typing = new Typing();
        Command c = Command.start(typing, all.toArray(new String[0]));
        typing.type("abc\n");
        c.awaitOut("cba\n");
        typing.end();
        return c.succeeded().out();
    }

    private static String theirClient(String address, String... more) throws Exception {
        try (PeerProgram c = peers.theirClient(address, more)) {
            OpensslPeers.awaitVerified(c);
            OpensslPeers.type(c, "abc\n");
            c.awaitLine("^cba$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(c);
            return new String(c.output(), StandardCharsets.UTF_8);
        }
    }

    private static Command ourServer(int connections, String... more) {
        List<String> all = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-rev"));
        all.addAll(List.of("-naccept", String.valueOf(connections), "-cert", pem.cert(), "-key", pem.keyFile()));
        all.addAll(Arrays.asList(more));
        return Command.start(new Typing(), all.toArray(new String[0]));
    }

    private static String address(PeerProgram server) throws InterruptedException {
        return "127.0.0.1:"
                + server.awaitLine("^ACCEPT .*:(\\d+)", OpensslPeers.PATIENCE).group(1);
    }

    private static String[] words(String options) {
        return options.isEmpty() ? new String[0] : options.split(" ");
    }

    private static void assertNew(String out) {
        assertTrue(out.contains("New, TLSv1."), out);
    }

    private static void assertReused(String out) {
        assertTrue(out.contains("Reused, TLSv1."), out);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, ''", "-tls1_2, -no_ticket"})
    void ourClientResumesAtOpensslsServer(String version, String options) throws Exception {
        try (PeerProgram server = peers.theirServer(Arguments.of(words(options)).before("-rev"))) {
            String at = address(server);
            String out = file("ours");
            assertNew(ourClient(at, version, "-sess_out", out));
            assertReused(ourClient(at, version, "-sess_in", out));
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, ''", "-tls1_2, -no_ticket"})
    void opensslsClientResumesAtOurServer(String version, String options) throws Exception {
        Command server = ourServer(2, words(options));
        String out = file("theirs");
        assertNew(theirClient(server.address(), version, "-sess_out", out));
        assertReused(theirClient(server.address(), version, "-sess_in", out));
        server.succeeded();
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, ''", "-tls1_2, -no_ticket"})
    void aFileOfOneClientIsResumedByTheOther(String version, String options) throws Exception {
        try (PeerProgram server = peers.theirServer(Arguments.of(words(options)).before("-rev"))) {
            String at = address(server);
            String ours = file("of-ours");
            String theirs = file("of-theirs");
            assertNew(ourClient(at, version, "-sess_out", ours));
            assertNew(theirClient(at, version, "-sess_out", theirs));
            assertReused(ourClient(at, version, "-sess_in", theirs));
            assertReused(theirClient(at, version, "-sess_in", ours));
        }
        Command server = ourServer(4, words(options));
        String at = server.address();
        String ours = file("of-ours2");
        String theirs = file("of-theirs2");
        assertNew(ourClient(at, version, "-sess_out", ours));
        assertNew(theirClient(at, version, "-sess_out", theirs));
        assertReused(ourClient(at, version, "-sess_in", theirs));
        assertReused(theirClient(at, version, "-sess_in", ours));
        server.succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2"})
    void reconnectResumesAtTheOther(String version) throws Exception {
        try (PeerProgram server = peers.theirServer("-rev")) {
            String out = ourClient(address(server), version, "-reconnect");
            assertEquals(5, SessionsTest.count(out, "Reused, TLSv1."), out);
        }
        Command server = ourServer(6);
        try (PeerProgram client = peers.theirClient(server.address(), version, "-reconnect")) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.type(client, "abc\n");
            client.awaitLine("^cba$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(client);
            String out = new String(client.output(), StandardCharsets.UTF_8);
            assertEquals(5, SessionsTest.count(out, "Reused, TLSv1."), out);
        }
        server.succeeded();
    }

    @Test
    void sessIdSaysWhatOpensslSays() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev")) {
            ourClient(address(server), "-tls1_2", "-sess_out", file("shown"));
        }
        try (PeerProgram theirs =
                PeerProgram.start("openssl", "sess_id", "-in", file("shown"), "-text", "-context", "x")) {
            assertEquals(0, theirs.awaitExit(OpensslPeers.PATIENCE), theirs::toString);
            assertEquals(
                    new String(theirs.output(), StandardCharsets.UTF_8),
                    Command.start("sess_id", "-in", file("shown"), "-text", "-context", "x")
                            .succeeded()
                            .out());
        }
    }
}
