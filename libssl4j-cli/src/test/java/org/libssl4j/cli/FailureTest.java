// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not work ends with 1 and one line. */
@Timeout(60)
class FailureTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static void fails(String says, String... args) throws Exception {
        Command c = Command.start(args);
        String line = c.complaint();
        assertTrue(line.contains(says), line);
        assertEquals("", c.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Unknown option: -foo | s_client -foo",
                "Unknown option: -foo | s_server -foo",
                "Unknown option: -foo | demo -foo",
                "Unknown option: -ssl3 | s_client -connect localhost:1 -ssl3",
                "Extra argument: b | s_client a b",
                "Invalid command 'foo' | foo",
                "Missing required parameter for option '-connect' | s_client -connect",
                "'x' is no port | s_client -connect localhost:x",
                "'65536' is no port | s_server -accept 65536",
                "-naccept -1 | s_server -naccept=-1",
                "'many' | s_server -naccept many",
                "the server is named twice | s_client -connect a:1 b:1",
                "exclude each other | s_client -connect localhost:1 -servername a -noservername",
                "exclude each other | s_server -www -WWW",
                "-groups nonsense | s_client -groups nonsense",
                "-cipher nonsense | s_client -cipher nonsense",
                "-psk: a key of 1 to 512 bytes in hexadecimal is wanted | s_client -psk 0g",
                "-ciphersuites nonsense | s_server -ciphersuites nonsense",
                "no such file | s_client -CAfile nowhere.pem",
                "no such file | s_server -cert nowhere.pem",
                "a key without a certificate | s_server -key nowhere.pem",
                "a chain without a certificate | s_server -cert_chain nowhere.pem",
                "brings its own key | s_server -cert nowhere.p12 -certform p12 -key nowhere.pem",
                "brings its own chain | s_client -cert nowhere.p12 -certform P12 -cert_chain nowhere.pem"
            })
    void aWrongCommandLineFails(String says, String line) throws Exception {
        fails(says, line.split(" "));
    }

    @Test
    void noCommandAtAllFails() throws Exception {
        fails("usage: libssl4j COMMAND");
    }

    @Test
    void aRefusedConnectionFails() throws Exception {
        int port;
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = s.getLocalPort();
        }
        fails("Connection refused", "s_client", "-connect", "127.0.0.1:" + port);
    }

    @Test
    void anUnknownHostFails() throws Exception {
        fails("the host is not known", "s_client", "-connect", "no-such-host.invalid:443");
    }

    @Test
    void badPemFails() throws Exception {
        Path bad = directory.resolve("bad.pem");
        Files.writeString(bad, "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");
        fails("-CAfile " + bad, "s_client", "-CAfile", bad.toString());
        fails("-cert " + bad, "s_server", "-accept", "127.0.0.1:0", "-cert", bad.toString());
        fails("-cert " + pem.cert(), "s_server", "-accept", "127.0.0.1:0", "-cert", pem.cert(), "-key", bad.toString());
    }

    @Test
    void anotherCertificatesKeyFails() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("other"));
        fails(
                "-key",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                pem.cert(),
                "-key",
                PemFiles.in(elsewhere).keyFile());
    }

    @Test
    void aPortInUseFails() throws Exception {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + s.getLocalPort();
            fails("-accept " + at, "s_server", "-accept", at, "-cert", pem.cert(), "-key", pem.keyFile());
        }
    }

    @Test
    void aKeyLogThatCannotBeWrittenFails() throws Exception {
        fails(
                "-keylogfile",
                "s_client",
                "-keylogfile",
                directory.resolve("no/such/directory").toString());
    }

    @ParameterizedTest
    @CsvSource({"-verify_hostname, example.org, hostname mismatch", "-verify_ip, 192.0.2.1, mismatch"})
    void theWrongNameFailsIfErrorsCount(String option, String name, String says) throws Exception {
        Pair p = new Pair(pem).client("-verify_return_error", option, name);
        String line = p.client.complaint();
        assertTrue(line.contains(says), line);
        assertTrue(p.server.complaint().contains("alert"), p.server.err());
    }

    @Test
    void theWrongNameIsReportedIfErrorsDoNotCount() throws Exception {
        Pair p = new Pair(pem).client("-verify_hostname", "example.org").ended();
        assertTrue(p.client.out().contains("Verify return code: 62 (hostname mismatch)"), p.client.out());
    }

    /** What our client says of a server that is told what to do; the client is served until it is gone. */
    private static String complaintOf(PlainThenTlsServer.Script script) throws Exception {
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, script)) {
            return Command.start("s_client", "-quiet", "-connect", server.address())
                    .complaint();
        }
    }

    @Test
    void aPeerThatIsNoTlsServerFails() throws Exception {
        String why = complaintOf(talk -> talk.say("HTTP/1.0 400 Bad Request\r\n\r\n"));
        assertTrue(why.startsWith("s_client: handshake: "), why);
    }

    @Test
    void anEndWithoutCloseNotifyFails() throws Exception {
        String why = complaintOf(talk -> {
            talk.hear("\26\3\1"); // the ClientHello is under way
            talk.endOutput();
        });
        assertTrue(why.contains("unexpected eof while reading"), why);
    }

    @Test
    void aTraceIsPrintedOnRequest() throws Exception {
        Command c = Command.start("s_client", "-debug-trace", "-CAfile", "nowhere.pem");
        assertEquals(1, c.status());
        assertTrue(c.err().contains("\tat org.libssl4j.cli."), c.err());
    }
}
