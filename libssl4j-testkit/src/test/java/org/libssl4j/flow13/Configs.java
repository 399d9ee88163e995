// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.config.Callbacks;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.ExtensionSettings;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Limits;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Verification;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.pki.TestCertificate;

/** Configurations for tests of states: a server for "a.example", and a client that trusts it. */
final class Configs {
    static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);
    static final TestCertificate CA =
            TestCertificate.builder().commonName("Test root").ca(1).ec("secp256r1").build();
    static final TestCertificate LEAF = TestCertificate.builder()
            .commonName("a.example")
            .dns("a.example")
            .issuedBy(CA)
            .ec("secp256r1")
            .build();

    private Configs() {}

    private static HandshakeConfig base() {
        return new HandshakeConfig(
                new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3),
                CipherList.DEFAULT,
                new GroupList(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                new SignatureList(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256)),
                Credentials.NONE,
                Verification.DEFAULT.with(Verification.DEFAULT.anchors().plus(List.of(CA.x509()))),
                ExtensionSettings.DEFAULT,
                Limits.DEFAULT,
                Callbacks.NONE,
                null);
    }

    static HandshakeConfig client() {
        HandshakeConfig c = base();
        return c.with(c.extensions().withServerName("a.example"))
                .with(c.verification().withHosts(List.of("a.example")));
    }

    static Credentials credentials() {
        return new Credentials(List.of(new Credentials.Credential(
                "EC:secp256r1", List.of(CRYPTO.certificate(LEAF.der())), LEAF.privateKey())));
    }

    static HandshakeConfig server() {
        return base().with(credentials());
    }

    static HandshakeConfig serverThatAsks(VerifyMode mode) {
        HandshakeConfig c = server();
        return c.with(c.verification().with(mode));
    }
}
