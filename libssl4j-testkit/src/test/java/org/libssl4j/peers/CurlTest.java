// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code curl} over HTTP/1.1 against our server: what was negotiated is read from its {@code -v}. That release does not print the group; it is told to offer that one alone, so the handshake proves it. */
class CurlTest extends ProgramTest {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");

    static List<ProgramCell> cells() {
        return ProgramCell.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void curlPostsToUsAndGetsAnAnswer(ProgramCell cell) throws Exception {
        byte[] there = random(5);
        byte[] back = random(6);
        Path up = Files.write(Files.createTempFile(directory, "up", null), there);
        try (Door door = new Door();
                PeerProgram curl = PeerProgram.start(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--verbose",
                        "--http1.1",
                        "--max-time",
                        "20",
                        "--noproxy",
                        "*",
                        "--tlsv1.3",
                        "--tls13-ciphers",
                        cell.suite(),
                        "--curves",
                        cell.group(),
                        "--cacert",
                        pem(cell.certificate(), "ca.pem"),
                        "--resolve",
                        Identity.HOST + ":" + door.port() + ":127.0.0.1",
                        "--header",
                        "Expect:",
                        "--data-binary",
                        "@" + up,
                        "--write-out",
                        "%{stderr}verify result %{ssl_verify_result}, status %{http_code}\n",
                        "https://" + Identity.HOST + ":" + door.port() + "/");
                Ssl ssl = new Ssl(OurEnd.server(cell.identity(), cell.suite(), cell.group(), "http/1.1"));
                OurEnd ours = door.accept(ssl, cell.blocking())) {
            ours.handshake();
            assertArrayEquals(there, post(ours));
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + DATA
                    + "\r\nConnection: close\r\n\r\n";
            ours.write(head.getBytes(StandardCharsets.US_ASCII));
            ours.write(back);
            ours.sendCloseNotify();
            assertEquals(0, curl.awaitExit(PATIENCE), curl::toString);

            assertArrayEquals(back, curl.output());
            curl.awaitLine("SSL connection using TLSv1.3 / " + cell.suite(), PATIENCE);
            curl.awaitLine("ALPN: server accepted http/1.1", PATIENCE);
            curl.awaitLine("subject: CN=" + Identity.HOST, PATIENCE);
            curl.awaitLine("SSL certificate verify ok", PATIENCE);
            curl.awaitLine("^verify result 0, status 200", PATIENCE);
            assertEquals(Identity.HOST, ssl.getServername());
            assertEquals("P-256".equals(cell.group()) ? "secp256r1" : "x25519", ssl.getNegotiatedGroup());
        }
    }

    /** The body of the request. */
    private static byte[] post(OurEnd ours) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        byte[] b = new byte[8192];
        while (true) {
            String text = request.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                Matcher m = LENGTH.matcher(text);
                assertTrue(m.find(), text.substring(0, end));
                int missing = end + 4 + Integer.parseInt(m.group(1)) - request.size();
                request.writeBytes(ours.read(missing));
                byte[] all = request.toByteArray();
                return java.util.Arrays.copyOfRange(all, end + 4, all.length);
            }
            int n = ours.tryRead(b);
            assertTrue(n > 0, ours::toString);
            request.write(b, 0, n);
        }
    }
}
