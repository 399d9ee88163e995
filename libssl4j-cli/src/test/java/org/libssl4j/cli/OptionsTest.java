// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each option changes, between a server and a client of ours. */
@Timeout(120)
class OptionsTest {
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
}
