// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code gnutls-cli} and {@code gnutls-serv} in TLS 1.2, 1.1 and 1.0: what was negotiated is read from their descriptions of the session. */
class Gnutls12Test extends Program12Test {
    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void gnutlsCliIsServedByUs(Program12Cell cell) throws Exception {
        Path log = Files.createTempFile(directory, "gnutls", null);
        byte[] there = lines("there");
        byte[] back = lines("back");
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(cli(cell, door.port(), log));
                Ssl ssl = new Ssl(server(cell));
                OurEnd ours = door.accept(ssl, cell.blocking())) {
            client.feed(there, false);
            ours.handshake();
            assertArrayEquals(there, ours.read(there.length));
            ours.write(back);
            assertArrayEquals(back, client.awaitOutput(back.length, PATIENCE));
            client.feed(new byte[0], true); // the end of its input: it shuts down
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);

            String said = Files.readString(log);
            assertSays(said, "^- Status: The certificate is trusted");
            assertSays(said, "^ - subject `CN=" + Identity.HOST + "'");
            boolean shows = cell.asked().client() != null;
            assertEquals(shows, said.contains("- Successfully sent 1 certificate(s) to server."), said);
            assertDescribes(cell, said);
            check(cell, ssl);
            checkPeer(cell.asked().client(), ssl);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void gnutlsServServesUs(Program12Cell cell) throws Exception {
        byte[] text = lines("there");
        try (Call call = Call.to(port -> serv(cell, port));
                PeerProgram serv = call.server();
                Ssl ssl = new Ssl(client(cell));
                OurEnd ours = call.ours(ssl, cell.blocking())) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(text); // it echoes
            assertArrayEquals(text, ours.read(text.length));
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();

            String said = serv.awaitLine("(?s)Accepted connection.*- Options: [^\n]*\n.*- Channel bindings\n", PATIENCE)
                    .group();
            assertDescribes(cell, said);
            assertSays(said, "^- Version: " + GnutlsNames.version(cell.version()) + "$");
            assertSays(said, "^- Key Exchange: " + GnutlsNames.keyExchange(cell.suite()) + "$");
            assertSays(said, "^- Cipher: " + GnutlsNames.cipher(cell.suite()) + "$");
            assertSays(said, "^- MAC: " + GnutlsNames.mac(cell.suite()) + "$");
            assertSays(said, "^- Application protocol: " + ALPN + "$");
            Identity.Kind shown = cell.asked().client();
            if (shown == null) {
                assertFalse(said.contains("Subject: CN="), said);
            } else {
                assertSays(said, "^- Status: The certificate is trusted");
                assertSays(said, "^\tSubject: CN=" + Identity.HOST + "$");
                String key = shown == Identity.Kind.RSA ? "RSA" : "EC/ECDSA";
                assertSays(said, "^\tSubject Public Key Algorithm: " + key + "$");
            }
            check(cell, ssl);
            checkPeer(cell.certificate(), ssl);
        }
    }

    // ---- what GnuTLS says ------------------------------------------------------------------------------------------

    /** One line has version, key exchange with its group, the server's signature from TLS 1.2 on, cipher and MAC; another one the extensions. */
    private static void assertDescribes(Program12Cell cell, String said) {
        String exchange = switch (cell.suite().keyExchange()) {
            case RSA -> "RSA";
            case DHE_RSA -> "DHE-[A-Z0-9]+";
            default -> "ECDHE-[A-Z0-9]+";
        };
        assertSays(
                said,
                "^- Description: \\(" + GnutlsNames.version(cell.version()) + "-X\\.509\\)-\\(" + exchange
                        + "\\)(-\\([A-Z0-9-]+\\))?-\\("
                        + GnutlsNames.cipher(cell.suite()) + "\\)"
                        + (cell.suite().aead() != null ? "" : "-\\(" + GnutlsNames.mac(cell.suite()) + "\\)") + "$");
        String options = assertSays(said, "^- Options: (.*)$").group(1);
        assertEquals(cell.extendedMasterSecret(), options.contains("extended master secret,"), options);
        assertEquals(cell.encryptsFirst(), options.contains("EtM,"), options);
        assertTrue(options.contains("safe renegotiation,"), options);
    }

    private static Matcher assertSays(String said, String regex) {
        Matcher m = Pattern.compile(regex, Pattern.MULTILINE).matcher(said);
        assertTrue(m.find(), () -> "no " + regex + " in:\n" + said);
        return m;
    }

    // ---- how it is called ------------------------------------------------------------------------------------------

    /** Exactly this suite in exactly this version, without what the program has to lack. */
    private static String priority(Program12Cell cell) {
        String p = GnutlsNames.priority(cell.suite(), cell.version());
        if (!cell.weLack() && !cell.extendedMasterSecret()) {
            p += ":%NO_SESSION_HASH";
        }
        if (!cell.weLack() && !cell.encryptThenMac()) {
            p += ":%NO_ETM";
        }
        return p;
    }

    private static String[] cli(Program12Cell cell, int port, Path log) {
        List<String> c = new ArrayList<>(List.of("gnutls-cli", "--port", "" + port, "127.0.0.1"));
        c.addAll(List.of("--x509cafile", pem(cell.certificate(), "ca.pem")));
        c.addAll(List.of("--sni-hostname", Identity.HOST, "--verify-hostname", Identity.HOST));
        if (cell.asked().client() != null) {
            c.addAll(credential(cell.asked().client()));
        }
        c.addAll(List.of("--alpn", ALPN, "--priority", priority(cell), "--logfile", log.toString()));
        return c.toArray(new String[0]);
    }

    private static List<String> serv(Program12Cell cell, int port) {
        List<String> c = new ArrayList<>(List.of("gnutls-serv", "--echo", "--crlf", "--port", "" + port));
        c.addAll(credential(cell.certificate()));
        switch (cell.asked()) {
            case NOT -> c.add("--disable-client-cert");
            case SHOWS_NONE -> c.addAll(List.of("--x509cafile", pem(Identity.Kind.ECDSA, "ca.pem")));
            default ->
                c.addAll(List.of(
                        "--require-client-cert",
                        "--verify-client-cert",
                        "--x509cafile",
                        pem(cell.asked().client(), "ca.pem")));
        }
        c.addAll(List.of("--alpn", ALPN, "--priority", priority(cell)));
        return c;
    }

    private static List<String> credential(Identity.Kind kind) {
        return List.of("--x509certfile", pem(kind, "cert.pem"), "--x509keyfile", pem(kind, "key.pem"));
    }
}
