// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** Cookies and HelloRetryRequests with {@code openssl}, whose {@code s_server -stateless} calls SSL_stateless itself: seen in its trace. */
class RetryProgramTest extends ProgramTest {
    private static final byte[] HELLO = "once more".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COOKIE = {9, 8, 7};

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256"})
    void sClientBringsBackOurCookie(String group) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        SslCtx ctx = OurEnd.server(Identity.ECDSA, null, group, null);
        ctx.setStatelessCookieGenerateCb(ssl -> COOKIE);
        ctx.setStatelessCookieVerifyCb((ssl, cookie) -> Arrays.equals(COOKIE, cookie));
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + door.port(),
                        "-quiet",
                        "-groups",
                        "X25519:P-256",
                        "-trace",
                        "-msgfile",
                        trace.toString());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = door.accept(ssl, true)) {
            ours.handshakeStateless();
            client.feed(HELLO, false);
            assertArrayEquals(HELLO, ours.read(HELLO.length));
            ours.write(HELLO);
            assertArrayEquals(HELLO, client.awaitOutput(HELLO.length, PATIENCE));
        }
        assertCookie(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256"})
    void weBringBackTheCookieOfSServer(String group) throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        try (Call call = Call.to(port -> statelessServer(port, group, trace));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, "*X25519:P-256", null));
                OurEnd ours = call.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(HELLO);
            assertArrayEquals(HELLO, server.awaitOutput(HELLO.length, PATIENCE));
            server.feed(HELLO, false);
            assertArrayEquals(HELLO, ours.read(HELLO.length));
            assertEquals("P-256".equals(group) ? "secp256r1" : "x25519", ssl.getNegotiatedGroup());
        }
        assertCookie(trace);
    }

    private static List<String> statelessServer(int port, String group, Path trace) {
        List<String> c = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port));
        c.addAll(List.of("-cert", pem(Identity.Kind.ECDSA, "cert.pem"), "-key", pem(Identity.Kind.ECDSA, "key.pem")));
        c.addAll(List.of("-tls1_3", "-stateless", "-groups", group, "-quiet"));
        c.addAll(List.of("-trace", "-msgfile", trace.toString()));
        return c;
    }

    private static void assertCookie(Path trace) throws Exception {
        String said = Files.readString(trace);
        assertTrue(said.contains("extension_type=cookie(44)"), said);
    }
}
