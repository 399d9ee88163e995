// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** Cookies with {@code openssl s_client}, seen in its trace. {@code s_server -stateless} is left out: that of 3.0 refuses its own client's cookie with a decode_error. */
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

    private static void assertCookie(Path trace) throws Exception {
        String said = Files.readString(trace);
        assertTrue(
                said.matches(
                        "(?s).*ClientHello.*extension_type=cookie\\w*\\(44\\).*ClientHello.*extension_type=cookie\\w*\\(44\\).*"),
                said);
    }
}
