// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/** Our server of TLS 1.2 against the clients of each library: each suite that both have, and each family of suites with the client's certificate. What was negotiated is asserted as the peer reports it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Server12Test {
    private static final String ALPN = "libssl4j/1";
    private static final int DATA = 40_000;

    /**
     * One connection.
     *
     * @param theirs the client's certificate; null for none
     * @param asked whether our server asks for it
     * @param newer whether our server speaks TLS 1.3 as well
     */
    record Row(Library library, CipherSuite suite, Identity.Kind theirs, boolean asked, boolean newer) {
        Identity ours() {
            return "EC".equals(suite.keyExchange().certificateKey()) ? Identity.ECDSA : Identity.RSA;
        }

        Identity client() {
            return theirs == null ? null : Identity.of(theirs);
        }

        @Override
        public String toString() {
            return library + ", " + suite
                    + (asked ? ", asked, shows " + (theirs == null ? "no certificate" : theirs) : "")
                    + (newer ? ", TLS 1.3 spoken" : "");
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
            for (CipherSuite s : leads(l)) {
                rows.add(new Row(l, s, Identity.Kind.ECDSA, true, rows.size() % 2 == 1));
                rows.add(new Row(l, s, Identity.Kind.RSA, true, rows.size() % 2 == 1));
                rows.add(new Row(l, s, null, true, rows.size() % 2 == 1));
            }
        }
        return rows;
    }

    /** One suite of each key exchange with each way of protecting records. */
    private static List<CipherSuite> leads(Library library) {
        return Suites12.of(library).stream()
                .filter(s -> s.aead() == AeadAlgorithm.AES_128_GCM
                        || s.aead() == AeadAlgorithm.CHACHA20_POLY1305
                        || s.name().endsWith("_AES_128_CBC_SHA"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"suites", "clientAuthentication"})
    void aClientIsServedByUs(Row row) throws Exception {
        byte[] there = random(1);
        byte[] back = random(2);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(row.library().engine(wish(row)), link.peer());
                Ssl ssl = new Ssl(context(row));
                OurEnd ours = link.ours(ssl, !row.newer())) {
            CompletableFuture<List<Object>> report = Link.aside(() -> {
                peer.handshake();
                peer.write(there);
                assertArrayEquals(back, peer.read(DATA));
                peer.awaitCloseNotify();
                peer.sendCloseNotify();
                return List.of(
                        peer.engine().getSession().getProtocol(),
                        peer.engine().getSession().getCipherSuite(),
                        peer.engine().getApplicationProtocol(),
                        peer.engine().getSession().getPeerCertificates()[0]);
            });
            ours.handshake();
            assertArrayEquals(there, ours.read(DATA));
            ours.write(back);
            assertEquals(0, ours.sendCloseNotify());
            ours.completeShutdown();

            X509Certificate shown = row.ours().certificate();
            assertEquals(List.of("TLSv1.2", row.suite().name(), ALPN, shown), Link.result(report));
            assertEquals("TLSv1.2", ssl.getVersion());
            assertEquals(row.suite().opensslName(), ssl.getCipherName());
            assertEquals(ALPN, ssl.getAlpnSelected());
            assertEquals(Identity.HOST, ssl.getServername());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            Identity client = row.client();
            assertEquals(client == null ? null : client.certificate(), ssl.getPeerCertificate());
            assertTrue(ssl.receivedShutdown() && ssl.sentShutdown());
            List<WireView.Hello> hellos = peer.wire().serverHellos(false);
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
            SslCtx ctx = context(row);
            ctx.setOptions(off);
            try (Link link = Link.open();
                    EnginePeer peer = new EnginePeer(row.library().engine(wish(row)), link.peer());
                    Ssl ssl = new Ssl(ctx);
                    OurEnd ours = link.ours(ssl, true)) {
                byte[] there = random(3);
                CompletableFuture<String> report = Link.aside(() -> {
                    peer.handshake();
                    peer.write(there);
                    assertArrayEquals(there, peer.read(DATA));
                    return peer.engine().getSession().getProtocol();
                });
                ours.handshake();
                ours.write(ours.read(DATA));
                assertEquals("TLSv1.2", Link.result(report));
            }
        }
    }

    private static Wish wish(Row row) {
        return new Wish(false, row.client(), row.ours().issuer(), row.suite().name(), null, ALPN, "TLSv1.2");
    }

    private static SslCtx context(Row row) {
        SslCtx c = OurEnd.server(row.ours(), null, null, ALPN);
        c.setMinProtoVersion(ProtocolVersion.TLS1_2);
        c.setMaxProtoVersion(row.newer() ? ProtocolVersion.TLS1_3 : ProtocolVersion.TLS1_2);
        c.setCipherList(row.suite().opensslName());
        c.setSecurityLevel(row.suite().name().endsWith("_CCM_8") ? 0 : 2); // its tag is of 64 bits
        c.setDhAuto(row.suite().keyExchange() == KeyExchangeAlgorithm.DHE_RSA);
        c.setTlsextServernameCallback((ssl, name) -> ServernameAnswer.OK);
        if (row.asked()) {
            X509Certificate authority = (row.theirs() == null ? Identity.ECDSA : row.client()).issuer();
            c.addTrusted(List.of(authority));
            c.addClientCa(authority);
            c.setVerify(VerifyMode.PEER, null);
        }
        return c;
    }

    private static byte[] random(long seed) {
        byte[] b = new byte[DATA];
        new Random(seed).nextBytes(b);
        return b;
    }
}
