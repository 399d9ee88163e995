// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The letters r and R, and the options that allow or forbid what they ask for. */
@Timeout(120)
class RenegotiationTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static int count(String what, String text) {
        return text.split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    private static void talk(Pair p) throws Exception {
        p.atClient.type("to the server\n");
        p.server.awaitOut("to the server\n");
        p.atServer.type("to the client\n");
        p.client.awaitOut("to the client\n");
    }

    @Test
    void aClientRenegotiatesTwice() throws Exception {
        Pair p = new Pair(pem, "-client_renegotiation").client("-tls1_2", "-trace");
        p.client.awaitOut("Verify return code:");
        for (int i = 0; i < 2; i++) {
            p.atClient.type("R\n");
            talk(p);
        }
        p.ended();
        assertTrue(p.client.err().startsWith("RENEGOTIATING\nRENEGOTIATING\n"), p.client.err());
        assertEquals(3, count("ServerHello, Length=", p.client.out()));
        for (Command c : List.of(p.client, p.server)) {
            assertTrue(c.out().contains("Secure Renegotiation IS supported\n"), c.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "R"})
    void aServerAsksForIt(String letter) throws Exception {
        Pair p = new Pair(pem, "-CAfile", pem.cert())
                .client("-tls1_2", "-trace", "-cert", pem.cert(), "-key", pem.keyFile());
        p.client.awaitOut("Verify return code:");
        p.atServer.type(letter + "\n");
        talk(p);
        talk(p); // by now the client has answered, and its words went out behind the new handshake
        p.ended();
        assertEquals(2, count("ServerHello, Length=", p.client.out()));
        boolean asked = letter.equals("R");
        assertEquals(asked ? 1 : 0, count("CertificateRequest, Length=", p.client.out()));
        assertEquals(
                asked ? "RENEGOTIATING\ndepth=0 CN = localhost\nverify return:1\n" : "RENEGOTIATING\n", p.server.err());
    }

    @Test
    void aServerThatDoesNotAllowItToClientsIsTheEndForThem() throws Exception {
        Pair p = new Pair(pem).client("-tls1_2");
        p.client.awaitOut("Verify return code:");
        p.atClient.type("R\n");
        assertEquals(1, p.client.status());
        assertTrue(p.client.err().contains("\ns_client: read: no renegotiation"), p.client.err());
    }

    @Test
    void whoForbidsItDoesNotBeginIt() throws Exception {
        Pair p = new Pair(pem, "-client_renegotiation").client("-tls1_2", "-no_renegotiation");
        p.client.awaitOut("Verify return code:");
        p.atClient.type("R\n");
        talk(p);
        p.ended();
        assertTrue(p.client.err().startsWith("RENEGOTIATING\nnot now: no renegotiation"), p.client.err());
    }

    @Test
    void tls13HasNone() throws Exception {
        Pair p = new Pair(pem, "-client_renegotiation").client();
        p.client.awaitOut("Verify return code:");
        p.atClient.type("R\n");
        p.atServer.type("r\n");
        talk(p);
        p.ended();
        for (Command c : List.of(p.client, p.server)) {
            assertTrue(c.err().startsWith("RENEGOTIATING\nnot now: wrong ssl version"), c.err());
            assertTrue(c.out().contains("Secure Renegotiation IS NOT supported\n"), c.out());
        }
    }
}
