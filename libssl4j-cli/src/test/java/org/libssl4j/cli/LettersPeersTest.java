// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.testkit.peer.PeerProgram;

/** Letters that update keys, with openssl at the other end. */
@Tag("peers")
@Timeout(120)
class LettersPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    @Test
    void ourClientUpdatesItsKeysAndOpensslsServersToo() throws Exception {
        try (PeerProgram server = PeerProgram.start(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                pem.cert(),
                "-key",
                pem.keyFile(),
                "-tls1_3",
                "-rev")) {
            String port = server.awaitLine("^ACCEPT .*:(\\d+)", PATIENCE).group(1);
            Typing typing = new Typing();
            Command client =
                    Command.start(typing, "s_client", "-connect", "127.0.0.1:" + port, "-CAfile", pem.cert(), "-trace");
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
        Command server = Command.start(
                new Typing(),
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-rev",
                "-cert",
                pem.cert(),
                "-key",
                pem.keyFile(),
                "-trace");
        try (PeerProgram client =
                PeerProgram.start("openssl", "s_client", "-connect", server.address(), "-CAfile", pem.cert())) {
            client.awaitLine("Verify return code: 0 \\(ok\\)", PATIENCE);
            client.feed("K\n".getBytes(StandardCharsets.US_ASCII), false);
            server.awaitOut("update_requested (1)\n");
            client.feed("abc\n".getBytes(StandardCharsets.US_ASCII), false);
            client.awaitLine("^cba$", PATIENCE);
            client.feed("Q\n".getBytes(StandardCharsets.US_ASCII), true);
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
        }
        server.succeeded();
    }
}
