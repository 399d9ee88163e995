// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;

/** What a handshake has agreed on, in the form in which the getters of {@link Ssl} give it: names, copies, null for what is not known. */
record SslInfo(Negotiated negotiated) {
    String version() {
        ProtocolVersion v = negotiated.version();
        return v == null ? null : v.text();
    }

    String cipherName() {
        CipherSuite s = negotiated.suite();
        return s == null ? null : s.name();
    }

    String group() {
        NamedGroup g = negotiated.group();
        return g == null ? null : g.ianaName();
    }

    String peerSignature() {
        return name(negotiated.peerSignature());
    }

    String ownSignature() {
        return name(negotiated.ownSignature());
    }

    private static String name(SignatureScheme s) {
        return s == null ? null : s.ianaName();
    }

    X509Certificate peerCertificate() {
        List<EncodedCertificate> chain = negotiated.peerChain();
        return chain.isEmpty() ? null : chain.get(0).x509();
    }

    List<byte[]> peerChainDer() {
        List<byte[]> ders = new ArrayList<>();
        negotiated.peerChain().forEach(c -> ders.add(c.der().clone()));
        return ders;
    }
}
