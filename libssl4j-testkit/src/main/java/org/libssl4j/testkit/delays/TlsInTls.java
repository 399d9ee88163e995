// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.SslBio;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BioPair;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.pki.TestCertificate;

/** A link that is a TLS connection itself. Its own bytes are random; those that go through it are not. */
final class TlsInTls {
    private static final SslCtx CLIENT = new SslCtx(TlsMethod.TLS_CLIENT);
    private static final SslCtx SERVER = new SslCtx(TlsMethod.TLS_SERVER);

    /** So that the connection below is held up as well. */
    private static final Delays BEHIND = Delays.none().bytesAtATime(61).roomAtATime(67);

    static {
        TestCertificate own = TestCertificate.builder().dns("outer").build();
        CLIENT.setVerify(VerifyMode.NONE, null);
        try {
            SERVER.useCertAndKey(List.of(own.x509()), own.privateKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TlsInTls() {}

    static Link open() {
        BioPair p = BioPair.of();
        return new JoinedLink(
                SslBio.newSsl(CLIENT, true).push(new DelayedBio(BEHIND, p.first())),
                SslBio.newSsl(SERVER, false).push(new DelayedBio(BEHIND, p.second())),
                false, // many calls of the one below may bring nothing for the one above
                TlsInTls::end);
    }

    private static boolean end(Bio from) throws IOException {
        SslBio tls = from.find(SslBio.class);
        return tls.doHandshake() > 0 && tls.getSsl().shutdown() >= 0; // less: there was no room for close_notify
    }
}
