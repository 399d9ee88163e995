// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.CertCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslWant;
import org.libssl4j.TlsMethod;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.PeerProgram;

/** Client certificates during and after the handshake with {@code openssl s_client} and {@code s_server}. */
class OpensslAuthTest extends ProgramTest {
    private static final Identity ID = Identity.ECDSA;
    private static final byte[] LINE = "a line\n".getBytes(StandardCharsets.US_ASCII);

    private static SslCtx server(VerifyMode mode) throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKey(ID.chain(), ID.key());
        ctx.addTrusted(List.of(ID.issuer()));
        ctx.addClientCa(ID.issuer());
        ctx.setVerify(mode, null);
        return ctx;
    }

    private static SslCtx client() throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(ID.issuer()));
        ctx.setPostHandshakeAuth(true);
        return ctx;
    }

    private static String file(String name) {
        return pem(Identity.Kind.ECDSA, name);
    }

    private static String[] sClient(int port, String... more) {
        List<String> c = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-tls1_3"));
        c.addAll(List.of("-servername", Identity.HOST, "-CAfile", file("ca.pem"), "-verify_return_error"));
        c.addAll(List.of("-cert", file("cert.pem"), "-key", file("key.pem"), "-quiet"));
        c.addAll(List.of(more));
        return c.toArray(new String[0]);
    }

    private static List<String> sServer(int port, Path trace, String... more) {
        List<String> c = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-tls1_3"));
        c.addAll(List.of("-naccept", "1", "-cert", file("cert.pem"), "-key", file("key.pem")));
        c.addAll(List.of("-CAfile", file("ca.pem"), "-trace", "-msgfile", trace.toString()));
        c.addAll(List.of(more));
        return c;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sClientAuthenticatesItselfAfterTheHandshake(boolean blocking) throws Exception {
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(sClient(door.port(), "-enable_pha"));
                Ssl ssl = new Ssl(server(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE));
                OurEnd ours = door.accept(ssl, blocking)) {
            client.feed(LINE, false);
            ours.handshake();
            assertArrayEquals(LINE, ours.read(LINE.length));
            assertNull(ssl.getPeerCertificate());
            for (int i = 0; i < 2; i++) {
                assertEquals(1, ssl.verifyClientPostHandshake());
                ours.write(LINE); // the request goes before it
                client.awaitOutput((i + 1) * LINE.length, PATIENCE);
                client.feed(LINE, false);
                assertArrayEquals(LINE, ours.read(LINE.length));
                assertEquals(ID.certificate(), ssl.getPeerCertificate());
                assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            }
        }
    }

    @Test
    void sClientShowsItsCertificateDuringTheHandshake() throws Exception {
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(sClient(door.port()));
                Ssl ssl = new Ssl(server(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT));
                OurEnd ours = door.accept(ssl, true)) {
            client.feed(LINE, false);
            ours.handshake();
            assertArrayEquals(LINE, ours.read(LINE.length));
            assertEquals(ID.certificate(), ssl.getPeerCertificate());
        }
    }

    @Test
    void sServerLearnsOurCertificateAfterTheHandshake() throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        SslCtx ctx = client();
        int[] left = {3};
        ctx.setCertCb(ssl -> {
            if (left[0]-- > 0) {
                return CertCb.Answer.LATER;
            }
            ssl.useCertAndKey(ID.chain(), ID.key());
            return CertCb.Answer.OK;
        });
        try (Call call = Call.to(port -> sServer(port, trace));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = call.ours(ssl, false)) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(LINE);
            server.awaitLine("^a line$", PATIENCE);
            server.feed("c\n".getBytes(StandardCharsets.US_ASCII), false);
            assertEquals(-1, ours.tryRead(new byte[1]));
            assertEquals(SslWant.X509_LOOKUP, ssl.want());
            server.feed(LINE, false); // s_server takes what it reads at once for one command
            while (ssl.doHandshake() != 1) {
                assertEquals(SslWant.X509_LOOKUP, ssl.want());
            }
            assertArrayEquals(LINE, ours.read(LINE.length));
            ours.write("another line\n".getBytes(StandardCharsets.US_ASCII));
            server.awaitLine("^another line$", PATIENCE);
            ours.sendCloseNotify();
        }
        String seen = Files.readString(trace, StandardCharsets.ISO_8859_1);
        int request = seen.indexOf("CertificateRequest, Length");
        assertTrue(request > 0, seen);
        assertTrue(seen.indexOf("CertificateVerify, Length", request) > 0, seen);
    }

    @Test
    void theNamesThatSServerSendsAreSeen() throws Exception {
        Path trace = Files.createTempFile(directory, "trace", null);
        SslCtx ctx = client();
        ctx.useCertAndKey(ID.chain(), ID.key());
        ctx.add1ToCaList(ID.issuer());
        try (Call call = Call.to(port -> sServer(port, trace, "-Verify", "3", "-verify_return_error"));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = call.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(LINE);
            server.awaitLine("^a line$", PATIENCE);
            assertEquals(List.of(ID.issuer().getSubjectX500Principal()), ssl.get0PeerCaList());
            ours.sendCloseNotify();
        }
    }
}
