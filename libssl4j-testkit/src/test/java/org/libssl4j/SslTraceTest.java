// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.libssl4j.interop.Identity;

/** SSL_trace(3): what a trace shows of whole connections. */
class SslTraceTest {
    private static final Pattern MESSAGE = Pattern.compile("(?m)^    ([A-Z]\\w+), Length=\\d+$");
    private static final Pattern RECORD = Pattern.compile("(?m)^  (?:Inner )?Content Type = (\\w+) \\(\\d+\\)$");

    private final StringBuilder clientText = new StringBuilder();
    private final StringBuilder serverText = new StringBuilder();

    private MemoryPair traced(MemoryPair p) {
        p.client.setMsgCallback(new SslTrace(clientText::append));
        p.server.setMsgCallback(new SslTrace(serverText::append));
        return p;
    }

    private static List<String> found(Pattern p, CharSequence in) {
        return p.matcher(in).results().map(r -> r.group(1)).toList();
    }

    @Test
    void bothSidesShowTheSameMessagesInTheOrderOfTheWire() {
        traced(MemoryPair.unbounded()).connected();
        List<String> all = List.of(
                "ClientHello",
                "ServerHello",
                "EncryptedExtensions",
                "Certificate",
                "CertificateVerify",
                "Finished",
                "Finished");
        assertEquals(all, found(MESSAGE, clientText));
        assertEquals(all, found(MESSAGE, serverText));
        assertEquals(found(RECORD, clientText), found(RECORD, serverText));
        assertTrue(clientText.toString().contains("host_name (0): " + Identity.HOST), clientText::toString);
    }

    @Test
    void recordsStandBeforeWhatIsInThem() {
        traced(MemoryPair.bounded(50)).connected();
        assertTrue(clientText.indexOf("Sent Record") < clientText.indexOf("ClientHello"), clientText::toString);
        String answer = serverText.substring(serverText.indexOf("Sent Record"));
        assertTrue(answer.indexOf("Content Type = Handshake") < answer.indexOf("ServerHello"), answer);
        assertTrue(answer.indexOf("Inner Content Type") < answer.indexOf("EncryptedExtensions"), answer);
    }

    @Test
    void whatNeverLeftIsNotShown() {
        MemoryPair p = traced(MemoryPair.unbounded());
        p.client.setHostname("other.example");
        p.handshake();
        assertEquals(
                1,
                found(MESSAGE, clientText).stream()
                        .filter("Certificate"::equals)
                        .count());
        assertTrue(
                clientText.toString().endsWith("    Level=fatal(2), description=bad certificate(42)\n\n"),
                clientText::toString);
        p.server.doHandshake();
        assertTrue(serverText.toString().contains("description=bad certificate(42)"), serverText::toString);
    }

    @Test
    void applicationDataAreRecordsAndNotShown() {
        MemoryPair p = traced(MemoryPair.unbounded()).connected();
        clientText.setLength(0);
        assertEquals(6, p.client.write("secret".getBytes(), 0, 6));
        assertEquals("""
                Sent Record
                Header:
                  Version = TLS 1.2 (0x303)
                  Content Type = ApplicationData (23)
                  Length = 23
                  Inner Content Type = ApplicationData (23)
                """, clientText.toString());
    }
}
