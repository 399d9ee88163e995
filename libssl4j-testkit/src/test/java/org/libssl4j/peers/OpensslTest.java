// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code openssl s_client} and {@code s_server}: what was negotiated is read from what they print, brief summary and trace. With {@code -brief} standard output has the data alone. */
class OpensslTest extends ProgramTest {
    static List<ProgramCell> cells() {
        return ProgramCell.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sClientIsServedByUs(ProgramCell cell) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        byte[] there = random(1);
        byte[] back = random(2);
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(sClient(cell, door.port(), trace));
                Ssl ssl = new Ssl(OurEnd.server(cell.identity(), cell.suite(), cell.group(), ALPN));
                OurEnd ours = door.accept(ssl, cell.blocking())) {
            client.feed(there, false);
            ours.handshake();
            assertArrayEquals(there, ours.read(DATA));
            ours.write(back);
            assertArrayEquals(back, client.awaitOutput(DATA, PATIENCE));
            client.feed(new byte[0], true); // the end of its input: it shuts down
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());
            ours.awaitEnd(); // or openssl waits half a second for it
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);

            client.awaitLine("^Protocol version: TLSv1.3$", PATIENCE);
            client.awaitLine("^Ciphersuite: " + cell.suite() + "$", PATIENCE);
            client.awaitLine("^Peer certificate: CN = " + Identity.HOST + "$", PATIENCE);
            client.awaitLine("^Verification: OK$", PATIENCE);
            client.awaitLine(
                    "^Server Temp Key: "
                            + ("X25519".equals(cell.group()) ? "X25519, 253 bits" : "ECDH, prime256v1, 256 bits"),
                    PATIENCE);
            client.awaitLine(
                    "^Signature type: " + (cell.certificate() == Identity.Kind.RSA ? "RSA-PSS" : "ECDSA"), PATIENCE);
            new OpensslReport(Files.readAllBytes(trace)).check(cell);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sServerServesUs(ProgramCell cell) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        byte[] there = random(3);
        byte[] back = random(4);
        try (Call call = Call.to(port -> sServer(cell, port, trace));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(OurEnd.client(cell.identity(), cell.suite(), cell.group(), ALPN));
                OurEnd ours = call.ours(ssl, cell.blocking())) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(there);
            assertArrayEquals(there, server.awaitOutput(DATA, PATIENCE));
            server.feed(back, false);
            assertArrayEquals(back, ours.read(DATA));
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();
            ours.awaitEnd();
            assertEquals(0, server.awaitExit(PATIENCE), server::toString);

            server.awaitLine("^Protocol version: TLSv1.3$", PATIENCE);
            server.awaitLine("^Ciphersuite: " + cell.suite() + "$", PATIENCE);
            new OpensslReport(Files.readAllBytes(trace)).check(cell);
            assertEquals(cell.identity().certificate(), ssl.getPeerCertificate());
            assertEquals(ALPN, ssl.getAlpnSelected());
        }
    }

    private static String[] sClient(ProgramCell cell, int port, Path trace) {
        List<String> c = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        c.addAll(List.of("-servername", Identity.HOST, "-verify_hostname", Identity.HOST, "-verify_return_error"));
        c.addAll(List.of("-CAfile", pem(cell.certificate(), "ca.pem")));
        c.addAll(common(cell, trace));
        return c.toArray(new String[0]);
    }

    private static List<String> sServer(ProgramCell cell, int port, Path trace) {
        List<String> c =
                new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-naccept", "1"));
        c.addAll(List.of("-cert", pem(cell.certificate(), "cert.pem"), "-key", pem(cell.certificate(), "key.pem")));
        c.addAll(common(cell, trace));
        return c;
    }

    private static List<String> common(ProgramCell cell, Path trace) {
        List<String> c = new ArrayList<>(List.of("-tls1_3", "-ciphersuites", cell.suite(), "-groups", cell.group()));
        c.addAll(List.of("-alpn", ALPN, "-brief", "-trace", "-msgfile", trace.toString()));
        if (!cell.blocking()) {
            c.add("-nbio");
        }
        return c;
    }
}
