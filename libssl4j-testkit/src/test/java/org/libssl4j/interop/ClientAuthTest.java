// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.CertCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslWant;
import org.libssl4j.TlsMethod;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.peer.EnginePeer;

/** Client certificates with each library on the class path, both ways: names of authorities, callbacks that answer later, chains of strangers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientAuthTest {
    private static final Identity OURS = Identity.ECDSA;
    private static final Identity STRANGER =
            Identity.make(Identity.Kind.ECDSA, "stranger", Instant.now().plus(Duration.ofDays(2)));
    private static final byte[] HELLO = {1, 2, 3};

    private static SslCtx server() throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKey(OURS.chain(), OURS.key());
        ctx.addTrusted(List.of(OURS.issuer()));
        ctx.setVerify(VerifyMode.PEER, null);
        return ctx;
    }

    private static SslCtx client(Identity own) throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        ctx.addTrusted(List.of(OURS.issuer()));
        if (own != null) {
            ctx.useCertAndKey(own.chain(), own.key());
        }
        return ctx;
    }

    private static SSLEngine peerClient(Library library, Identity own) {
        return library.engine(new Wish(false, own, OURS.issuer(), null, null, null));
    }

    private static SSLEngine peerServer(Library library) {
        SSLEngine e = library.engine(new Wish(true, OURS, OURS.issuer(), null, null, null));
        e.setNeedClientAuth(true);
        return e;
    }

    /** Serves a peer and returns the certificate that it has shown. */
    private static X509Certificate serve(SslCtx ctx, SSLEngine engine) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(engine, link.peer());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, false)) {
            CompletableFuture<byte[]> back = Link.aside(() -> {
                peer.handshake();
                peer.write(HELLO);
                return peer.read(HELLO.length);
            });
            ours.handshake();
            assertArrayEquals(HELLO, ours.read(HELLO.length));
            ours.write(HELLO);
            assertArrayEquals(HELLO, Link.result(back));
            return ssl.getPeerCertificate();
        }
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void aClientShowsItsCertificateToOurServer(Library library) throws Exception {
        SslCtx ctx = server();
        ctx.addClientCa(OURS.issuer());
        assertEquals(OURS.certificate(), serve(ctx, peerClient(library, OURS)));
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void aClientWithoutACertificateIsServed(Library library) throws Exception {
        assertNull(serve(server(), peerClient(library, null)));
    }

    /** These look for a certificate by the names. */
    @ParameterizedTest
    @EnumSource(
            value = Library.class,
            names = {"SUN_JSSE", "BOUNCY_CASTLE", "CONSCRYPT"})
    void aClientGoesByTheNamesThatOurServerSends(Library library) throws Exception {
        SslCtx ctx = server();
        ctx.setClientCaList(List.of(new X500Principal("CN=Somebody else"), new X500Principal("CN=A third")));
        assertNull(serve(ctx, peerClient(library, OURS)));
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void aClientOfAStrangersIsRefusedByOurServer(Library library) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(peerClient(library, STRANGER), link.peer());
                Ssl ssl = new Ssl(server());
                OurEnd ours = link.ours(ssl, false)) {
            CompletableFuture<byte[]> told = Link.aside(() -> {
                peer.handshake();
                return peer.read(1);
            });
            assertEquals(-1, ours.tryHandshake());
            assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, ((TlsException) ssl.failure()).reason());
            assertThrows(Exception.class, () -> Link.result(told));
        }
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void aServerIsShownOurCertificateThatACallbackGivesLater(Library library) throws Exception {
        int[] calls = {0};
        SslCtx ctx = client(null);
        ctx.setCertCb(ssl -> {
            if (calls[0]++ < 2) {
                return CertCb.Answer.LATER;
            }
            ssl.useCertAndKey(OURS.chain(), OURS.key());
            return CertCb.Answer.OK;
        });
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(peerServer(library), link.peer());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, false)) {
            CompletableFuture<X509Certificate> seen = Link.aside(() -> {
                peer.handshake();
                assertArrayEquals(HELLO, peer.read(HELLO.length));
                peer.write(HELLO);
                return (X509Certificate) peer.engine().getSession().getPeerCertificates()[0];
            });
            ssl.setHostname(Identity.HOST);
            while (ours.tryHandshake() != 1) {
                assertEquals(SslWant.X509_LOOKUP, ssl.want(), () -> "" + ssl.failure());
            }
            ours.write(HELLO);
            assertArrayEquals(HELLO, ours.read(HELLO.length));
            assertEquals(OURS.certificate(), Link.result(seen));
            assertEquals(3, calls[0]);
            assertTrue(ssl.get0PeerCaList().isEmpty()
                    || ssl.get0PeerCaList().contains(OURS.issuer().getSubjectX500Principal()));
        }
    }

    @Test
    void theNamesThatSunJsseSendsAreSeen() throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(peerServer(Library.SUN_JSSE), link.peer());
                Ssl ssl = new Ssl(client(OURS));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<byte[]> served = Link.aside(() -> {
                peer.handshake();
                return peer.read(HELLO.length);
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            assertEquals(List.of(OURS.issuer().getSubjectX500Principal()), ssl.get0PeerCaList());
            ours.write(HELLO);
            assertArrayEquals(HELLO, Link.result(served));
        }
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void ourClientIsRefusedWithAStrangersCertificate(Library library) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(peerServer(library), link.peer());
                Ssl ssl = new Ssl(client(STRANGER));
                OurEnd ours = link.ours(ssl, false)) {
            CompletableFuture<Boolean> refused = Link.aside(() -> {
                try {
                    peer.handshake();
                    peer.read(1);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake(); // the server judges later
            assertTrue(Link.result(refused));
        }
    }
}
