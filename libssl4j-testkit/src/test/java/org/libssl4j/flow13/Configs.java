// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.security.cert.CertificateEncodingException;
import java.util.List;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Verification;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyMode;

/** Configurations for tests of states: a server with a certificate, and a client that trusts it. */
final class Configs {
    static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);
    static final byte[] LEAF = leaf();

    private static byte[] leaf() {
        try {
            return Identity.ECDSA.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Configs() {}

    private static HandshakeConfig base() {
        return new HandshakeConfig(
                        new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3),
                        CipherList.DEFAULT,
                        new GroupList(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)),
                        new SignatureList(
                                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256)))
                .with(Verification.DEFAULT.with(Verification.DEFAULT.anchors().plus(List.of(Identity.ECDSA.issuer()))));
    }

    static HandshakeConfig client() {
        HandshakeConfig c = base();
        return c.with(c.extensions().withServerName(Identity.HOST))
                .with(c.verification().withHosts(List.of(Identity.HOST)));
    }

    static Credentials credentials() {
        return new Credentials(List.of(
                new Credentials.Credential("EC:secp256r1", List.of(CRYPTO.certificate(LEAF)), Identity.ECDSA.key())));
    }

    static HandshakeConfig server() {
        return base().with(credentials());
    }

    static HandshakeConfig serverThatAsks(VerifyMode mode) {
        HandshakeConfig c = server();
        return c.with(c.verification().with(mode));
    }
}
