// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.libssl4j.testkit.peer.PeerProgram;

/** A client and a server of openssl's and of ours, to be set at each other; all know one certificate, and each takes options of the test's. */
record OpensslPeers(PemFiles pem) {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    PeerProgram theirServer(String... options) throws IOException {
        return PeerProgram.start(Arguments.of(options)
                .before("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", pem.cert(), "-key", pem.keyFile()));
    }

    PeerProgram theirClient(Command server, String... options) throws Exception {
        return theirClient(server.address(), options);
    }

    PeerProgram theirClient(String address, String... options) throws IOException {
        return PeerProgram.start(
                Arguments.of(options).before("openssl", "s_client", "-connect", address, "-CAfile", pem.cert()));
    }

    /** For one connection. */
    Command ourServer(Typing typing, String... options) {
        return Command.start(
                typing,
                Arguments.of(options)
                        .before(
                                "s_server",
                                "-accept",
                                "127.0.0.1:0",
                                "-naccept",
                                "1",
                                "-cert",
                                pem.cert(),
                                "-key",
                                pem.keyFile()));
    }

    Command ourClient(Typing typing, PeerProgram server, String... options) throws InterruptedException {
        String port = server.awaitLine("^ACCEPT .*:(\\d+)", PATIENCE).group(1);
        return Command.start(
                typing,
                Arguments.of(options).before("s_client", "-connect", "127.0.0.1:" + port, "-CAfile", pem.cert()));
    }

    /** What is typed at openssl. */
    static void type(PeerProgram openssl, String text) {
        openssl.feed(text.getBytes(StandardCharsets.US_ASCII), false);
    }

    /** Openssl's client takes its leave, once it has verified. */
    static void leave(PeerProgram client) throws InterruptedException {
        client.feed("Q\n".getBytes(StandardCharsets.US_ASCII), true);
        assertEquals(0, client.awaitExit(PATIENCE), client::toString);
    }

    static void awaitVerified(PeerProgram client) throws InterruptedException {
        client.awaitLine("Verify return code: 0 \\(ok\\)", PATIENCE);
    }
}
