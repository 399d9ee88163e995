// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.Ssl;

/** The certificates of the other side, parsed to be shown. */
final class PeerCertificates {
    private PeerCertificates() {}

    /** As they came, the peer's own first; one that cannot be read is a note. */
    static List<X509Certificate> of(Ssl ssl, Terminal terminal) {
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] der : ssl.getPeerCertChainDer()) {
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                terminal.note("a certificate of the peer's cannot be read: " + Failure.text(e));
            }
        }
        return chain;
    }
}
