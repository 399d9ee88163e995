// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.CipherSuite;

/** Suites with pre-shared keys against Bouncy Castle's TLS, which has all of them; what was negotiated is asserted as it reports it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BouncyCastlePskTest {
    private static final TlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());
    private static final byte[] IDENTITY = "Client_identity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HINT = "a hint".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = {0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f};
    private static final int DATA = 40_000;

    static List<CipherSuite> suites() {
        return Arrays.stream(CipherSuite.values())
                .filter(s -> s.keyExchange().preShared())
                .toList();
    }

    private static SslCtx context(TlsMethod method, CipherSuite suite) {
        SslCtx c = new SslCtx(method);
        c.setSecurityLevel(0);
        c.setMaxProtoVersion(org.libssl4j.iana.ProtocolVersion.TLS1_2);
        c.setDhAuto(true);
        c.setCipherList(suite.opensslName());
        return c;
    }

    /** What Bouncy Castle says of the connection that it had. */
    private record Report(int suite, byte[] identity, byte[] hint) {}

    @ParameterizedTest
    @MethodSource("suites")
    void aServerServesOurClient(CipherSuite suite) throws Exception {
        SslCtx ctx = context(TlsMethod.TLS_CLIENT, suite);
        ctx.setPskClientCallback((ssl, hint) ->
                Arrays.equals(HINT, hint) ? PskClientCb.Answer.of(IDENTITY, KEY) : PskClientCb.Answer.NONE);
        try (Link link = Link.open();
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<Report> report = Link.aside(() -> serve(link, suite));
            exchange(ours);
            Report r = Link.result(report);
            assertEquals(suite.code(), r.suite());
            assertArrayEquals(IDENTITY, r.identity());
            assertArrayEquals(HINT, ssl.getPskIdentityHint());
            assertArrayEquals(IDENTITY, ssl.getPskIdentity());
            assertNull(ssl.getPeerCertificate());
            assertEquals("TLSv1.2", ssl.getVersion());
        }
    }

    private static Report serve(Link link, CipherSuite suite) throws IOException {
        byte[][] seen = new byte[1][];
        TlsPSKIdentityManager keys = new TlsPSKIdentityManager() {
            @Override
            public byte[] getHint() {
                return HINT;
            }

            @Override
            public byte[] getPSK(byte[] identity) {
                seen[0] = identity;
                return KEY;
            }
        };
        int[] chosen = new int[1];
        PSKTlsServer server = new PSKTlsServer(CRYPTO, keys) {
            @Override
            protected ProtocolVersion[] getSupportedVersions() {
                return new ProtocolVersion[] {ProtocolVersion.TLSv12};
            }

            @Override
            protected int[] getSupportedCipherSuites() {
                return new int[] {suite.code()};
            }

            @Override
            public void notifyHandshakeComplete() throws IOException {
                super.notifyHandshakeComplete();
                chosen[0] = context.getSecurityParametersConnection().getCipherSuite();
            }
        };
        TlsServerProtocol p =
                new TlsServerProtocol(link.peer().getInputStream(), link.peer().getOutputStream());
        p.accept(server);
        echo(p);
        return new Report(chosen[0], seen[0], HINT);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aClientIsServedByUs(CipherSuite suite) throws Exception {
        SslCtx ctx = context(TlsMethod.TLS_SERVER, suite);
        ctx.usePskIdentityHint(new String(HINT, StandardCharsets.US_ASCII));
        ctx.setPskServerCallback((ssl, identity) ->
                Arrays.equals(IDENTITY, identity) ? PskServerCb.Answer.of(KEY) : PskServerCb.Answer.NONE);
        try (Link link = Link.open();
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<Report> report = Link.aside(() -> connect(link, suite));
            exchange(ours);
            Report r = Link.result(report);
            assertEquals(suite.code(), r.suite());
            assertArrayEquals(HINT, r.hint());
            assertArrayEquals(IDENTITY, ssl.getPskIdentity());
            assertEquals(suite, CipherSuite.named(ssl.getCipherName()));
        }
    }

    private static Report connect(Link link, CipherSuite suite) throws IOException {
        byte[][] hint = new byte[1][];
        BasicTlsPSKIdentity identity = new BasicTlsPSKIdentity(IDENTITY, KEY) {
            @Override
            public void notifyIdentityHint(byte[] h) {
                hint[0] = h;
            }
        };
        int[] chosen = new int[1];
        PSKTlsClient client = new PSKTlsClient(CRYPTO, identity) {
            @Override
            protected ProtocolVersion[] getSupportedVersions() {
                return new ProtocolVersion[] {ProtocolVersion.TLSv12};
            }

            @Override
            protected int[] getSupportedCipherSuites() {
                return new int[] {suite.code()};
            }

            @Override
            public void notifyHandshakeComplete() throws IOException {
                super.notifyHandshakeComplete();
                chosen[0] = context.getSecurityParametersConnection().getCipherSuite();
            }
        };
        TlsClientProtocol p =
                new TlsClientProtocol(link.peer().getInputStream(), link.peer().getOutputStream());
        p.connect(client);
        echo(p);
        return new Report(chosen[0], IDENTITY, hint[0]);
    }

    private static void echo(TlsProtocol p) throws IOException {
        byte[] b = p.getInputStream().readNBytes(DATA);
        p.getOutputStream().write(b);
        p.getOutputStream().flush();
        assertEquals(-1, p.getInputStream().read());
        p.close();
    }

    private static void exchange(OurEnd ours) throws Exception {
        byte[] data = new byte[DATA];
        new Random(5).nextBytes(data);
        ours.handshake();
        ours.write(data);
        assertArrayEquals(data, ours.read(DATA));
        ours.sendCloseNotify();
    }
}
