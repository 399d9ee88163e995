// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -starttls} of our client, with a server on loopback that speaks the protocols. */
@Timeout(120)
class StartTlsClientTest {
    @TempDir
    static Path directory;

    private static PemFiles pem;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
    }

    private static Command client(Typing typing, PlainThenTlsServer server, String... options) {
        return Command.start(
                typing,
                Arguments.of(options)
                        .before(
                                "s_client",
                                "-connect",
                                server.address(),
                                "-CAfile",
                                pem.cert(),
                                "-verify_return_error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "imap", "pop3", "postgres"})
    void eachProtocolGoesOverToTls(String protocol) throws Exception {
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, PlainThenTlsServer.of(protocol))) {
            Typing typing = new Typing();
            Command client = client(typing, server, "-starttls", protocol);
            client.awaitOut("Verify return code: 0 (ok)\n---\n");
            typing.type("through TLS\n");
            client.awaitOut("---\nthrough TLS\n");
            typing.type("Q\n");
            client.succeeded();
            assertEquals("through TLS\n", server.received());
            assertTrue(client.out().startsWith("CONNECTED("), client.out());
            assertFalse(client.out().contains("go ahead"), client.out());
        }
    }

    @Test
    void theNameIsOurs() throws Exception {
        PlainThenTlsServer.Script script = talk -> {
            talk.say("220 ready\r\n");
            talk.hear("EHLO [192.0.2.1]\r\n");
            talk.say("250-mail.example\r\n250 STARTTLS\r\n");
            talk.hear("STARTTLS\r\n");
            talk.say("220 go ahead\r\n");
        };
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, script)) {
            Typing typing = new Typing();
            Command client = client(typing, server, "-starttls", "smtp", "-name", "[192.0.2.1]", "-quiet");
            typing.type("hello\n");
            client.awaitOut("hello\n");
            typing.end();
            assertEquals("hello\n", client.out());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "smtp | 220 a~ | EHLO mail.example.com~ | 250 mail.example~",
                "imap | * OK a~ | . CAPABILITY~ | * CAPABILITY IMAP4rev1~. OK done~",
                "pop3 | +OK a~ | STLS~ | -ERR unknown command~",
                "postgres | \"\" | \"\" | N"
            })
    void aServerWithoutItGetsNoClientHello(String protocol, String first, String question, String answer)
            throws Exception {
        PlainThenTlsServer.Script script = talk -> {
            talk.say(first.replace("~", "\r\n"));
            talk.hear(protocol.equals("postgres") ? "\0\0\0\10\4\322\26\57" : question.replace("~", "\r\n"));
            talk.say(answer.replace("~", "\r\n"));
            talk.hearTheEnd();
        };
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, script)) {
            Command client = client(new Typing(), server, "-starttls", protocol);
            String why = client.complaint();
            assertTrue(why.startsWith("s_client: -starttls " + protocol + ": "), why);
            assertEquals("", client.out());
            // The script came to its end, so what failed is the handshake with nobody.
            assertEquals("handshake", server.failure().getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "imap", "pop3", "postgres"})
    void whatIsInjectedBehindTheAnswerIsNeverData(String protocol) throws Exception {
        PlainThenTlsServer.Script script = talk -> {
            PlainThenTlsServer.Script usual = PlainThenTlsServer.of(protocol);
            usual.play(talk);
            talk.say("injected\r\n"); // in the same segment as the answer or in the next one
            talk.say("injected\r\n");
        };
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, script)) {
            Command client = client(new Typing(), server, "-starttls", protocol);
            String why = client.complaint();
            // Read with the answer it is seen at once; otherwise the record layer finds no record.
            assertTrue(why.contains("in plain text behind its answer") || why.startsWith("s_client: handshake: "), why);
            assertFalse((client.out() + client.err()).contains("injected"), client.out() + client.err());
            server.failure();
        }
    }

    @Test
    void whatIsInjectedLaterIsNoRecord() throws Exception {
        PlainThenTlsServer.Script script = talk -> {
            PlainThenTlsServer.of("smtp").play(talk);
            talk.hear("\26\3\1"); // the ClientHello is under way
            talk.say("250 injected\r\n");
        };
        try (PlainThenTlsServer server = new PlainThenTlsServer(pem, script)) {
            Command client = client(new Typing(), server, "-starttls", "smtp");
            String why = client.complaint();
            assertTrue(why.startsWith("s_client: handshake: ") && why.contains("(alert sent: "), why);
            assertEquals("", client.out().replaceFirst("CONNECTED\\(.*\\)\n", ""));
            server.failure();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-starttls, ftp, 'one of smtp, imap, pop3, postgres is wanted'",
        "-name, a b, a host name is wanted: 1 to 255 printable characters without a space"
    })
    void whatCannotBeIsSaid(String option, String value, String says) throws Exception {
        Command client = Command.start("s_client", "-connect", "localhost:1", "-starttls", "smtp", option, value);
        assertEquals("s_client: " + option + " " + value + ": " + says, client.complaint());
    }
}
