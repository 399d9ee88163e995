// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code openssl s_client} and {@code s_server} in TLS 1.2, 1.1 and 1.0: what was negotiated is read from what they print, summary and trace. */
class Openssl12Test extends Program12Test {
    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sClientIsServedByUs(Program12Cell cell) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        byte[] there = lines("there");
        byte[] back = lines("back");
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(sClient(cell, door.port(), trace));
                Ssl ssl = new Ssl(server(cell));
                OurEnd ours = door.accept(ssl, cell.blocking())) {
            client.feed(there, false);
            ours.handshake();
            assertArrayEquals(there, ours.read(there.length));
            ours.write(back);
            client.awaitLine("^back " + (LINES - 1) + "$", PATIENCE);
            client.feed(new byte[0], true); // the end of its input: it shuts down
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());
            ours.awaitEnd();
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);

            String said = client.report();
            assertTrue(said.contains(text(back)), said);
            client.awaitLine("^New, .*, Cipher is " + cell.suite().opensslName() + "$", PATIENCE);
            client.awaitLine("^    Protocol  : " + name(cell.version()) + "$", PATIENCE);
            client.awaitLine("^    Cipher    : " + cell.suite().opensslName() + "$", PATIENCE);
            client.awaitLine(
                    "^    Extended master secret: " + (cell.extendedMasterSecret() ? "yes" : "no") + "$", PATIENCE);
            client.awaitLine("^Secure Renegotiation IS supported$", PATIENCE);
            client.awaitLine("^ALPN protocol: " + ALPN + "$", PATIENCE);
            client.awaitLine("^Verification: OK$", PATIENCE);
            check(cell, trace);
            check(cell, ssl);
            checkPeer(cell.asked().client(), ssl);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sServerServesUs(Program12Cell cell) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        byte[] there = lines("there");
        byte[] back = lines("back");
        try (Call call = Call.to(port -> sServer(cell, port, trace));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(client(cell));
                OurEnd ours = call.ours(ssl, cell.blocking())) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(there);
            assertArrayEquals(there, server.awaitOutput(there.length, PATIENCE));
            server.feed(back, false);
            assertArrayEquals(back, ours.read(back.length));
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();
            ours.awaitEnd();
            assertEquals(0, server.awaitExit(PATIENCE), server::toString);

            server.awaitLine("^Protocol version: " + name(cell.version()) + "$", PATIENCE);
            server.awaitLine("^Ciphersuite: " + cell.suite().opensslName() + "$", PATIENCE);
            if (cell.asked().client() == null) {
                server.awaitLine("^No peer certificate$", PATIENCE);
            } else {
                server.awaitLine("^Peer certificate: CN = " + Identity.HOST + "$", PATIENCE);
                server.awaitLine("^Verification: OK$", PATIENCE);
            }
            check(cell, trace);
            check(cell, ssl);
            checkPeer(cell.certificate(), ssl);
        }
    }

    /** OpenSSL's own reading of the ServerHello, which it made or got. */
    private static void check(Program12Cell cell, Path trace) throws Exception {
        OpensslReport report = new OpensslReport(Files.readAllBytes(trace));
        int suite = cell.suite().code();
        assertEquals(
                String.format("0x%x", cell.version().code()), report.serverHelloSays("server_version=(0x[0-9a-f]+)"));
        assertEquals(
                String.format("0x%02X, 0x%02X", suite >> 8, suite & 0xff),
                report.serverHelloSays("cipher_suite \\{([^}]*)\\}"));
        assertEquals(cell.extendedMasterSecret(), report.serverHelloHas("extended_master_secret"));
        assertEquals(cell.encryptsFirst(), report.serverHelloHas("encrypt_then_mac"));
    }

    // ---- openssl ---------------------------------------------------------------------------------------------------

    private static String[] sClient(Program12Cell cell, int port, Path trace) {
        List<String> c = openssl(cell, "s_client", "-connect", "127.0.0.1:" + port, "-nocommands");
        c.addAll(List.of("-servername", Identity.HOST, "-verify_hostname", Identity.HOST, "-verify_return_error"));
        c.addAll(List.of("-CAfile", pem(cell.certificate(), "ca.pem")));
        if (cell.asked().client() != null) {
            c.addAll(credential(cell.asked().client()));
        }
        c.addAll(common(cell, trace));
        return c.toArray(new String[0]);
    }

    private static List<String> sServer(Program12Cell cell, int port, Path trace) {
        List<String> c = openssl(cell, "s_server", "-accept", "127.0.0.1:" + port, "-naccept", "1", "-brief");
        c.addAll(credential(cell.certificate()));
        if (cell.asked() != Program12Cell.Asked.NOT) {
            Identity.Kind shown = cell.asked().client();
            c.addAll(List.of(shown == null ? "-verify" : "-Verify", "3", "-verify_return_error"));
            c.addAll(List.of("-CAfile", pem(shown == null ? Identity.Kind.ECDSA : shown, "ca.pem")));
        }
        c.addAll(common(cell, trace));
        return c;
    }

    /** Its configuration is ours: extended_master_secret can be switched off there alone, and what a distribution has set does not matter. */
    @BeforeAll
    static void writeConfigurations() throws IOException {
        for (String ems : List.of("ExtendedMasterSecret", "-ExtendedMasterSecret")) {
            Files.writeString(
                    directory.resolve(ems + ".cnf"),
                    "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = set\n[set]\nOptions = " + ems
                            + "\n");
        }
    }

    private static List<String> openssl(Program12Cell cell, String... command) {
        boolean off = !cell.weLack() && !cell.extendedMasterSecret();
        Path conf = directory.resolve((off ? "-" : "") + "ExtendedMasterSecret.cnf");
        List<String> c = new ArrayList<>(List.of("env", "OPENSSL_CONF=" + conf, "openssl"));
        c.addAll(List.of(command));
        return c;
    }

    private static List<String> credential(Identity.Kind kind) {
        return List.of("-cert", pem(kind, "cert.pem"), "-key", pem(kind, "key.pem"));
    }

    private static List<String> common(Program12Cell cell, Path trace) {
        List<String> c = new ArrayList<>();
        c.add(
                switch (cell.version()) {
                    case TLS1_0 -> "-tls1";
                    case TLS1_1 -> "-tls1_1";
                    default -> "-tls1_2";
                });
        c.addAll(List.of("-cipher", cell.suite().opensslName() + ":@SECLEVEL=" + cell.securityLevel()));
        c.addAll(List.of("-alpn", ALPN, "-trace", "-msgfile", trace.toString()));
        if (!cell.weLack() && !cell.encryptThenMac()) {
            c.add("-no_etm");
        }
        if (!cell.blocking()) {
            c.add("-nbio");
        }
        return c;
    }
}
