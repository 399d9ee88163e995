// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** Keying material as the peer exports it (RFC 9846 §7.5). Netty has no method for it; the BoringSSL beneath Conscrypt is the same. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExportersTest {
    private static final String LABEL = "EXPERIMENTAL libssl4j";
    /** Up to 65,535 bytes, TLS 1.2's limit, which peers keep in TLS 1.3 as well; the JDK takes no more than 255. */
    private static final List<byte[]> CONTEXTS =
            List.of(new byte[0], new byte[] {1, 2, 3}, new byte[255], new byte[60_000]);

    private static final int[] LENGTHS = {1, 32, 100, 8160};

    /** What is asked of a peer and of us, once they are connected. */
    private interface Check {
        void of(SSLEngine peer, Ssl ssl) throws Exception;
    }

    /**
     * A library that can export.
     *
     * @param longestContext bytes of a context that it takes
     */
    private record Peer(Library library, int longestContext, EngineExporter exporter) {
        @Override
        public String toString() {
            return library.toString();
        }
    }

    private interface EngineExporter {
        byte[] export(SSLEngine engine, byte[] context, int length) throws Exception;
    }

    /** Conscrypt, and the JDK from the version on that has an exporter (25): on an older one there is nothing to compare with. */
    private static List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        peers.add(new Peer(
                Library.CONSCRYPT,
                65_535,
                (engine, context, length) -> Conscrypt.exportKeyingMaterial(engine, LABEL, context, length)));
        for (Method m : ExtendedSSLSession.class.getMethods()) {
            if (m.getName().equals("exportKeyingMaterialData")) {
                peers.add(new Peer(Library.SUN_JSSE, 255, (engine, context, length) ->
                        (byte[]) m.invoke(engine.getSession(), LABEL, context, length)));
            }
        }
        return peers;
    }

    static Stream<Arguments> peersRolesAndSuites() {
        return peers().stream()
                .flatMap(p -> Cell.SUITES.stream()
                        .flatMap(s -> Stream.of(true, false).map(server -> Arguments.of(p, s, server))));
    }

    @ParameterizedTest(name = "{0}, {1}, peer is server: {2}")
    @MethodSource("peersRolesAndSuites")
    void whatThePeerExportsWeExport(Peer p, String suite, boolean peerIsServer) throws Exception {
        connected(p.library(), suite, peerIsServer, (engine, ssl) -> check(p, engine, ssl));
    }

    @Test
    void theJdkIsComparedWithFrom25On() {
        boolean compared = peers().stream().anyMatch(p -> p.library() == Library.SUN_JSSE);
        assertEquals(Runtime.version().feature() >= 25, compared);
    }

    /** Its provider for JSSE has no exporter; the client beneath has one, which it may ask as the handshake ends. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("suites")
    void whatBouncyCastleExportsWeExport(String suite) throws Exception {
        Identity identity = Identity.ECDSA;
        try (Link link = Link.open();
                Ssl ssl = new Ssl(OurEnd.server(identity, suite, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<List<byte[]>> exported = Link.aside(() -> {
                ExportingClient client = new ExportingClient();
                TlsClientProtocol p = new TlsClientProtocol(
                        link.peer().getInputStream(), link.peer().getOutputStream());
                p.connect(client);
                p.getOutputStream().write(1);
                return client.exported;
            });
            ours.handshake();
            ours.read(1);
            List<byte[]> theirs = Link.result(exported);
            int at = 0;
            for (byte[] context : CONTEXTS) {
                for (int length : LENGTHS) {
                    assertArrayEquals(theirs.get(at++), ssl.exportKeyingMaterial(length, LABEL, context));
                }
            }
            assertArrayEquals(theirs.get(at), ssl.exportKeyingMaterial(32, LABEL, null));
        }
    }

    static List<String> suites() {
        return Cell.SUITES;
    }

    /** Trusts anybody: who the server is, is not what is tested. */
    private static final class ExportingClient extends DefaultTlsClient {
        final List<byte[]> exported = new ArrayList<>();

        ExportingClient() {
            super(new JcaTlsCryptoProvider()
                    .setProvider(new BouncyCastleProvider())
                    .create(new SecureRandom()));
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv13.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {0x1301, 0x1302, 0x1303};
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new ServerOnlyTlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            for (byte[] c : CONTEXTS) {
                for (int length : LENGTHS) {
                    exported.add(context.exportKeyingMaterial(LABEL, c, length));
                }
            }
            exported.add(context.exportKeyingMaterial(LABEL, null, 32));
        }
    }

    private static void check(Peer peer, SSLEngine engine, Ssl ssl) throws Exception {
        EngineExporter theirs = peer.exporter();
        for (byte[] context : CONTEXTS) {
            if (context.length > peer.longestContext()) {
                continue;
            }
            for (int length : LENGTHS) {
                assertArrayEquals(
                        theirs.export(engine, context, length), ssl.exportKeyingMaterial(length, LABEL, context));
            }
        }
        assertArrayEquals(theirs.export(engine, null, 32), ssl.exportKeyingMaterial(32, LABEL, null));
    }

    private static void connected(Library library, String suite, boolean peerIsServer, Check check) throws Exception {
        Identity identity = Identity.ECDSA;
        Wish wish = peerIsServer
                ? Wish.server(identity, suite, null, null)
                : Wish.client(identity.issuer(), suite, null, null);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(library.engine(wish), link.peer());
                Ssl ssl = new Ssl(
                        peerIsServer
                                ? OurEnd.client(identity, suite, null, null)
                                : OurEnd.server(identity, suite, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<Integer> done = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[1]);
                return peer.read(1).length;
            });
            if (peerIsServer) {
                ssl.setHostname(Identity.HOST);
            }
            ours.handshake();
            ours.write(new byte[1]);
            ours.read(1);
            Link.result(done);
            check.of(peer.engine(), ssl);
        }
    }
}
