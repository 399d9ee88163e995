// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said before TLS, right and wrong, without a connection. */
class StartTlsTest {
    private static final String EHLO = "EHLO mail.example.com\r\n";

    /** A server that says all of it whatever it hears, a byte a read. */
    private static final class Monologue extends InputStream {
        private final ByteArrayInputStream text;

        private Monologue(String text) {
            this.text = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public int read() {
            return text.read();
        }

        @Override
        public int read(byte[] b, int off, int len) {
            return text.read(b, off, Math.min(len, 1));
        }
    }

    private static String said(String protocol, String server) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StartTls.of(protocol, StartTls.DEFAULT_NAME).negotiate(new PlainText(new Monologue(server), out));
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String complaint(String protocol, String server) {
        ByteArrayInputStream in = new ByteArrayInputStream(server.getBytes(StandardCharsets.ISO_8859_1));
        PlainText link = new PlainText(in, new ByteArrayOutputStream());
        StartTls p = StartTls.of(protocol, StartTls.DEFAULT_NAME);
        return assertThrows(StartTlsException.class, () -> p.negotiate(link)).getMessage();
    }

    @Test
    void whatAClientSays() throws IOException {
        assertEquals(EHLO + "STARTTLS\r\n", said("smtp", "220 a\r\n250-a\r\n250 STARTTLS\r\n220 go\r\n"));
        assertEquals(
                ". CAPABILITY\r\n. STARTTLS\r\n",
                said("imap", "* OK a\r\n* CAPABILITY IMAP4rev2 STARTTLS\r\n. OK done\r\n. OK go\r\n"));
        assertEquals("STLS\r\n", said("pop3", "+OK a\r\n+OK go\r\n"));
        assertArrayEquals(
                new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 47},
                said("postgres", "S").getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp | 220-a~220-~220 b~250-a~250-SIZE 1~250-starttls~250 CHUNKING~220 go~",
                "smtp | 220~250-a~250 STARTTLS~220~",
                "smtp | 220 a~250-STARTTLS~250 StartTLS ~220-go~220 on~",
                "imap | * ok a~* capability imap4rev1 starttls idle~. ok~. ok go~",
                "imap | * OK~* CAPABILITY IMAP4rev1~* OK hold~* CAPABILITY STARTTLS~. OK~* OK soon~. OK go~",
                "pop3 | +OK~+OK~"
            })
    void repliesOfSeveralLinesAndInEitherCase(String protocol, String server) throws IOException {
        assertFalse(said(protocol, server.replace("~", "\r\n")).isEmpty());
        assertFalse(said(protocol, server.replace("~", "\n")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "smtp | 554 no~ | the server did not greet: '554 no'",
                "smtp | 220 a~502 what?~ | EHLO is refused: '502 what?'",
                "smtp | 220 a~250-a.example~250 SIZE 1~ | the server does not offer STARTTLS but: 'a.example / SIZE 1'",
                "smtp | 220 a~250-a~250 STARTTLS 1~ | the server does not offer STARTTLS but: 'a / STARTTLS 1'",
                "smtp | 220 a~250 STARTTLS~ | the server does not offer STARTTLS but: 'STARTTLS'",
                "smtp | 220 a~250-a~250 STARTTLS~454 not now~ | STARTTLS is refused: '454 not now'",
                "smtp | 220 a~250-a~251 STARTTLS~ | EHLO is refused: '251 STARTTLS'",
                "smtp | HTTP/1.0 400 Bad Request~ | this is no reply of SMTP: 'HTTP/1.0 400 Bad Request'",
                "smtp | 220x~ | this is no reply of SMTP: '220x'",
                "smtp | ~ | this is no reply of SMTP: ''",
                "smtp | 220 a | the server closed the connection before TLS began",
                "imap | * PREAUTH a~ | the server does not greet with OK but: '* PREAUTH a'",
                "imap | * BYE a~ | the server does not greet with OK but: '* BYE a'",
                "imap | * OK a~* CAPABILITY IMAP4rev1~. OK~ | the server does not offer STARTTLS",
                "imap | * OK a~* CAPABILITY XSTARTTLS STARTTLSX~. OK~ | the server does not offer STARTTLS",
                "imap | * OK a~* OK STARTTLS~. OK STARTTLS~ | the server does not offer STARTTLS",
                "imap | * OK a~. BAD what?~ | CAPABILITY is refused: '. BAD what?'",
                "imap | * OK a~* CAPABILITY STARTTLS~. OK~. NO not now~ | STARTTLS is refused: '. NO not now'",
                "imap | * OK a~+ go on~ | this is no response of IMAP: '+ go on'",
                "pop3 | -ERR busy~ | the server does not greet with +OK but: '-ERR busy'",
                "pop3 | +OKAY~ | the server does not greet with +OK but: '+OKAY'",
                "pop3 | +OK a~-ERR unknown~ | STLS is refused: '-ERR unknown'",
                "postgres | N | the server does not offer TLS: it answers N",
                "postgres | EFATAL | the server answers the request for TLS with an error",
                "postgres | H | the server answers the request for TLS with byte 0x48; S or N is allowed"
            })
    void whatIsNoWayToTls(String protocol, String server, String says) {
        assertEquals(says, complaint(protocol, server.replace("~", "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp | 220 a~250-a~250 STARTTLS~220 go~250 a~ | 7 bytes",
                "imap | * OK a~* CAPABILITY STARTTLS~. OK~. OK go~* | 1 byte",
                "pop3 | +OK a~+OK go~+OK 1 2~ | 9 bytes",
                "postgres | SR~ | 3 bytes"
            })
    void bytesBehindTheLastAnswerAreRefused(String protocol, String server, String count) {
        assertEquals(
                "the server sent " + count + " in plain text behind its answer, where TLS has to begin",
                complaint(protocol, server.replace("~", "\r\n")));
    }

    @Test
    void aLineHasABound() {
        String longest = "x".repeat(PlainText.LONGEST_LINE);
        assertEquals("the server sent a line of more than 8192 bytes", complaint("smtp", "220 " + longest + "\r\n"));
        assertEquals("this is no reply of SMTP: '" + longest + "'", complaint("smtp", longest + "\n"));
    }

    @Test
    void aReplyHasABound() throws IOException {
        String most = "220-x\r\n".repeat(99) + "220 x\r\n";
        assertEquals(EHLO + "STARTTLS\r\n", said("smtp", most + "250-a\r\n250 STARTTLS\r\n220 go\r\n"));
        assertEquals("the server sent a reply of more than 100 lines", complaint("smtp", "220-x\r\n" + most));
        assertEquals(
                "the server sent more than 100 lines and no end of the response",
                complaint("imap", "* OK a\r\n" + "* OK b\r\n".repeat(101)));
    }

    @Test
    void whatATerminalWouldObeyIsMadeVisible() {
        assertEquals("STLS is refused: '-ERR \\1B[2J\\FF\\0D'", complaint("pop3", "+OK\r\n-ERR \033[2J\377\r\r\n"));
    }

    @Test
    void aSilentServerIsSaid() {
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketTimeoutException("Read timed out");
            }
        };
        PlainText link = new PlainText(silent, new ByteArrayOutputStream());
        StartTls pop3 = StartTls.of("pop3", StartTls.DEFAULT_NAME);
        assertEquals(
                "the server is silent",
                assertThrows(IOException.class, () -> pop3.negotiate(link)).getMessage());
    }

    @Test
    void aServerThatDripsHasNotAllTheTimeInTheWorld() {
        int[] bytes = {0};
        InputStream drips = new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                bytes[0]++;
                b[off] = 'x';
                return 1;
            }
        };
        PlainText link = new PlainText(drips, new ByteArrayOutputStream(), Duration.ofSeconds(1));
        StartTls pop3 = StartTls.of("pop3", StartTls.DEFAULT_NAME);
        assertEquals(
                "the server took more than 1 s, and TLS has not begun",
                assertThrows(IOException.class, () -> pop3.negotiate(link)).getMessage());
        assertTrue(bytes[0] > 0 && bytes[0] <= 101, bytes[0] + " bytes");
    }

    @Test
    void anotherProtocolIsNotKnown() {
        for (String p : StartTls.PROTOCOLS) {
            StartTls.of(p, StartTls.DEFAULT_NAME);
        }
        assertThrows(IllegalArgumentException.class, () -> StartTls.of("ftp", StartTls.DEFAULT_NAME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nQUIT", "\u00e9", "\t"})
    void whatIsNoNameForEhlo(String name) {
        assertThrows(IllegalArgumentException.class, () -> StartTls.of("smtp", name));
    }
}
