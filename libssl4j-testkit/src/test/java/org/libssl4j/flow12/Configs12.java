// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Verification;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.interop.Identity;

/** Configurations for tests of states: a server with a certificate of each kind, and a client that trusts both. */
final class Configs12 {
    static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);

    private Configs12() {}

    private static HandshakeConfig base(CipherSuite... suites) {
        return new HandshakeConfig(
                        new Versions(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_2),
                        CipherList.DEFAULT.withSuites12(
                                suites.length == 0 ? CipherList.DEFAULT.suites12() : List.of(suites)),
                        new GroupList(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                        new SignatureList(List.of(
                                SignatureScheme.ECDSA_SECP256R1_SHA256,
                                SignatureScheme.RSA_PSS_RSAE_SHA256,
                                SignatureScheme.RSA_PKCS1_SHA256)))
                .with(Verification.DEFAULT.with(
                        Verification.DEFAULT.anchors().plus(List.of(Identity.ECDSA.issuer(), Identity.RSA.issuer()))));
    }

    /** A client of TLS 1.2, with these suites or with the usual ones. */
    static HandshakeConfig client(CipherSuite... suites) {
        HandshakeConfig c = base(suites);
        return c.with(c.extensions().withServerName(Identity.HOST))
                .with(c.verification().withHosts(List.of(Identity.HOST)));
    }

    /** The same, which offers TLS 1.3 too. */
    static HandshakeConfig newer(HandshakeConfig c) {
        return c.with(new Versions(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_3));
    }

    /** What speaks TLS 1.2, in this older version: of each key exchange the suite with AES-128 in CBC and SHA-1, at level 0. */
    static HandshakeConfig at(ProtocolVersion v, HandshakeConfig c) {
        if (v == ProtocolVersion.TLS1_2) {
            return c;
        }
        List<CipherSuite> suites =
                c.ciphers().suites12().stream().map(Configs12::older).distinct().toList();
        return c.with(SecurityLevel.of(0))
                .with(new Versions(v, v))
                .with(c.ciphers().withSuites12(suites));
    }

    private static CipherSuite older(CipherSuite s) {
        return Arrays.stream(CipherSuite.values())
                .filter(o -> o.keyExchange() == s.keyExchange()
                        && o.cbc() == CbcAlgorithm.AES_128_CBC
                        && o.mac() == HashAlgorithm.SHA1)
                .findFirst()
                .orElseThrow();
    }

    /** A server of TLS 1.2, with these suites or with the usual ones. */
    static HandshakeConfig server(CipherSuite... suites) {
        return base(suites).with(credentials());
    }

    static Credentials credentials() {
        return new Credentials(List.of(credential("EC:secp256r1", Identity.ECDSA), credential("RSA", Identity.RSA)));
    }

    static Credentials.Credential credential(String kind, Identity i) {
        return new Credentials.Credential(kind, List.of(CRYPTO.certificate(der(i))), i.key());
    }

    static byte[] der(Identity i) {
        try {
            return i.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
