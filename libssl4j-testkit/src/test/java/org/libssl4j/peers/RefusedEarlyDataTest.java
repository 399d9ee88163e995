// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code openssl s_client} comes with a ticket of another server and sends early data, which we cannot read (RFC 9846 §4.3.10): the handshake goes on without it. */
class RefusedEarlyDataTest extends ProgramTest {
    private static final byte[] HELLO = "in due time".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Our groups: the client's share is of X25519, so the second one makes a HelloRetryRequest. */
    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256"})
    void theHandshakeGoesOnWithoutIt(String group) throws Exception {
        Path session = ticketOfAnotherServer();
        Path early = Files.write(directory.resolve("early"), new byte[8_000]);
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + door.port(),
                        "-quiet",
                        "-groups",
                        "X25519:P-256",
                        "-sess_in",
                        session.toString(),
                        "-early_data",
                        early.toString());
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, group, null));
                OurEnd ours = door.accept(ssl, true)) {
            ours.handshake();
            client.feed(HELLO, false);
            assertArrayEquals(HELLO, ours.read(HELLO.length));
            ours.write(HELLO);
            assertArrayEquals(HELLO, client.awaitOutput(HELLO.length, PATIENCE));
        }
    }

    private static Path ticketOfAnotherServer() throws Exception {
        Path session = directory.resolve("session.pem");
        Files.deleteIfExists(session);
        try (PeerProgram server = PeerProgram.start(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                pem(Identity.Kind.ECDSA, "cert.pem"),
                "-key",
                pem(Identity.Kind.ECDSA, "key.pem"),
                "-early_data",
                "-max_early_data",
                "16384")) {
            String port = server.awaitLine("^ACCEPT 127.0.0.1:(\\d+)", PATIENCE).group(1);
            try (PeerProgram client = PeerProgram.start(
                    "openssl", "s_client", "-connect", "127.0.0.1:" + port, "-sess_out", session.toString())) {
                awaitTicketIn(session, client); // it comes after the handshake, and the file with it
                client.feed(new byte[0], true);
                client.awaitExit(PATIENCE);
            }
        }
        return session;
    }

    private static void awaitTicketIn(Path session, PeerProgram client) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(session) || !Files.readString(session).contains("END SSL SESSION")) {
            assertTrue(System.nanoTime() < deadline, () -> "no session was kept: " + client);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
