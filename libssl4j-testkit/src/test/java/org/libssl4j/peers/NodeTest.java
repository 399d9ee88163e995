// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.ServerKey;

/** Node.js 24, which has OpenSSL 3.5 inside: each group, the suites beyond the usual three, each kind of key. {@code ./test peers} installs it by npm. */
class NodeTest extends EchoTest {
    private static final Path NODE = Path.of("target", "peers", "node_modules", ".bin", "node");
    private static final Path PROGRAM = Path.of("src", "test", "js", "peer.js");

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (String group : List.of(
                "X25519",
                "X448",
                "P-256",
                "P-384",
                "P-521",
                "ffdhe2048",
                "ffdhe3072",
                "MLKEM512",
                "MLKEM768",
                "MLKEM1024",
                "X25519MLKEM768",
                "SecP256r1MLKEM768",
                "SecP384r1MLKEM1024")) {
            all.add(Case.group(group));
        }
        for (String suite : List.of(
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_AES_128_CCM_SHA256",
                "TLS_AES_128_CCM_8_SHA256")) {
            all.add(Case.suite(suite));
        }
        for (ServerKey key : ServerKey.values()) {
            all.add(Case.key(key));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void nodesClientIsServedByUs(Case c) throws Exception {
        String said = serve(c, (port, files) -> command("client", port, files, c));
        check(c, said);
        assertTrue(said.contains("authorized: true"), said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void nodesServerServesUs(Case c) throws Exception {
        check(c, call(c, (port, files) -> command("server", port, files, c)));
    }

    private static void check(Case c, String said) {
        assertTrue(said.contains("openssl: 3.5."), said);
        assertTrue(said.contains("protocol: TLSv1.3\n"), said);
        assertTrue(said.contains("suite: " + c.suite() + "\n"), said);
        assertTrue(said.contains("alpn: " + ALPN + "\n"), said);
    }

    private static List<String> command(String role, int port, Path files, Case c) {
        return List.of(
                NODE.toAbsolutePath().toString(),
                PROGRAM.toString(),
                role,
                "" + port,
                files.toString(),
                c.group(),
                c.suite());
    }
}
