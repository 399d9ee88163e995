// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** Keying material as {@code openssl s_client} and {@code s_server} print it (their -keymatexport, which has no context). */
class ExporterProgramTest extends ProgramTest {
    private static final String LABEL = "EXPERIMENTAL libssl4j";
    private static final int LENGTH = 50;

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"})
    void whatSServerExportsWeExport(String suite) throws Exception {
        Identity identity = Identity.ECDSA;
        try (Call call = Call.to(port -> command(
                        "s_server",
                        suite,
                        "-accept",
                        "127.0.0.1:" + port,
                        "-naccept",
                        "1",
                        "-cert",
                        pem(Identity.Kind.ECDSA, "cert.pem"),
                        "-key",
                        pem(Identity.Kind.ECDSA, "key.pem")));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(OurEnd.client(identity, suite, null, null));
                OurEnd ours = call.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            assertEquals(exported(server), ours(ssl));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"})
    void whatSClientExportsWeExport(String suite) throws Exception {
        Identity identity = Identity.ECDSA;
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(command(
                                "s_client",
                                suite,
                                "-connect",
                                "127.0.0.1:" + door.port(),
                                "-CAfile",
                                pem(Identity.Kind.ECDSA, "ca.pem"))
                        .toArray(new String[0]));
                Ssl ssl = new Ssl(OurEnd.server(identity, suite, null, null));
                OurEnd ours = door.accept(ssl, true)) {
            ours.handshake();
            assertEquals(exported(client), ours(ssl));
        }
    }

    private static List<String> command(String program, String suite, String... more) {
        List<String> c = new java.util.ArrayList<>(List.of("openssl", program, "-tls1_3", "-ciphersuites", suite));
        c.addAll(List.of("-keymatexport", LABEL, "-keymatexportlen", String.valueOf(LENGTH)));
        c.addAll(List.of(more));
        return c;
    }

    private static String exported(PeerProgram openssl) throws InterruptedException {
        return openssl.awaitLine("Keying material: ([0-9A-F]{" + 2 * LENGTH + "})$", PATIENCE)
                .group(1);
    }

    private static String ours(Ssl ssl) {
        return HexFormat.of()
                .formatHex(ssl.exportKeyingMaterial(LENGTH, LABEL, null))
                .toUpperCase(Locale.ROOT);
    }
}
