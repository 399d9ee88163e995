// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslMode;
import org.libssl4j.SslOption;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.config.CipherList;
import org.libssl4j.crypto.pem.PemWriter;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.Library;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.message.ClientHello;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.peer.WireView;

/** SSL_CTX_new(3): what a new context is, and does. */
class SslCtxNewManualTest {
    private static final String HYBRID = "X25519MLKEM768"; // not the JDK's, but Bouncy Castle's

    @Test
    void connectionsTakeTheContextsConfigurationOver() {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256");
        ctx.set1GroupsList("P-256");
        ctx.setAlpnProtos("h2");
        ctx.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        for (int i = 0; i < 2; i++) {
            MemoryPair p = pair(ctx, MemoryPair.serverCtx());
            p.server.setAlpnSelectCb(offered -> offered.get(0));
            p.connected();
            assertEquals("TLS_CHACHA20_POLY1305_SHA256", p.client.getCipherName());
            assertEquals("secp256r1", p.client.getNegotiatedGroup());
            assertEquals("h2", p.client.getAlpnSelected());
            assertTrue(p.client.getMode().contains(SslMode.ENABLE_PARTIAL_WRITE));
        }
    }

    @Test
    void theMethodSaysWhichRolesConnectionsMayHave() {
        Ssl client = new Ssl(new SslCtx(TlsMethod.TLS_CLIENT));
        client.setBio(new MemoryBio(), new MemoryBio());
        assertEquals(Reason.CONNECTION_TYPE_NOT_SET, reason(client, client.accept()));
        Ssl server = new Ssl(new SslCtx(TlsMethod.TLS_SERVER));
        server.setBio(new MemoryBio(), new MemoryBio());
        assertEquals(Reason.CONNECTION_TYPE_NOT_SET, reason(server, server.connect()));

        SslCtx either = new SslCtx(TlsMethod.TLS);
        try {
            either.useCertAndKey(MemoryPair.IDENTITY.chain(), MemoryPair.IDENTITY.key());
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        either.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        pair(either, either).connected();
    }

    @Test
    void aPolicySaysWhereTheCryptoComesFrom() {
        String ccm = "TLS_AES_128_CCM_SHA256"; // Bouncy Castle has it, no JDK does
        new SslCtx(TlsMethod.TLS, "default").setCiphersuites(ccm);
        SslCtx jdkOnly = new SslCtx(TlsMethod.TLS, "jdk-only");
        assertThrows(IllegalArgumentException.class, () -> jdkOnly.setCiphersuites(ccm));
    }

    @Test
    void withoutAPolicyItIsTheDefaultOne() throws Exception {
        new SslCtx(TlsMethod.TLS).set1GroupsList(HYBRID);
        ClientHello without = hello(new SslCtx(TlsMethod.TLS_CLIENT));
        ClientHello with = hello(new SslCtx(TlsMethod.TLS_CLIENT, "default"));
        assertArrayEquals(with.cipherSuites(), without.cipherSuites());
    }

    @Test
    void whatCannotBeMadeIsAnException() {
        assertThrows(IllegalArgumentException.class, () -> new SslCtx(TlsMethod.TLS, "none such"));
        assertThrows(NullPointerException.class, () -> new SslCtx(null));
    }

    @Test
    void aNewContextHasTheDefaults() throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        assertEquals(
                EnumSet.of(SslOption.ENABLE_MIDDLEBOX_COMPAT, SslOption.NO_COMPRESSION, SslOption.NO_RENEGOTIATION),
                ctx.getOptions());
        assertEquals(EnumSet.of(SslMode.AUTO_RETRY), ctx.getMode());
        List<CipherSuite> suites = Stream.concat(
                        CipherList.DEFAULT.suites13().stream(), CipherList.DEFAULT.suites12().stream())
                .filter(x -> !x.keyExchange().preShared())
                .toList();
        assertArrayEquals(
                suites.stream().mapToInt(CipherSuite::code).toArray(),
                Arrays.stream(hello(ctx).cipherSuites())
                        .filter(c -> CipherSuite.of(c) != null)
                        .toArray());
        // Neither certificate nor anchor is there.
        MemoryPair p = pair(MemoryPair.clientCtx(), ctx).handshake();
        assertEquals(Reason.NO_CERTIFICATE_SET, reason(p.server, -1));
        MemoryPair q = pair(ctx, MemoryPair.serverCtx()).handshake();
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, reason(q.client, -1));
    }

    @Test
    void aServerAsksForACertificateOnlyIfItIsToldTo() throws Exception {
        SslCtx clientCtx = MemoryPair.clientCtx();
        clientCtx.useCertAndKey(MemoryPair.IDENTITY.chain(), MemoryPair.IDENTITY.key());
        MemoryPair p = pair(clientCtx, MemoryPair.serverCtx()).connected();
        assertNull(p.server.getPeerCertificate());

        SslCtx asking = MemoryPair.serverCtx();
        asking.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        asking.setVerify(VerifyMode.PEER, null);
        MemoryPair q = pair(clientCtx, asking).connected();
        q.server.read(new byte[1], 0, 1);
        assertEquals(MemoryPair.IDENTITY.certificate(), q.server.getPeerCertificate());
    }

    @Test
    void whomToTrustMayComeFromAFile(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(
                dir.resolve("ca.pem"),
                PemWriter.certificate(MemoryPair.IDENTITY.issuer().getEncoded()));
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.loadVerifyFile(file);
        pair(ctx, MemoryPair.serverCtx()).connected();
    }

    @Test
    void theHighestVersionThatBothHaveIsTaken() throws Exception {
        MemoryBio answer = new MemoryBio();
        Ssl server = answered(answer, "TLSv1.3", "TLSv1.2", "TLSv1.1");
        assertEquals(-1, server.accept());
        List<WireView.Hello> hellos = new WireView(answer.data(), new byte[0]).serverHellos(true);
        assertEquals(
                List.of(0x0304), hellos.stream().map(WireView.Hello::version).toList());
    }

    @Test
    void withoutAVersionThatBothHaveThereIsNoConnection() throws Exception {
        Ssl server = answered(new MemoryBio(), "TLSv1.2");
        server.setMinProtoVersion(ProtocolVersion.TLS1_3);
        assertEquals(Reason.UNSUPPORTED_PROTOCOL, reason(server, server.accept()));
    }

    /** A server of ours that has got a ClientHello of SunJSSE's with these versions. */
    private static Ssl answered(MemoryBio answer, String... versions) throws IOException {
        SSLEngine sun = Library.SUN_JSSE.engine(Wish.client(MemoryPair.IDENTITY.issuer(), null, null, null));
        sun.setEnabledProtocols(versions);
        ByteBuffer hello = ByteBuffer.allocate(sun.getSession().getPacketBufferSize());
        sun.beginHandshake();
        sun.wrap(ByteBuffer.allocate(0), hello);
        MemoryBio in = new MemoryBio();
        in.write(hello.array(), 0, hello.position());
        Ssl server = new Ssl(MemoryPair.serverCtx());
        server.setBio(in, answer);
        return server;
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void threadsMayChangeAContextWhileOthersUseIt() throws Exception {
        SslCtx ctx = MemoryPair.clientCtx();
        List<Callable<Void>> all = new ArrayList<>();
        Set<SslOption> options = EnumSet.complementOf(EnumSet.of(
                SslOption.NO_TLSV1_2, SslOption.NO_TLSV1_3)); // without a version there is no handshake to be looked at
        for (SslOption o : options) {
            all.add(() -> {
                for (int i = 0; i < 5_000; i++) {
                    ctx.clearOptions(o);
                    assertTrue(ctx.setOptions(o).contains(o), "nobody else clears it");
                }
                return null;
            });
        }
        all.add(() -> {
            for (int i = 0; i < 20; i++) {
                pair(ctx, MemoryPair.serverCtx()).connected();
            }
            return null;
        });
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            for (Future<Void> f : threads.invokeAll(all)) {
                f.get(50, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(options, ctx.getOptions());
    }

    private static Reason reason(Ssl ssl, int ret) {
        assertEquals(-1, ret);
        return assertInstanceOf(TlsException.class, ssl.failure()).reason();
    }

    private static ClientHello hello(SslCtx ctx) throws Exception {
        Ssl client = new Ssl(ctx);
        client.setHostname(Identity.HOST);
        client.setBio(new MemoryBio(), new MemoryBio());
        Hellos hellos = new Hellos(client);
        assertEquals(-1, client.connect());
        return hellos.first();
    }

    private static MemoryPair pair(SslCtx clientCtx, SslCtx serverCtx) {
        return new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio());
    }
}
