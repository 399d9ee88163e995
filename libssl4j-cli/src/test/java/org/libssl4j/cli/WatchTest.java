// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -msg}, {@code -trace} and {@code -state} show. */
@Timeout(120)
class WatchTest {
    private static final Pattern MESSAGE = Pattern.compile("^    ([A-Z]\\w+), Length=\\d+$", Pattern.MULTILINE);

    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static List<String> messages(String trace) {
        return MESSAGE.matcher(trace).results().map(r -> r.group(1)).toList();
    }

    @Test
    void aTraceHasAllMessagesOfBothSidesInOrder() throws Exception {
        Path serverFile = directory.resolve("server.trace");
        Pair p = new Pair(pem, "-trace", "-msgfile", serverFile.toString(), "-verify", "1", "-CAfile", pem.cert())
                .client("-trace", "-cert", pem.cert(), "-key", pem.keyFile())
                .ended();
        List<String> all = List.of(
                "ClientHello",
                "ServerHello",
                "EncryptedExtensions",
                "CertificateRequest",
                "Certificate",
                "CertificateVerify",
                "Finished",
                "Certificate",
                "CertificateVerify",
                "Finished",
                "NewSessionTicket",
                "NewSessionTicket");
        assertEquals(all, messages(p.client.out()));
        assertEquals(all, messages(Files.readString(serverFile)));
        assertTrue(p.client.out().contains("host_name (0): 127.0.0.1")
                || !p.client.out().contains("host_name"));
    }

    @Test
    void whatOneSideSentTheOtherReceived() throws Exception {
        Path serverFile = directory.resolve("server2.trace");
        Path clientFile = directory.resolve("client2.trace");
        new Pair(pem, "-trace", "-msgfile", serverFile.toString(), "-alpn", "a/1")
                .client("-trace", "-msgfile", clientFile.toString(), "-alpn", "b/1,a/1", "-servername", "localhost")
                .ended();
        String client = Files.readString(clientFile).replace("Sent Record", "Received Record");
        String server = Files.readString(serverFile).replace("Sent Record", "Received Record");
        assertEquals(of("Certificate", server), of("Certificate", client));
        assertEquals(of("ClientHello", server), of("ClientHello", client));
        assertEquals(of("EncryptedExtensions", server), of("EncryptedExtensions", client));
        assertTrue(of("ClientHello", client).contains("host_name (0): localhost"), client);
        assertTrue(of("ClientHello", client).contains("          b/1\n          a/1\n"), client);
    }

    /** The text of one message. */
    private static String of(String message, String trace) {
        int at = trace.indexOf("    " + message + ", Length=");
        assertTrue(at > 0, () -> "no " + message + " in " + trace);
        return trace.substring(at, trace.indexOf("\n\n", at));
    }

    @Test
    void everyMessageStandsBelowItsRecord() throws Exception {
        Pair p = new Pair(pem, "-trace").client("-trace").ended();
        for (String trace : List.of(p.client.out(), p.server.out())) {
            String content = "Handshake";
            for (String line : trace.lines().toList()) {
                if (line.startsWith("  Content Type = ") || line.startsWith("  Inner Content Type = ")) {
                    content = line.replaceAll(".* = (\\w+) .*", "$1");
                } else if (MESSAGE.matcher(line).find()) {
                    assertEquals("Handshake", content, line);
                } else if (line.startsWith("    Level=")) {
                    assertEquals("Alert", content, line);
                } else if (line.startsWith("    change_cipher_spec")) {
                    assertEquals("ChangeCipherSpec", content, line);
                }
            }
        }
    }

    @Test
    void msgShowsBytes() throws Exception {
        Pair p = new Pair(pem, "-msg").client("-msg").ended();
        assertTrue(
                Pattern.compile(">>> TLS 1\\.0, RecordHeader \\[length 0005]\n    16 03 01 .. ..\n"
                                + ">>> TLS 1\\.3, Handshake \\[length 0...], ClientHello\n    01 00 .. .. 03 03 ")
                        .matcher(p.client.out())
                        .find(),
                p.client.out());
        assertTrue(
                p.server
                        .out()
                        .contains("<<< TLS 1.3, InnerContent [length 0001]\n    15\n"
                                + "<<< TLS 1.3, Alert [length 0002], warning close_notify\n    01 00\n"),
                p.server.out());
    }

    @Test
    void stateShowsStatesAndAlerts() throws Exception {
        Pair p = new Pair(pem, "-state").client("-state").ended();
        assertTrue(p.client.err().startsWith("""
                        SSL_connect:before SSL initialization
                        SSL_connect:SSLv3/TLS write client hello
                        SSL_connect:SSLv3/TLS read server hello
                        SSL_connect:TLSv1.3 read encrypted extensions
                        """), p.client.err());
        assertTrue(p.client.err().contains("SSL3 alert write:warning:close notify\n"), p.client.err());
        assertTrue(p.server.err().contains("SSL_accept:SSLv3/TLS read client hello\n"), p.server.err());
        assertTrue(p.server.err().contains("SSL3 alert read:warning:close notify\n"), p.server.err());
        assertFalse(p.server.err().contains("error in"), p.server.err());
    }

    @Test
    void stateShowsWhereAHandshakeFailed() throws Exception {
        Pair p = new Pair(pem, "-state", "-Verify", "0", "-CAfile", pem.cert()).client("-state");
        assertEquals(1, p.server.status());
        assertTrue(
                p.server.err().contains("SSL3 alert write:fatal:certificate required\n")
                        && p.server.err().contains("SSL_accept:error in error\n"),
                p.server.err());
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() throws Exception {
        String file = directory.resolve("missing").resolve("file").toString();
        String why = Command.start("s_client", "-connect", "localhost:1", "-msgfile", file, "-msg")
                .complaint();
        assertTrue(why.startsWith("s_client: -msgfile " + file + ": cannot be written: "), why);
    }
}
