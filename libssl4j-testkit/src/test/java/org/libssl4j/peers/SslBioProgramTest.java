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
            Bio sbio = buffered ? SslBio.newBufferSslConnect(ctx) : SslBio.newSslConnect(ctx);
            Ssl ssl = sbio.find(SslBio.class).getSsl();
            sbio.find(ConnectBio.class).setConnHostname(":" + port); // an empty host is the loopback
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            StreamBio out = new StreamBio(null, page);
            assertEquals(1, sbio.find(SslBio.class).doHandshake());
            assertEquals("TLSv1.3", ssl.getVersion());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            assertEquals("localhost", ssl.getServername());

            sbio.puts("GET / HTTP/1.0\n\n");
            sbio.flush();
            byte[] tmpbuf = new byte[1024];
            int len;
            while ((len = sbio.read(tmpbuf, 0, tmpbuf.length)) > 0) {
                out.write(tmpbuf, 0, len);
            }
            assertEquals(0, len);
            assertTrue(ssl.receivedShutdown());
            sbio.closeAll();
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
        AcceptBio acpt = new AcceptBio("127.0.0.1:0");
        acpt.setAcceptBios(() -> new BufferBio().push(SslBio.newSsl(ctx, false)));
        assertEquals(1, acpt.doAccept());
        try (PeerProgram client = PeerProgram.start(
                "openssl",
                "s_client",
                "-quiet",
                "-connect",
                "127.0.0.1:" + acpt.getAcceptPort(),
                "-CAfile",
                pem.resolve("ca.pem").toString(),
                "-verify_return_error",
                "-verify_hostname",
                "localhost")) {
            client.feed("GET / HTTP/1.0\r\nX: y\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);
            assertEquals(1, acpt.doAccept());
            Bio sbio = acpt.pop(); // one connection is enough
            acpt.closeAll();
            assertNull(acpt.next());
            assertEquals(1, sbio.find(SslBio.class).doHandshake());

            sbio.puts("HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n\r\n");
            byte[] tmpbuf = new byte[1024];
            int len;
            do {
                len = sbio.gets(tmpbuf, 0, tmpbuf.length);
                assertTrue(len > 0);
                sbio.write(tmpbuf, 0, len);
            } while (tmpbuf[0] != '\r' && tmpbuf[0] != '\n');
            sbio.puts("end\r\n");
            assertEquals(1, sbio.flush());
            sbio.closeAll();
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
            assertEquals(
                    "HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n\r\nGET / HTTP/1.0\r\nX: y\r\n\r\nend\r\n",
                    new String(client.output(), StandardCharsets.US_ASCII));
        }
    }
}
