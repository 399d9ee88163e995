// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.testkit.peer.PeerProgram;

/** What we show of a connection, beside what openssl shows of the same one. */
@Tag("peers")
@Timeout(120)
class WatchPeersTest {
    private static final Duration PATIENCE = OpensslPeers.PATIENCE;
    private static final Pattern MESSAGE = Pattern.compile("    ([A-Z]\\w+), Length=(\\d+)");
    private static final Pattern EXTENSION = Pattern.compile(" *extension_type=\\w+\\((\\d+)\\), length=(\\d+)");
    private static final Pattern NUMBERED = Pattern.compile("( *)(NamedGroup: |Signature Algorithm: )?.* (\\(\\w+\\))");

    /** Extensions that openssl 3.0 shows as bytes. */
    private static final Set<String> BYTES = Set.of("0", "5", "28", "35", "41", "44", "47");

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static OpensslPeers peers;

    @BeforeAll
    static void certificate() throws Exception {
        pem = PemFiles.in(directory);
        peers = new OpensslPeers(pem);
    }

    /** The handshake messages of a trace, without the names that differ. */
    private static List<String> messages(String trace) {
        List<String> messages = new ArrayList<>();
        StringBuilder message = null;
        boolean skipping = false;
        for (String line : trace.lines().toList()) {
            Matcher begin = MESSAGE.matcher(line);
            Matcher extension = EXTENSION.matcher(line);
            if (begin.matches()) {
                message = new StringBuilder(line.replace("HelloRetryRequest", "ServerHello")).append('\n');
            } else if (message == null) {
                continue;
            } else if (line.isEmpty()) {
                messages.add(message.toString());
                message = null;
                skipping = false;
            } else if (line.startsWith("------")) {
                skipping = line.contains("details"); // a certificate, which openssl shows in all its parts
            } else if (extension.matches()) {
                skipping = BYTES.contains(extension.group(1));
                message.append("extension ")
                        .append(extension.group(1))
                        .append(" of ")
                        .append(extension.group(2));
                message.append('\n');
            } else if (!skipping) {
                message.append(NUMBERED.matcher(line).replaceAll("$1$2$3")).append('\n');
            }
        }
        return messages;
    }

    private static void assertSame(Path theirs, String ours) throws Exception {
        List<String> expected = messages(Files.readString(theirs));
        List<String> actual = messages(ours);
        assertTrue(expected.size() >= 7, expected.size() + " messages in openssl's trace");
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }

    @Test
    void ourClientSeesWhatOpensslsServerSees() throws Exception {
        Path theirs = directory.resolve("openssl-server.trace");
        try (PeerProgram server = peers.theirServer(
                "-trace",
                "-msgfile",
                theirs.toString(),
                "-Verify",
                "1",
                "-CAfile",
                pem.cert(),
                "-groups",
                "P-256",
                "-alpn",
                "h2",
                "-naccept",
                "1")) {
            Typing typing = new Typing();
            Command client = peers.ourClient(
                    typing,
                    server,
                    "-cert",
                    pem.cert(),
                    "-key",
                    pem.keyFile(),
                    "-servername",
                    "localhost",
                    "-alpn",
                    "http/1.1,h2",
                    "-trace");
            client.awaitOut("Verify return code: 0 (ok)\n");
            OpensslPeers.type(server, "hello\n");
            client.awaitOut("hello\n"); // the tickets came before
            typing.type("Q\n");
            client.succeeded();
            server.awaitExit(PATIENCE);
            assertSame(theirs, client.out());
        }
    }

    @Test
    void ourServerSeesWhatOpensslsClientSees() throws Exception {
        Path theirs = directory.resolve("openssl-client.trace");
        // Tickets would go out with our close_notify, when their client has left and reads no more.
        Command server =
                peers.ourServer(new Typing(), "-Verify", "1", "-CAfile", pem.cert(), "-trace", "-num_tickets", "0");
        try (PeerProgram client = peers.theirClient(
                server,
                "-cert",
                pem.cert(),
                "-key",
                pem.keyFile(),
                "-requestCAfile",
                pem.cert(),
                "-maxfraglen",
                "1024",
                "-status",
                "-enable_pha",
                "-alpn",
                "h2",
                "-trace",
                "-msgfile",
                theirs.toString())) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.leave(client);
        }
        server.succeeded();
        assertSame(theirs, server.out());
    }

    @Test
    void aDirectoryThatOpensslHashedIsTrusted() throws Exception {
        Path anchors = Files.createDirectory(directory.resolve("anchors"));
        Files.copy(pem.certificate(), anchors.resolve("ca.pem"));
        try (PeerProgram rehash = PeerProgram.start("openssl", "rehash", anchors.toString())) {
            assertEquals(0, rehash.awaitExit(PATIENCE), rehash::toString);
        }
        Pair p = new Pair(pem)
                .client("-CApath", anchors.toString(), "-verify_return_error")
                .ended();
        assertTrue(p.client.out().contains("Verify return code: 0 (ok)\n"), p.client.out());
    }

    @Test
    void stateHasTheLinesOfOpensslsClient() throws Exception {
        Command server = peers.ourServer(
                new Typing(), "-naccept", "2", "-verify", "1", "-verify_quiet", "-CAfile", pem.cert(), "-quiet");
        String address = server.quietAddress();
        List<String> theirs;
        try (PeerProgram client = peers.theirClient(address, "-state", "-no_middlebox")) {
            OpensslPeers.awaitVerified(client);
            OpensslPeers.leave(client);
            theirs = states(client.report());
        }
        Typing typing = new Typing();
        Command client = Command.start(typing, "s_client", "-connect", address, "-CAfile", pem.cert(), "-state");
        client.awaitOut("Verify return code: 0 (ok)\n");
        typing.end();
        client.succeeded();
        assertEquals(theirs, states(client.err()));
    }

    /** The states of the handshake, each once: where a call has to wait, openssl says it again. */
    private static List<String> states(String report) {
        List<String> states = new ArrayList<>();
        for (String line : report.lines().toList()) {
            boolean again = !states.isEmpty() && states.get(states.size() - 1).equals(line);
            if (line.startsWith("SSL_connect:") && !again) {
                states.add(line);
            }
        }
        return states;
    }
}
