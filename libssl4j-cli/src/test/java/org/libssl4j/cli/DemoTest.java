// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {
    private static final List<String> FLIGHTS = List.of(
            "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate,", "CertificateVerify", "Finished");

    @Test
    void theDemoShowsEachMessageOnceSentAndOnceReceivedInOrder() throws Exception {
        String out = Command.start("demo").succeeded().out();
        assertTrue(out.lines().count() < 60, out);
        assertTrue(out.endsWith("All went as it should.\n"), out);
        for (String message : FLIGHTS) {
            List<String> lines = out.lines().filter(l -> l.contains(message)).collect(Collectors.toList());
            assertEquals(message.equals("Finished") ? 4 : 2, lines.size(), message + " in " + out);
        }
        assertTrue(out.indexOf("Finished") > out.indexOf("CertificateVerify"), out);
        assertEquals(4, out.lines().filter(l -> l.contains("close notify")).count(), out);
    }

    @Test
    void theVersionNamesTheProject() throws Exception {
        String out = Command.start("version").succeeded().out();
        assertTrue(out.matches("(?s)libssl4j \\d+\\.\\d+\\.\\d+\\S*\\nJava: .*"), out);
    }

    @Test
    void theVersionSaysOnRequestWhoDoesTheCryptography() throws Exception {
        String out = Command.start("version", "-a").succeeded().out();
        assertTrue(out.matches("(?s).*\\nAES_128_GCM +\\S.*\\nx25519 +\\S.*"), out);
    }

    @Test
    void helpIsNoFailure() throws Exception {
        for (String command : List.of("s_client", "s_server", "demo", "version")) {
            String out = Command.start(command, "-help").succeeded().out();
            assertTrue(out.startsWith("Usage: libssl4j " + command), out);
        }
        assertTrue(Command.start("help").succeeded().out().startsWith("Usage: libssl4j"));
    }
}
