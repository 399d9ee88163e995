// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.ServerKey;
import org.libssl4j.testkit.peer.PeerProgram;

/** Go's crypto/tls, which shares no code with the others: the groups and kinds of keys that it has. Go 1.26 is the first with all three hybrids. */
class GoTest extends EchoTest {
    private static final Path PROGRAM = Path.of("src", "test", "go", "peer.go");
    private static final Duration BUILDING = Duration.ofSeconds(300);

    private static String peer;

    @BeforeAll
    static void build() throws Exception {
        peer = Path.of("target", "peers", "go-peer").toAbsolutePath().toString();
        try (PeerProgram go = PeerProgram.start("go", "build", "-o", peer, PROGRAM.toString())) {
            assertEquals(0, go.awaitExit(BUILDING), go::toString);
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (String group : List.of(
                "X25519", "P-256", "P-384", "P-521", "X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024")) {
            all.add(Case.group(group));
        }
        for (ServerKey key :
                List.of(ServerKey.P256, ServerKey.P384, ServerKey.P521, ServerKey.RSA, ServerKey.ED25519)) {
            all.add(Case.key(key));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void gosClientIsServedByUs(Case c) throws Exception {
        check(c, serve(c, (port, files) -> command("client", port, files, c)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void gosServerServesUs(Case c) throws Exception {
        check(c, call(c, (port, files) -> command("server", port, files, c)));
    }

    private static void check(Case c, String said) {
        assertTrue(said.contains("protocol: TLS 1.3\n"), said);
        assertTrue(said.contains("suite: " + c.suite() + "\n"), said);
        assertTrue(said.contains("alpn: " + ALPN + "\n"), said);
        assertTrue(said.contains("group: " + hex(c) + "\n"), said);
    }

    private static List<String> command(String role, int port, Path files, Case c) {
        return List.of(peer, role, "" + port, files.toString(), hex(c));
    }

    private static String hex(Case c) {
        return String.format("%04x", c.namedGroup().code());
    }
}
