// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.libssl4j.SslCtx;
import org.libssl4j.crypto.pem.SelfSigned;

/** A key and a self-signed certificate for it, for a month: for trying things out. */
record TestCertificate(X509Certificate x509, PrivateKey key) {
    private static final Duration MONTH = Duration.ofDays(30);

    /** @param names host names or IP addresses */
    static TestCertificate make(String... names) throws Failure {
        try {
            Instant now = Instant.now();
            // A day for clocks that are slow.
            SelfSigned made = SelfSigned.make(List.of(names), now.minus(Duration.ofDays(1)), now.plus(MONTH));
            X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(made.certificate()));
            return new TestCertificate(x509, made.key());
        } catch (GeneralSecurityException e) {
            throw new Failure("no certificate can be made: " + Failure.text(e), e);
        }
    }

    /** Gives it to a server. */
    void use(SslCtx ctx) throws Failure {
        try {
            ctx.useCertAndKey(List.of(x509), key);
        } catch (GeneralSecurityException e) {
            throw new Failure("the certificate made cannot be used: " + Failure.text(e), e);
        }
    }
}
