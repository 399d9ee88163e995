// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** Renegotiation of TLS 1.2, begun by either side, with openssl at the other end. */
@Tag("peers")
@Timeout(120)
class RenegotiationPeersTest {
    @TempDir
    static Path directory;

    private static OpensslPeers peers;

    @BeforeAll
    static void certificate() throws Exception {
        peers = new OpensslPeers(PemFiles.in(directory));
    }

    private static int hellos(String trace) {
        return trace.split("ServerHello, Length=", -1).length - 1;
    }

    @Test
    void ourClientRenegotiatesTwiceWithOpensslsServer() throws Exception {
        try (PeerProgram server = peers.theirServer("-rev", "-tls1_2", "-client_renegotiation")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(typing, server, "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            assertTrue(client.out().contains("Secure Renegotiation IS supported\n"), client.out());
            for (String word : new String[] {"abc", "def"}) {
                typing.type("R\n");
                typing.type(word + "\n");
                client.awaitOut(new StringBuilder(word).reverse() + "\n");
            }
            typing.type("Q\n");
            client.succeeded();
            assertEquals(3, hellos(client.out()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "R"})
    void opensslsServerAsksOurClient(String letter) throws Exception {
        try (PeerProgram server = peers.theirServer("-tls1_2")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(typing, server, "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            OpensslPeers.type(server, letter + "\n");
            client.awaitOut("HelloRequest, Length=0");
            typing.type("to the server\n");
            server.awaitLine("^to the server$", OpensslPeers.PATIENCE);
            OpensslPeers.type(server, "to the client\n");
            client.awaitOut("to the client\n");
            typing.type("Q\n");
            client.succeeded();
            assertEquals(2, hellos(client.out()));
            assertEquals(letter.equals("R"), client.out().contains("CertificateRequest, Length="), client.out());
        }
    }

    @Test
    void opensslsClientRenegotiatesTwiceWithOurServer() throws Exception {
        Command server = peers.ourServer(new Typing(), "-rev", "-trace", "-client_renegotiation");
        try (PeerProgram client = peers.theirClient(server, "-tls1_2")) {
            OpensslPeers.awaitVerified(client);
            int hellos = 1;
            for (String word : new String[] {"abc", "def"}) {
                OpensslPeers.type(client, "R\n"); // openssl takes all that it reads at once for the letter's
                hellos++;
                while (hellos(server.out()) < hellos) {
                    Thread.sleep(20); // the test's time is limited
                }
                OpensslPeers.type(client, word + "\n");
                client.awaitLine("^" + new StringBuilder(word).reverse() + "$", OpensslPeers.PATIENCE);
            }
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertEquals(3, hellos(server.out()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "R"})
    void ourServerAsksOpensslsClient(String letter) throws Exception {
        Typing typing = new Typing();
        Command server = peers.ourServer(typing, "-trace");
        try (PeerProgram client = peers.theirClient(server, "-tls1_2")) {
            OpensslPeers.awaitVerified(client);
            typing.type(letter + "\n");
            typing.type("to the client\n");
            client.awaitLine("^to the client$", OpensslPeers.PATIENCE);
            // Openssl takes what is typed in the middle of a renegotiation, and may then keep it for ever: what comes
            // from the server behind its second Finished shows that it is over.
            while (server.out().split("Finished, Length=12\n", -1).length < 5) {
                Thread.sleep(20); // the test's time is limited
            }
            typing.type("over\n");
            client.awaitLine("^over$", OpensslPeers.PATIENCE);
            OpensslPeers.type(client, "to the server\n");
            server.awaitOut("to the server\n");
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertEquals(2, hellos(server.out()));
        assertEquals(letter.equals("R"), server.out().contains("CertificateRequest, Length="), server.out());
    }
}
