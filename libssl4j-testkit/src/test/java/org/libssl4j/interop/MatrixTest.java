// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/**
 * Each suite, group and certificate against each library, in both roles, blocking and not. What was negotiated is asserted as the peer reports it; the peer's bytes of the wire bear witness of suite and group besides, for not every library tells the group.
 *
 * <p>Our end allows the one suite and group of the cell. The peer is restricted likewise where it lets itself be; {@link PeerLimitsTest} shows where it does not.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MatrixTest {
    private static final String ALPN = "libssl4j/1";
    private static final int DATA = 64 * 1024;

    /** What the peer says of the connection. */
    private record Report(
            String protocol, String suite, String group, String alpn, Certificate certificate, WireView wire) {
        static Report of(EnginePeer peer, Cell cell) throws IOException {
            return new Report(
                    peer.engine().getSession().getProtocol(),
                    peer.engine().getSession().getCipherSuite(),
                    cell.library().reportedGroup(peer.engine()),
                    peer.engine().getApplicationProtocol(),
                    cell.peerIsServer()
                            ? own(peer.engine().getSession().getLocalCertificates())
                            : peer.engine().getSession().getPeerCertificates()[0],
                    peer.wire());
        }

        private static Certificate own(Certificate[] chain) {
            return chain == null ? null : chain[0];
        }
    }

    static List<Cell> peerIsServer() {
        return Cell.all(true);
    }

    static List<Cell> peerIsClient() {
        return Cell.all(false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peerIsServer")
    void aServerServesOurClient(Cell cell) throws Exception {
        Identity identity = Identity.of(cell.certificate());
        byte[] there = random(1);
        byte[] back = random(2);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        cell.library().engine(Wish.server(identity, cell.suite(), cell.group(), ALPN)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(identity, cell.suite(), cell.group(), ALPN));
                OurEnd ours = link.ours(ssl, cell.blocking())) {
            CompletableFuture<Report> report = Link.aside(() -> {
                peer.handshake();
                assertArrayEquals(there, peer.read(DATA));
                peer.write(back);
                peer.awaitCloseNotify();
                peer.sendCloseNotify();
                return Report.of(peer, cell);
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(there);
            assertArrayEquals(back, ours.read(DATA));
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();

            check(cell, Link.result(report));
            check(cell, ssl);
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            assertEquals(identity.certificate(), ssl.getPeerCertificate());
            assertNotNull(ssl.getPeerSignatureName());
            assertTrue(cell.blocking() || ours.waits() > 0, "a non-blocking handshake has to wait for its peer");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peerIsClient")
    void aClientIsServedByUs(Cell cell) throws Exception {
        Identity identity = Identity.of(cell.certificate());
        byte[] there = random(3);
        byte[] back = random(4);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        cell.library().engine(Wish.client(identity.issuer(), cell.suite(), cell.group(), ALPN)),
                        link.peer());
                Ssl ssl = new Ssl(OurEnd.server(identity, cell.suite(), cell.group(), ALPN));
                OurEnd ours = link.ours(ssl, cell.blocking())) {
            CompletableFuture<Report> report = Link.aside(() -> {
                peer.handshake();
                peer.write(there);
                assertArrayEquals(back, peer.read(DATA));
                peer.sendCloseNotify();
                peer.awaitCloseNotify();
                return Report.of(peer, cell);
            });
            ours.handshake();
            assertArrayEquals(there, ours.read(DATA));
            ours.write(back);
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());

            check(cell, Link.result(report));
            check(cell, ssl);
            assertEquals(Identity.HOST, ssl.getServername());
        }
    }

    private static void check(Cell cell, Report report) {
        assertEquals("TLSv1.3", report.protocol());
        assertEquals(cell.suite(), report.suite());
        assertEquals(ALPN, report.alpn());
        if (!cell.peerIsServer() || cell.library().tellsOwnCertificate()) {
            assertEquals(Identity.of(cell.certificate()).certificate(), report.certificate());
        } else {
            assertNull(report.certificate(), "a library that does not tell its own certificate; now it does");
        }
        if (report.group() != null) {
            assertEquals(cell.group(), report.group());
        }
        List<WireView.Hello> hellos = report.wire().serverHellos(cell.peerIsServer());
        WireView.Hello last = hellos.get(hellos.size() - 1);
        assertEquals(new WireView.Hello(false, 0x0304, cell.suiteCode(), cell.groupCode()), last);
    }

    private static void check(Cell cell, Ssl ssl) {
        assertEquals("TLSv1.3", ssl.getVersion());
        assertEquals(cell.suite(), ssl.getCipherName());
        assertEquals("P-256".equals(cell.group()) ? "secp256r1" : "x25519", ssl.getNegotiatedGroup());
        assertEquals(ALPN, ssl.getAlpnSelected());
        assertTrue(ssl.receivedShutdown() && ssl.sentShutdown());
    }

    private static byte[] random(long seed) {
        byte[] b = new byte[DATA];
        new Random(seed).nextBytes(b);
        return b;
    }
}
