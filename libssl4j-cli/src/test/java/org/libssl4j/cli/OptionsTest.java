// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option changes, between a server and a client of ours. */
@Timeout(120)
class OptionsTest {
    private static final Pattern LENGTH = Pattern.compile(
            "Content Type = ApplicationData \\(23\\)\n  Length = (\\d+)\n  Inner Content Type = ApplicationData");

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static PemFiles named;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
        named = PemFiles.in(Files.createDirectory(directory.resolve("named")), "named.example");
    }

    @Test
    void lettersAreDataWhereCommandsAreOff() throws Exception {
        Pair p = new Pair(pem).client("-nocommands");
        p.atClient.type("k\n");
        p.atClient.type("Q\n");
        p.server.awaitOut("k\nQ\n");
        p.atClient.end();
        p.client.succeeded();
        p.server.succeeded();
    }

    @Test
    void aSecondCertificateIsForASecondName() throws Exception {
        String[] options = {"-servername", "named.example", "-cert2", named.cert(), "-key2", named.keyFile()};
        Pair p = new Pair(pem, options).client("-servername", "Named.Example").ended();
        assertTrue(p.client.out().contains("subject=CN = named.example\n"), p.client.out());
        assertTrue(p.server.err().contains("Switching server context.\n"), p.server.err());
        Pair other = new Pair(pem, options).client("-servername", "localhost").ended();
        assertTrue(other.client.out().contains("subject=CN = localhost\n"), other.client.out());
    }

    @Test
    void anotherNameMayBeRefused() throws Exception {
        Pair p = new Pair(pem, "-servername", "named.example", "-servername_fatal").client("-servername", "localhost");
        assertEquals(1, p.client.status());
        assertTrue(p.client.err().contains("unrecognized name"), p.client.err());
    }

    @Test
    void aChainMayComeFromAFileOfItsOwn() throws Exception {
        Pair p = new Pair(pem, "-cert_chain", named.cert()).client("-showcerts").ended();
        assertTrue(p.client.out().contains(" 0 s:CN = localhost\n"), p.client.out());
        assertTrue(p.client.out().contains(" 1 s:CN = named.example\n"), p.client.out());
    }

    /** The lengths of the records with data that a client sends with these options. */
    private static List<Integer> records(String... options) throws Exception {
        Pair p = new Pair(pem, "-trace").client(options);
        p.atClient.type("x".repeat(2000) + "\n");
        p.server.awaitOut("xxx\n");
        p.ended();
        return LENGTH.matcher(p.server.out())
                .results()
                .map(r -> Integer.valueOf(r.group(1)))
                .toList();
    }

    @Test
    void dataIsSentInRecordsOfTheLengthThatIsAskedFor() throws Exception {
        assertEquals(List.of(2018), records());
        assertEquals(List.of(1017, 1017, 18), records("-max_send_frag", "1000"));
    }

    @Test
    void theServerKeepsToTheLengthThatTheClientAsksFor() throws Exception {
        Pair p = new Pair(pem).client("-maxfraglen", "512", "-trace");
        p.atServer.type("x".repeat(2000) + "\n");
        p.client.awaitOut("xxx\n");
        p.ended();
        List<String> lengths =
                LENGTH.matcher(p.client.out()).results().map(r -> r.group(1)).toList();
        assertEquals(List.of("529", "529", "529", "482"), lengths);
    }

    @Test
    void recordsArePaddedToBlocks() throws Exception {
        assertEquals(List.of(2048 + 16), records("-record_padding", "1024"));
        assertEquals(List.of(2100 + 16), records("-record_padding", "700,0"));
    }

    @Test
    void lettersUpdateTheKeys() throws Exception {
        Pair p = new Pair(pem, "-trace").client("-trace");
        p.client.awaitOut("Verify return code:");
        p.atClient.type("k\n");
        p.atClient.type("K\n");
        p.server.awaitOut("update_requested (1)");
        p.client.awaitOut("KeyUpdate, Length=1\n      update_not_requested (0)\n");
        p.atServer.type("K\n");
        p.client.awaitOut("update_requested (1)\n\nReceived");
        p.atClient.type("after all that\n");
        p.server.awaitOut("after all that\n");
        p.ended();
        assertTrue(p.client.err().startsWith("KEYUPDATE\nKEYUPDATE\n"), p.client.err());
    }

    @ParameterizedTest
    @CsvSource({
        "-max_send_frag, 511",
        "-max_send_frag, many",
        "-record_padding, 16385",
        "-record_padding, '1,2,3'",
        "-maxfraglen, 513",
        "-verify, -1"
    })
    void aValueThatCannotBeIsSaidWithItsOption(String option, String value) throws Exception {
        String why = Command.start("s_client", "-connect", "localhost:1", option, value)
                .complaint();
        assertTrue(why.startsWith("s_client: " + option + " " + value + ": "), why);
    }
}
