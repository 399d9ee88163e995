// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/** Our client of TLS 1.2 against the servers of each library: each suite that both have, with and without a certificate of ours. What was negotiated is asserted as the peer reports it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Client12Test {
    private static final String ALPN = "libssl4j/1";
    private static final int DATA = 40_000;

    /**
     * One connection.
     *
     * @param newer whether our client offers TLS 1.3 as well
     */
    record Row(Library library, CipherSuite suite, Identity.Kind ours, boolean asked, boolean newer) {
        Identity theirs() {
            return "EC".equals(suite.keyExchange().certificateKey()) ? Identity.ECDSA : Identity.RSA;
        }

        @Override
        public String toString() {
            return library + ", " + suite + (asked ? ", asks and gets " + ours : "")
                    + (newer ? ", TLS 1.3 offered" : "");
        }
    }

    static List<Row> suites() {
        List<Row> rows = new ArrayList<>();
        for (Library l : Library.values()) {
            for (CipherSuite s : Suites12.of(l)) {
                rows.add(new Row(l, s, null, false, rows.size() % 2 == 1));
            }
        }
        return rows;
    }

    static List<Row> clientAuthentication() {
        List<Row> rows = new ArrayList<>();
        for (Library l : Library.values()) {
            for (CipherSuite s : List.of(
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)) {
                rows.add(new Row(l, s, Identity.Kind.ECDSA, true, false));
                rows.add(new Row(l, s, Identity.Kind.RSA, true, true));
                rows.add(new Row(l, s, null, true, false));
            }
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"suites", "clientAuthentication"})
    void aServerServesOurClient(Row row) throws Exception {
        Identity own = row.ours() == null ? null : Identity.of(row.ours());
        Wish wish = Wish.server(row.theirs(), row.suite().name(), null, ALPN).of12();
        if (row.asked()) {
            wish = wish.asking((own == null ? Identity.ECDSA : own).issuer());
        }
        byte[] there = random(1);
        byte[] back = random(2);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(row.library().engine(wish), link.peer());
                Ssl ssl = new Ssl(context(row, own));
                OurEnd ours = link.ours(ssl, !row.newer())) {
            if (row.asked()) {
                peer.engine().setWantClientAuth(true);
            }
            CompletableFuture<List<Object>> report = Link.aside(() -> {
                peer.handshake();
                assertArrayEquals(there, peer.read(DATA));
                peer.write(back);
                peer.awaitCloseNotify();
                peer.sendCloseNotify();
                return List.of(
                        peer.engine().getSession().getProtocol(),
                        peer.engine().getSession().getCipherSuite(),
                        peer.engine().getApplicationProtocol(),
                        shown(peer));
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(there);
            assertArrayEquals(back, ours.read(DATA));
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();

            List<Certificate> seen = own == null ? List.of() : List.of(own.certificate());
            assertEquals(List.of("TLSv1.2", row.suite().name(), ALPN, seen), Link.result(report));
            assertEquals("TLSv1.2", ssl.getVersion());
            assertEquals(row.suite().opensslName(), ssl.getCipherName());
            assertEquals(ALPN, ssl.getAlpnSelected());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            assertEquals(row.theirs().certificate(), ssl.getPeerCertificate());
            assertTrue(ssl.receivedShutdown() && ssl.sentShutdown());
            List<WireView.Hello> hellos = peer.wire().serverHellos(true);
            assertEquals(List.of(new WireView.Hello(false, 0x0303, row.suite().code(), 0)), hellos);
        }
    }

    /** With a suite of CBC and without: each side computes the master secret and the records anew, so that data that come show that both took the same way. */
    static List<Row> ways() {
        List<Row> rows = new ArrayList<>();
        for (Library l : Library.values()) {
            rows.add(new Row(l, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, null, false, false));
            rows.add(new Row(l, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, null, false, true));
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void theExtensionsOfOldAreUsedWhereBothHaveThem(Row row) throws Exception {
        for (SslOption[] off : new SslOption[][] {
            {},
            {SslOption.NO_EXTENDED_MASTER_SECRET},
            {SslOption.NO_ENCRYPT_THEN_MAC},
            {SslOption.NO_EXTENDED_MASTER_SECRET, SslOption.NO_ENCRYPT_THEN_MAC, SslOption.NO_TICKET}
        }) {
            SslCtx ctx = context(row, null);
            ctx.setOptions(off);
            Wish wish =
                    Wish.server(row.theirs(), row.suite().name(), null, ALPN).of12();
            try (Link link = Link.open();
                    EnginePeer peer = new EnginePeer(row.library().engine(wish), link.peer());
                    Ssl ssl = new Ssl(ctx);
                    OurEnd ours = link.ours(ssl, true)) {
                byte[] there = random(3);
                CompletableFuture<String> report = Link.aside(() -> {
                    peer.handshake();
                    peer.write(peer.read(DATA));
                    return peer.engine().getSession().getProtocol();
                });
                ssl.setHostname(Identity.HOST);
                ours.handshake();
                ours.write(there);
                assertArrayEquals(there, ours.read(DATA));
                assertEquals("TLSv1.2", Link.result(report));
            }
        }
    }

    private static List<Certificate> shown(EnginePeer peer) {
        try {
            return List.of(peer.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static SslCtx context(Row row, Identity own) throws Exception {
        SslCtx c = OurEnd.client(row.theirs(), null, null, ALPN);
        c.setMinProtoVersion(ProtocolVersion.TLS1_2);
        c.setMaxProtoVersion(row.newer() ? ProtocolVersion.TLS1_3 : ProtocolVersion.TLS1_2);
        c.setCipherList(row.suite().opensslName());
        c.setSecurityLevel(row.suite().name().endsWith("_CCM_8") ? 0 : 2); // its tag is of 64 bits
        if (own != null) {
            c.useCertAndKey(own.chain(), own.key());
        }
        return c;
    }

    private static byte[] random(long seed) {
        byte[] b = new byte[DATA];
        new Random(seed).nextBytes(b);
        return b;
    }
}
