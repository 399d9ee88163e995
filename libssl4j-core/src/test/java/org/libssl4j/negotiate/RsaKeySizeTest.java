// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** An RSA key that cannot make a signature of a scheme is not chosen for it (RFC 8017 §9.1.1, RFC 4055 §3.1). */
class RsaKeySizeTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private static final byte[] INPUT = {1};

    private static Credential rsa(String type, int bits, AlgorithmParameterSpec bound) throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance(type);
        g.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4, bound));
        KeyPair pair = g.generateKeyPair();
        EncodedCertificate c = CRYPTO.certificate(around(pair.getPublic().getEncoded()));
        return new Credential(type, List.of(c), pair.getPrivate());
    }

    /** The frame of a certificate around a subjectPublicKeyInfo. */
    private static byte[] around(byte[] spki) {
        byte[] algorithm = new DerWriter()
                .oid("1.2.840.113549.1.1.11")
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] empty = new DerWriter().wrap(DerReader.SEQUENCE).toByteArray();
        byte[] tbs = new DerWriter()
                .integer(1)
                .raw(algorithm)
                .raw(empty)
                .raw(empty)
                .raw(empty)
                .raw(spki)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        return new DerWriter()
                .raw(tbs)
                .raw(algorithm)
                .bits(new byte[1])
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static SignatureChoice forServer(Credential c, SignatureScheme... schemes) throws TlsException {
        SignatureList list = new SignatureList(List.of(schemes));
        HandshakeConfig config = new HandshakeConfig(
                        new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3),
                        CipherList.DEFAULT,
                        new GroupList(List.of(NamedGroup.X25519)),
                        list)
                .with(Credentials.NONE.plus(c));
        return SignatureChoice.forServer(config, new PeerSignatures(list.codes(), list.codes()));
    }

    private static SignatureScheme chosen(Credential c, SignatureScheme... schemes) throws TlsException {
        return forServer(c, schemes).scheme();
    }

    private static void none(Credential c, SignatureScheme... schemes) {
        TlsException e = assertThrows(TlsException.class, () -> forServer(c, schemes));
        assertEquals(AlertDescription.HANDSHAKE_FAILURE, e.alert());
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, e.reason());
    }

    @Test
    void aKeyTooSmallForOneHashSignsByTheNext() throws Exception {
        Credential small = rsa("RSA", 1_024, null);
        assertEquals(
                SignatureScheme.RSA_PSS_RSAE_SHA384,
                chosen(small, SignatureScheme.RSA_PSS_RSAE_SHA512, SignatureScheme.RSA_PSS_RSAE_SHA384));
        none(small, SignatureScheme.RSA_PSS_RSAE_SHA512);
    }

    /** The limit is exact: with it the JDK signs, with a bit less it does not. */
    @ParameterizedTest
    @CsvSource({"RSA_PSS_RSAE_SHA256, 522", "RSA_PSS_RSAE_SHA384, 778", "RSA_PSS_RSAE_SHA512, 1034"})
    void theLimitIsExact(SignatureScheme scheme, int bits) throws Exception {
        assertEquals(bits, scheme.leastModulusBits());
        Credential enough = rsa("RSA", bits, null);
        assertEquals(scheme, chosen(enough, scheme));
        CRYPTO.sign(enough.key(), scheme, INPUT);
        Credential less = rsa("RSA", bits - 1, null);
        none(less, scheme);
        assertThrows(TlsException.class, () -> CRYPTO.sign(less.key(), scheme, INPUT));
    }

    @Test
    void schemesOtherThanPssHaveNoSuchLimit() {
        assertEquals(0, SignatureScheme.RSA_PKCS1_SHA512.leastModulusBits());
        assertEquals(0, SignatureScheme.ED25519.leastModulusBits());
        assertEquals(0, SignatureScheme.MLDSA65.leastModulusBits());
    }

    @Test
    void aKeyBoundToAHashSignsByThatAlone() throws Exception {
        SignatureScheme[] all = Stream.of(SignatureScheme.values())
                .filter(s -> s.keyType().equals("RSASSA-PSS"))
                .toArray(SignatureScheme[]::new);
        Credential bound =
                rsa("RSASSA-PSS", 2_048, new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        assertEquals(SignatureScheme.RSA_PSS_PSS_SHA384, chosen(bound, all));
        none(bound, SignatureScheme.RSA_PSS_PSS_SHA256, SignatureScheme.RSA_PSS_PSS_SHA512);
        CRYPTO.sign(bound.key(), SignatureScheme.RSA_PSS_PSS_SHA384, INPUT);
        assertEquals(SignatureScheme.RSA_PSS_PSS_SHA256, chosen(rsa("RSASSA-PSS", 2_048, null), all));
    }

    /** A salt longer than the hash, or another hash inside MGF1, fits no scheme of TLS. */
    @Test
    void aKeyBoundToWhatTlsDoesNotUseSignsNothing() throws Exception {
        for (PSSParameterSpec p : List.of(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 33, 1),
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA384, 32, 1))) {
            none(rsa("RSASSA-PSS", 2_048, p), SignatureScheme.RSA_PSS_PSS_SHA256);
        }
        assertEquals(
                SignatureScheme.RSA_PSS_PSS_SHA256,
                chosen(
                        rsa(
                                "RSASSA-PSS",
                                2_048,
                                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1)),
                        SignatureScheme.RSA_PSS_PSS_SHA256));
    }
}
