// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code -starttls}: openssl says the same as we do, and PostgreSQL understands it. */
@Tag("peers")
@Timeout(120)
class StartTlsPeersTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    /** The server is the one of {@link StartTlsClientTest}, which takes just the bytes that our client sends. */
    @ParameterizedTest
    @ValueSource(strings = {"smtp", "imap", "pop3", "postgres"})
    void opensslsClientSaysTheSame(String protocol) throws Exception {
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, PlainThenTlsServer.of(protocol));
                PeerProgram client =
                        new OpensslPeers(pem).theirClient(server.address(), "-starttls", protocol, "-tls1_3")) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.type(client, "through TLS\n");
            client.awaitLine("^through TLS$", OpensslPeers.PATIENCE);
            OpensslPeers.leave(client);
            assertEquals("through TLS\n", server.received());
        }
    }

    @Test
    void postgresqlTalksThroughTls() throws Exception {
        try (PostgresqlServer server = new PostgresqlServer(Files.createDirectory(directory.resolve("pg")), pem)) {
            Typing typing = new Typing();
            Command client = Command.start(
                    typing,
                    "s_client",
                    "-connect",
                    server.address(),
                    "-starttls",
                    "postgres",
                    "-CAfile",
                    pem.cert(),
                    "-verify_return_error");
            client.awaitOut("Verify return code: 0 (ok)\n");
            // PostgreSQL's manual, "Message Formats": StartupMessage of protocol 3.0.
            String parameters = "user\0postgres\0\0";
            typing.type("\0\0\0" + (char) (8 + parameters.length()) + "\0\3\0\0" + parameters);
            client.awaitOut("server_version\0");
            typing.end();
            client.succeeded();
        }
    }
}
