// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.libssl4j.docs.Sample;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** The server of docs/samples with {@code openssl s_client}. */
class SelectorEchoServerOpensslTest extends ProgramTest {
    private static Sample server() throws Exception {
        return Sample.start(
                OurEnd.server(Identity.ECDSA, null, null, "none"),
                Files.createDirectories(directory.resolve("sample")));
    }

    private static PeerProgram client(Sample server) throws Exception {
        String[] command = {
            "openssl",
            "s_client",
            "-connect",
            "127.0.0.1:" + server.port(),
            "-CAfile",
            pem(Identity.Kind.ECDSA, "ca.pem"),
            "-verify_return_error",
            "-brief",
            "-nbio"
        };
        return PeerProgram.start(command);
    }

    @Test
    void sClientGetsBackWhatItSendsAndClosesItsSideFirst() throws Exception {
        byte[] data = random(7);
        try (Sample server = server();
                PeerProgram client = client(server)) {
            client.feed(data, false);
            assertArrayEquals(data, client.awaitOutput(DATA, PATIENCE));
            client.feed(new byte[0], true);
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
        }
    }

    @Test
    void sClientEndsWhenTheServerStops() throws Exception {
        byte[] data = random(8);
        try (Sample server = server();
                PeerProgram client = client(server)) {
            client.feed(data, false);
            assertArrayEquals(data, client.awaitOutput(DATA, PATIENCE));
            server.stop();
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
            server.awaitEnd();
        }
    }
}
