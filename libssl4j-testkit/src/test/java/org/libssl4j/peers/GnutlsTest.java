// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code gnutls-cli} and {@code gnutls-serv}: what was negotiated is read from their descriptions of the session. */
class GnutlsTest extends ProgramTest {
    private static final int CHUNK = 4096;

    static List<ProgramCell> cells() {
        return ProgramCell.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void gnutlsCliIsServedByUs(ProgramCell cell) throws Exception {
        Path log = Files.createTempFile(directory, "gnutls", null);
        byte[] there = random(7);
        byte[] back = random(8);
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(
                        "gnutls-cli",
                        "--port",
                        "" + door.port(),
                        "127.0.0.1",
                        "--x509cafile",
                        pem(cell.certificate(), "ca.pem"),
                        "--sni-hostname",
                        Identity.HOST,
                        "--verify-hostname",
                        Identity.HOST,
                        "--alpn",
                        ALPN,
                        "--priority",
                        priority(cell),
                        "--logfile",
                        log.toString());
                Ssl ssl = new Ssl(OurEnd.server(cell.identity(), cell.suite(), cell.group(), ALPN));
                OurEnd ours = door.accept(ssl, cell.blocking())) {
            client.feed(there, false);
            ours.handshake();
            assertArrayEquals(there, ours.read(DATA));
            ours.write(back);
            assertArrayEquals(back, client.awaitOutput(DATA, PATIENCE));
            client.feed(new byte[0], true);
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);

            String said = Files.readString(log);
            assertSays(said, "- Status: The certificate is trusted");
            assertSays(said, "subject `CN=" + Identity.HOST + "'");
            assertSays(said, "pin-sha256=\"" + pin(cell) + "\"");
            assertSays(said, description(cell));
            assertSays(said, "- Application protocol: " + ALPN);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void gnutlsServServesUs(ProgramCell cell) throws Exception {
        try (Call call = Call.to(port -> serv(cell, port));
                PeerProgram serv = call.server();
                Ssl ssl = new Ssl(OurEnd.client(cell.identity(), cell.suite(), cell.group(), ALPN));
                OurEnd ours = call.ours(ssl, cell.blocking())) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            // It echoes text, one record at a time.
            Random random = new Random(9);
            for (int sent = 0; sent < DATA; sent += CHUNK) {
                byte[] line = line(random);
                ours.write(line);
                assertArrayEquals(line, ours.read(CHUNK));
            }
            assertEquals(cell.identity().certificate(), ssl.getPeerCertificate());
            assertEquals(ALPN, ssl.getAlpnSelected());
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();

            String said = serv.awaitLine("(?s)Accepted connection.*- Application protocol: [^\n]*\n", PATIENCE)
                    .group();
            assertSays(said, description(cell));
            assertSays(said, "- Version: TLS1.3");
            assertSays(said, "- Using curve: " + ("X25519".equals(cell.group()) ? "X25519" : "SECP256R1"));
            assertSays(said, "- Application protocol: " + ALPN);
        }
    }

    private static List<String> serv(ProgramCell cell, int port) {
        List<String> c =
                new ArrayList<>(List.of("gnutls-serv", "--echo", "--disable-client-cert", "--port", "" + port));
        c.addAll(List.of("--x509certfile", pem(cell.certificate(), "cert.pem")));
        c.addAll(List.of("--x509keyfile", pem(cell.certificate(), "key.pem")));
        c.addAll(List.of("--alpn", ALPN, "--priority", priority(cell)));
        return c;
    }

    private static byte[] line(Random random) {
        byte[] b = new byte[CHUNK];
        for (int i = 0; i < CHUNK - 1; i++) {
            b[i] = (byte) ('!' + random.nextInt('~' - '!'));
        }
        b[CHUNK - 1] = '\n';
        return b;
    }

    private static void assertSays(String said, String what) {
        assertTrue(said.contains(what), () -> "no " + what + " in:\n" + said);
    }

    private static String cipher(ProgramCell cell) {
        return switch (cell.suite()) {
            case "TLS_AES_128_GCM_SHA256" -> "AES-128-GCM";
            case "TLS_AES_256_GCM_SHA384" -> "AES-256-GCM";
            default -> "CHACHA20-POLY1305";
        };
    }

    private static String priority(ProgramCell cell) {
        return "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+" + cipher(cell) + ":-GROUP-ALL:+GROUP-"
                + ("X25519".equals(cell.group()) ? "X25519" : "SECP256R1");
    }

    private static String description(ProgramCell cell) {
        return "- Description: (TLS1.3-X.509)-(ECDHE-" + ("X25519".equals(cell.group()) ? "X25519" : "SECP256R1")
                + ")-("
                + (cell.certificate() == Identity.Kind.RSA ? "RSA-PSS-RSAE-SHA256" : "ECDSA-SECP256R1-SHA256") + ")-("
                + cipher(cell) + ")";
    }

    /** The fingerprint that GnuTLS prints: of the public key (RFC 7469 §2.4). */
    private static String pin(ProgramCell cell) throws GeneralSecurityException {
        byte[] spki = cell.identity().certificate().getPublicKey().getEncoded();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(spki));
    }
}
