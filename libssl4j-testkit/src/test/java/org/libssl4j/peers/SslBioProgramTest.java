// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslBio;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.AcceptBio;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.ConnectBio;
import org.libssl4j.bio.StreamBio;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.PeerProgram;

/** The client and the server that BIO_f_ssl(3) shows, with {@code openssl} at the other end. */
class SslBioProgramTest extends ProgramTest {
    private static final Identity LOCALHOST =
            Identity.make(Identity.Kind.ECDSA, "localhost", Instant.now().plus(Duration.ofDays(1)));

    private static Path localhost() throws Exception {
        Path d = Files.createDirectories(directory.resolve("localhost"));
        LOCALHOST.writePem(d);
        return d;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageIsFetchedAsTheManualShowsIt(boolean buffered) throws Exception {
        Path pem = localhost();
        try (PeerProgram server = PeerProgram.start(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-www",
                "-cert",
                pem.resolve("cert.pem").toString(),
                "-key",
                pem.resolve("key.pem").toString())) {
            String port = server.awaitLine("^ACCEPT 127.0.0.1:(\\d+)", PATIENCE).group(1);

            SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
            ctx.loadVerifyFile(pem.resolve("ca.pem"));
            Bio tls = buffered ? SslBio.newBufferSslConnect(ctx) : SslBio.newSslConnect(ctx);
            Ssl ssl = tls.find(SslBio.class).getSsl();
            tls.find(ConnectBio.class).setConnHostname(":" + port); // an empty host is the loopback
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            StreamBio out = new StreamBio(null, page);
            assertEquals(1, tls.find(SslBio.class).doHandshake());
            assertEquals("TLSv1.3", ssl.getVersion());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            assertEquals("localhost", ssl.getServername());

            tls.puts("GET / HTTP/1.0\n\n");
            tls.flush();
            byte[] part = new byte[1024];
            int len;
            while ((len = tls.read(part, 0, part.length)) > 0) {
                out.write(part, 0, len);
            }
            assertEquals(0, len);
            assertTrue(ssl.receivedShutdown());
            tls.closeAll();
            String text = page.toString(StandardCharsets.US_ASCII);
            assertTrue(text.startsWith("HTTP/1.0 200 ok"), text);
            assertTrue(text.contains("TLSv1.3") && text.contains("s_server"), text);
            assertTrue(text.contains("</HTML>"), text);
        }
    }

    @Test
    void aClientIsServedAsTheManualShowsIt() throws Exception {
        Path pem = localhost();
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKeyFile(pem.resolve("cert.pem"), pem.resolve("key.pem"), null);
        AcceptBio door = new AcceptBio("127.0.0.1:0");
        door.setAcceptBios(() -> new BufferBio().push(SslBio.newSsl(ctx, false)));
        assertEquals(1, door.doAccept());
        try (PeerProgram client = PeerProgram.start(
                "openssl",
                "s_client",
                "-quiet",
                "-connect",
                "127.0.0.1:" + door.getAcceptPort(),
                "-CAfile",
                pem.resolve("ca.pem").toString(),
                "-verify_return_error",
                "-verify_hostname",
                "localhost")) {
            client.feed("GET / HTTP/1.0\r\nX: y\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);
            assertEquals(1, door.doAccept());
            Bio tls = door.pop(); // one connection is enough
            door.closeAll();
            assertNull(door.next());
            assertEquals(1, tls.find(SslBio.class).doHandshake());

            tls.puts("HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n\r\n");
            byte[] part = new byte[1024];
            int len;
            do {
                len = tls.gets(part, 0, part.length);
                assertTrue(len > 0);
                tls.write(part, 0, len);
            } while (part[0] != '\r' && part[0] != '\n');
            tls.puts("end\r\n");
            assertEquals(1, tls.flush());
            tls.closeAll();
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
            assertEquals(
                    "HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n\r\nGET / HTTP/1.0\r\nX: y\r\n\r\nend\r\n",
                    new String(client.output(), StandardCharsets.US_ASCII));
        }
    }
}
