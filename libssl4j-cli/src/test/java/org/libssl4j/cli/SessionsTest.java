// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of our client with our server, and in files. */
@Timeout(120)
class SessionsTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static Command server(int connections, String... more) {
        List<String> all = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-rev"));
        all.addAll(List.of("-naccept", String.valueOf(connections), "-cert", pem.cert(), "-key", pem.keyFile()));
        all.addAll(Arrays.asList(more));
        return Command.start(new Typing(), all.toArray(new String[0]));
    }

    /** A client that sends a line, has it back and leaves; what it prints. */
    private static String client(String address, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("s_client", "-connect", address, "-CAfile", pem.cert()));
        all.addAll(Arrays.asList(more));
        Typing typing = new Typing();
        Command c = Command.start(typing, all.toArray(new String[0]));
        typing.type("abc\n");
        c.awaitOut("cba\n");
        typing.end();
        return c.succeeded().out();
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, ''", "-tls1_2, -no_ticket", "-tls1_2, -ext_cache -no_ticket"})
    void aSessionInAFileIsResumed(String version, String options) throws Exception {
        String[] server = options.isEmpty() ? new String[0] : options.split(" ");
        Command s = server(2, server);
        String out = file("session");
        String first = client(s.address(), version, "-sess_out", out);
        assertTrue(first.contains("New, " + name(version) + ", Cipher is"), first);
        String second = client(s.address(), version, "-sess_in", out);
        assertTrue(second.contains("Reused, " + name(version) + ", Cipher is"), second);
        s.succeeded();
        assertEquals(1, count(s.out(), "Reused session-id\n"), s.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2"})
    void reconnectResumesFiveTimes(String version) throws Exception {
        Command s = server(6);
        String out = client(s.address(), version, "-reconnect");
        s.succeeded();
        assertEquals(5, count(out, "drop connection and then reconnect\n"), out);
        assertEquals(5, count(out, "Reused, " + name(version) + ", Cipher is"), out);
        assertEquals(1, count(out, "New, " + name(version) + ", Cipher is"), out);
    }

    @Test
    void aServerWithoutCacheAndTicketsResumesNothing() throws Exception {
        Command s = server(2, "-no_cache", "-no_ticket");
        String out = file("none");
        client(s.address(), "-tls1_2", "-sess_out", out);
        assertFalse(Files.exists(Path.of(out)), "there is no session to be written");
        String second = client(s.address(), "-tls1_2");
        assertTrue(second.contains("New, TLSv1.2"), second);
        s.succeeded();
    }

    @Test
    void theSummaryOfTls12HasTheSessionWithoutItsSecret() throws Exception {
        Command s = server(1);
        String file = file("summary");
        String out = client(s.address(), "-tls1_2", "-sess_out", file);
        s.succeeded();
        assertTrue(out.contains("SSL-Session:\n    Protocol  : TLSv1.2\n    Cipher    : "), out);
        assertTrue(out.contains("    TLS session ticket:\n    0000 - "), out);
        assertTrue(out.contains("    Timeout   : 7200 (sec)\n    Verify return code: 0 (ok)\n"), out);
        String text = Command.start("sess_id", "-in", file, "-noout", "-text")
                .succeeded()
                .out();
        String secret = text.lines()
                .filter(l -> l.contains("Master-Key: "))
                .findAny()
                .orElseThrow()
                .substring("    Master-Key: ".length());
        assertEquals(96, secret.length());
        assertFalse(out.contains(secret));
        if (Files.getFileStore(Path.of(file)).supportsFileAttributeView("posix")) {
            assertEquals("[OWNER_READ, OWNER_WRITE]", sorted(file));
        }
    }

    private static String sorted(String file) throws Exception {
        return Files.getPosixFilePermissions(Path.of(file)).stream()
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void sessIdConvertsAndSetsTheContext() throws Exception {
        Command s = server(1);
        String in = file("converted");
        client(s.address(), "-tls1_2", "-sess_out", in);
        s.succeeded();
        String der = file("der");
        String pemAgain = file("pem");
        Command.start("sess_id", "-in", in, "-outform", "DER", "-out", der, "-context", "abc")
                .succeeded();
        Command.start("sess_id", "-in", der, "-inform", "DER", "-out", pemAgain).succeeded();
        String text = Command.start("sess_id", "-in", pemAgain, "-noout", "-text")
                .succeeded()
                .out();
        assertTrue(text.contains("    Session-ID-ctx: 616263\n"), text);
        assertEquals(
                Files.readString(Path.of(in)),
                Command.start("sess_id", "-in", in).succeeded().out());
        String certificate =
                Command.start("sess_id", "-in", in, "-cert").succeeded().out();
        assertArrayEquals(
                Files.readString(Path.of(pem.cert())).strip().getBytes(),
                certificate.strip().getBytes());
    }

    @Test
    void whatIsNoSessionIsOneLine() throws Exception {
        assertTrue(Command.start("sess_id", "-in", pem.cert()).complaint().contains("no PEM block 'SSL SESSION"));
        assertTrue(Command.start("sess_id", "-in", pem.cert(), "-inform", "NSS")
                .complaint()
                .contains("-inform NSS"));
        String missing = Command.start("s_client", "-connect", "127.0.0.1:1", "-sess_in", file("missing"))
                .complaint();
        assertTrue(missing.startsWith("s_client: "), missing);
    }

    static String name(String version) {
        return version.equals("-tls1_3") ? "TLSv1.3" : "TLSv1.2";
    }

    static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
