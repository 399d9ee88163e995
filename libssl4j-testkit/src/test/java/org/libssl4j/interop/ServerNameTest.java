// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.peer.EnginePeer;

/** A server of two names, each with a context of its own, and clients of other libraries that ask for one of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerNameTest {
    private static final String OTHER = "other.libssl4j.test";
    private static final Identity OTHERS =
            Identity.make(Identity.Kind.RSA, OTHER, Instant.now().plus(Duration.ofDays(2)));

    private static final Identity NOBODYS = Identity.make(
            Identity.Kind.ED25519, "front.libssl4j.test", Instant.now().plus(Duration.ofDays(2)));

    /** By which callback the server finds the context. */
    enum By {
        CLIENT_HELLO,
        SERVER_NAME
    }

    static List<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (Library l : Library.values()) {
            for (By by : By.values()) {
                all.add(Arguments.of(l, by, Identity.HOST));
                all.add(Arguments.of(l, by, OTHER));
            }
        }
        return all;
    }

    private record Told(Certificate certificate, String suite, String alpn) {}

    @ParameterizedTest(name = "{0} asks for {2}, found by {1}")
    @MethodSource("cases")
    void aClientGetsAllOfTheContextOfItsNameAndNothingOfTheFirst(Library library, By by, String name) throws Exception {
        Identity identity = name.equals(OTHER) ? OTHERS : Identity.ECDSA;
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(client(library, identity, name), link.peer());
                Ssl ssl = new Ssl(front(by));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<Told> told = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[] {1});
                peer.read(1);
                return new Told(
                        peer.engine().getSession().getPeerCertificates()[0],
                        peer.engine().getSession().getCipherSuite(),
                        peer.engine().getApplicationProtocol());
            });
            ours.handshake();
            ours.read(1);
            ours.write(new byte[] {1});
            assertEquals(new Told(identity.certificate(), "TLS_AES_128_GCM_SHA256", "of/" + name), Link.result(told));
            assertEquals(name, ssl.getServername());
            assertEquals("x25519", ssl.getNegotiatedGroup());
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClientIsToldThatItsNameIsNotKnown(Library library) throws Exception {
        SslCtx ctx = OurEnd.server(Identity.ECDSA, null, "X25519", null);
        ctx.setTlsextServernameCallback((s, name) -> ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME));
        refuses(library, ctx, "unrecognized_name", "unrecognized name");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClientIsToldThatItsClientHelloIsRefused(Library library) throws Exception {
        SslCtx ctx = OurEnd.server(Identity.ECDSA, null, "X25519", null);
        ctx.setClientHelloCb((s, hello) -> ClientHelloAnswer.error(AlertDescription.INSUFFICIENT_SECURITY));
        refuses(library, ctx, "insufficient_security", "insufficient security");
    }

    private static void refuses(Library library, SslCtx ctx, String... words) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        library.engine(Wish.client(Identity.ECDSA.issuer(), null, null, null)), link.peer());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<IOException> refusal = Link.aside(() -> assertThrows(IOException.class, peer::handshake));
            int r = ours.tryHandshake();
            assertEquals(SslError.SSL, ssl.getError(r));
            // Each library has a wording of its own around the alert's name.
            String said = Link.result(refusal).toString().toLowerCase(Locale.ROOT);
            assertTrue(Arrays.stream(words).anyMatch(said::contains), () -> library + " said: " + said);
        }
    }

    private static SSLEngine client(Library library, Identity server, String name) {
        SSLEngine e = library.engine(Wish.client(server.issuer(), null, null, "of/" + name));
        if (!name.equals(Identity.HOST)) {
            SSLParameters p = e.getSSLParameters();
            p.setServerNames(List.of(new SNIHostName(name)));
            p.setEndpointIdentificationAlgorithm(
                    null); // the engine has the other name; the test looks at the certificate
            e.setSSLParameters(p);
        }
        return e;
    }

    /** Of this context nothing may be left: with any of its settings the handshake would fail, or give something else. */
    private static SslCtx front(By by) {
        SslCtx front = OurEnd.server(NOBODYS, "TLS_CHACHA20_POLY1305_SHA256", "P-521", null);
        front.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        front.setAlpnSelectCb(offered -> null);
        if (by == By.CLIENT_HELLO) {
            front.setClientHelloCb((ssl, hello) -> {
                ssl.setSslCtx(context(name(hello)));
                return ClientHelloAnswer.SUCCESS;
            });
        } else {
            front.setTlsextServernameCallback((ssl, name) -> {
                ssl.setSslCtx(context(name));
                return ServernameAnswer.OK;
            });
        }
        return front;
    }

    private static SslCtx context(String name) {
        return OurEnd.server(
                name.equals(OTHER) ? OTHERS : Identity.ECDSA, "TLS_AES_128_GCM_SHA256", "X25519", "of/" + name);
    }

    /** RFC 6066 §3: two bytes of the list's length, one of the type, two of the name's length, the name. */
    private static String name(ReceivedClientHello hello) {
        byte[] e = hello.ext(0);
        return new String(e, 5, e.length - 5, StandardCharsets.US_ASCII);
    }
}
