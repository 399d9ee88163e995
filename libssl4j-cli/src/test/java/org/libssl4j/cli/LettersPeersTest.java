// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** Letters, with openssl at the other end. */
@Tag("peers")
@Timeout(120)
class LettersPeersTest {
    private static final Pattern ACCEPTS = Pattern.compile("(?m)^ *\\d+ server accepts.*$");

    @TempDir
    static Path directory;

    private static OpensslPeers peers;

    @BeforeAll
    static void certificate() throws Exception {
        peers = new OpensslPeers(PemFiles.in(directory));
    }

    @Test
    void ourClientUpdatesItsKeysAndOpensslsServersToo() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(typing, server, "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            typing.type("k\n");
            typing.type("K\nabc\n");
            client.awaitOut("update_requested (1)\n");
            client.awaitOut("cba\n");
            client.awaitOut("KeyUpdate, Length=1\n      update_not_requested (0)\n\nReceived");
            typing.type("Q\n");
            client.succeeded();
        }
    }

    @Test
    void opensslsClientUpdatesItsKeysAndOurServersToo() throws Exception {
        Command server = peers.ourServer(new Typing(), "-rev", "-trace");
        try (PeerProgram client = peers.theirClient(server)) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.type(client, "K\n");
            server.awaitOut("update_requested (1)\n");
            OpensslPeers.type(client, "abc\n");
            client.awaitLine("^cba$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(client);
        }
        server.succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "K"})
    void ourServerUpdatesItsKeysAndOpensslsClientReadsOn(String letter) throws Exception {
        Typing typing = new Typing();
        Command server = peers.ourServer(typing, "-trace");
        try (PeerProgram client = peers.theirClient(server)) {
            OpensslPeers.awaitVerified(client);
            typing.type(letter + "\n");
            typing.type("after that\n");
            client.awaitLine("^after that$", OpensslPeers.PATIENCE);
            OpensslPeers.type(client, "and back\n");
            server.awaitOut("and back\n");
            OpensslPeers.leave(client);
        }
        server.succeeded();
        boolean answered = server.out().contains("KeyUpdate, Length=1\n      update_not_requested (0)\n\nReceived");
        assertEquals(letter.equals("K"), answered, server.out());
    }

    /** The lines of openssl's statistics that we have, too. */
    private static List<String> accepts(String text) {
        return ACCEPTS.matcher(text).results().map(r -> r.group()).toList();
    }

    @Test
    void theStatisticsHaveOpensslsLines() throws Exception {
        String theirs;
        try (PeerProgram server = peers.theirServer("-naccept", "1")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(typing, server);
            client.awaitOut("Verify return code: 0 (ok)\n");
            OpensslPeers.type(server, "S\n");
            client.awaitOut("---\nS\n"); // openssl sends the letter on as well
            typing.end();
            client.succeeded();
            server.awaitExit(OpensslPeers.PATIENCE); // its output is buffered
            theirs = server.report();
        }
        Typing typing = new Typing();
        Command server = peers.ourServer(typing);
        try (PeerProgram client = peers.theirClient(server)) {
            OpensslPeers.awaitVerified(client);
            typing.type("S\n");
            server.awaitOut("server accepts that finished\n");
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertEquals(4, accepts(theirs).size(), theirs); // at its end openssl says it again
        assertEquals(accepts(theirs).subList(0, 2), accepts(server.out()));
    }

    @Test
    void opensslsClientTakesPlainTextForNoRecord() throws Exception {
        Typing typing = new Typing();
        Command server = peers.ourServer(typing);
        try (PeerProgram client = peers.theirClient(server)) {
            OpensslPeers.awaitVerified(client);
            typing.type("P\n");
            client.awaitLine("wrong version number", OpensslPeers.PATIENCE);
            assertEquals(1, client.awaitExit(OpensslPeers.PATIENCE), client::toString);
        }
        assertTrue(server.complaint().contains("alert"), server.err());
    }

    @Test
    void ourClientTakesOpensslsPlainTextForNoRecord() throws Exception {
        try (PeerProgram server = peers.theirServer()) {
            Command client = peers.ourClient(new Typing(), server);
            client.awaitOut("Verify return code: 0 (ok)\n");
            OpensslPeers.type(server, "P\n");
            assertTrue(client.complaint().startsWith("s_client: read: "), client.err());
            server.awaitLine("SSL alert number", OpensslPeers.PATIENCE);
        }
    }

    @Test
    void ourClientComesBackToOpensslsServer() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(typing, server);
            client.awaitOut("Verify return code: 0 (ok)\n");
            typing.type("C\n");
            typing.type("abc\n");
            client.awaitOut("cba\n");
            typing.type("Q\n");
            client.succeeded();
            Matcher connected = Pattern.compile("(?m)^CONNECTED\\(").matcher(client.out());
            assertEquals(2, connected.results().count(), client.out());
        }
    }

    @Test
    void ourServerServesTheNextClientAfterQ() throws Exception {
        Typing typing = new Typing();
        Command server = peers.ourServer(typing, "-naccept", "2");
        for (int i = 0; i < 2; i++) {
            try (PeerProgram client = peers.theirClient(server)) {
                OpensslPeers.awaitVerified(client);
                typing.type("q\n");
                assertEquals(0, client.awaitExit(OpensslPeers.PATIENCE), client::toString);
            }
        }
        server.succeeded();
    }
}
