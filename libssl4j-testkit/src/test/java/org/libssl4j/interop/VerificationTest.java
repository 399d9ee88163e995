// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.EnginePeer;

/** Our client turns away a server whose certificate will not do, says why by OpenSSL's code, and the server gets the alert that tells it so. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VerificationTest {
    private static final Identity EXPIRED =
            Identity.make(Identity.Kind.ECDSA, Identity.HOST, Instant.now().minus(Duration.ofDays(1)));
    private static final Identity OTHER_NAME = Identity.make(
            Identity.Kind.ECDSA, "other.libssl4j.test", Instant.now().plus(Duration.ofDays(1)));

    /** What is wrong. */
    enum Flaw {
        WRONG_HOST(OTHER_NAME, OTHER_NAME, VerifyResult.HOSTNAME_MISMATCH, "bad_certificate"),
        UNTRUSTED(Identity.ECDSA, OTHER_NAME, VerifyResult.UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "unknown_ca"),
        EXPIRED_CERTIFICATE(EXPIRED, EXPIRED, VerifyResult.CERT_HAS_EXPIRED, "certificate_expired");

        private final Identity server;
        private final Identity trusted;
        private final VerifyResult result;
        private final String alert;

        Flaw(Identity server, Identity trusted, VerifyResult result, String alert) {
            this.server = server;
            this.trusted = trusted;
            this.result = result;
            this.alert = alert;
        }
    }

    static List<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (Library l : Library.values()) {
            for (Flaw f : Flaw.values()) {
                all.add(Arguments.of(l, f, true));
                all.add(Arguments.of(l, f, false));
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} server, {1}, blocking: {2}")
    @MethodSource("cases")
    void aFlawedCertificateEndsTheHandshake(Library library, Flaw flaw, boolean blocking) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.server(flaw.server, null, "X25519", null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(flaw.trusted, null, "X25519", null));
                OurEnd ours = link.ours(ssl, blocking)) {
            CompletableFuture<IOException> refusal = Link.aside(() -> {
                try (peer) {
                    return assertThrows(IOException.class, () -> {
                        peer.handshake();
                        peer.read(1);
                    });
                }
            });
            ssl.setHostname(Identity.HOST);
            int r = ours.tryHandshake();
            assertEquals(-1, r, ours::toString);
            assertEquals(SslError.SSL, ssl.getError(r));
            assertEquals(flaw.result, ssl.getVerifyResult());
            assertEquals(
                    Reason.CERTIFICATE_VERIFY_FAILED,
                    assertInstanceOf(TlsException.class, ssl.failure()).reason());
            ours.awaitEnd();

            // Each library has a wording of its own around the alert's name.
            String told = Link.result(refusal).toString().toLowerCase(Locale.ROOT);
            assertTrue(told.contains(flaw.alert), () -> library + " said: " + told);
        }
    }
}
