// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

/** An RSA key that cannot make a signature of a scheme is not chosen for it (RFC 8017 §9.1.1, RFC 4055 §3.1). */
class RsaKeySizeTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private static final byte[] INPUT = {1};

    private static Credentials rsa(String type, int bits, AlgorithmParameterSpec bound)
            throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance(type);
        g.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4, bound));
        PrivateKey key = g.generateKeyPair().getPrivate();
        return Credentials.NONE.plus(new Credentials.Credential(type, List.of(), key));
    }

    private static SignatureScheme chosen(Credentials credentials, SignatureScheme... schemes) {
        SignatureList list = new SignatureList(List.of(schemes));
        SignatureChoice c = SignatureChoice.of(credentials, list, list.codes());
        return c == null ? null : c.scheme();
    }

    @Test
    void aKeyTooSmallForOneHashSignsByTheNext() throws Exception {
        Credentials small = rsa("RSA", 1_024, null);
        assertEquals(
                SignatureScheme.RSA_PSS_RSAE_SHA384,
                chosen(small, SignatureScheme.RSA_PSS_RSAE_SHA512, SignatureScheme.RSA_PSS_RSAE_SHA384));
        assertNull(chosen(small, SignatureScheme.RSA_PSS_RSAE_SHA512));
    }

    @Test
    void aServerWhoseKeyIsTooSmallForAllHasNoSuitableAlgorithm() throws Exception {
        Credentials small = rsa("RSA", 1_024, null);
        SignatureList list = new SignatureList(List.of(SignatureScheme.RSA_PSS_RSAE_SHA512));
        TlsException e = assertThrows(TlsException.class, () -> SignatureChoice.forServer(small, list, list.codes()));
        assertEquals(AlertDescription.HANDSHAKE_FAILURE, e.alert());
        assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, e.reason());
    }

    /** The limit is exact: with it the JDK signs, with a bit less it does not. */
    @ParameterizedTest
    @CsvSource({"RSA_PSS_RSAE_SHA256, 522", "RSA_PSS_RSAE_SHA384, 778", "RSA_PSS_RSAE_SHA512, 1034"})
    void theLimitIsExact(SignatureScheme scheme, int bits) throws Exception {
        assertEquals(bits, scheme.leastModulusBits());
        Credentials enough = rsa("RSA", bits, null);
        assertEquals(scheme, chosen(enough, scheme));
        CRYPTO.sign(enough.all().get(0).key(), scheme, INPUT);
        Credentials less = rsa("RSA", bits - 1, null);
        assertNull(chosen(less, scheme));
        assertThrows(TlsException.class, () -> CRYPTO.sign(less.all().get(0).key(), scheme, INPUT));
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
        Credentials bound =
                rsa("RSASSA-PSS", 2_048, new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
        assertEquals(SignatureScheme.RSA_PSS_PSS_SHA384, chosen(bound, all));
        assertNull(chosen(bound, SignatureScheme.RSA_PSS_PSS_SHA256, SignatureScheme.RSA_PSS_PSS_SHA512));
        CRYPTO.sign(bound.all().get(0).key(), SignatureScheme.RSA_PSS_PSS_SHA384, INPUT);
        assertEquals(SignatureScheme.RSA_PSS_PSS_SHA256, chosen(rsa("RSASSA-PSS", 2_048, null), all));
    }

    /** A salt longer than the hash, or another hash inside MGF1, fits no scheme of TLS. */
    @Test
    void aKeyBoundToWhatTlsDoesNotUseSignsNothing() throws Exception {
        for (PSSParameterSpec p : List.of(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 33, 1),
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA384, 32, 1))) {
            assertNull(chosen(rsa("RSASSA-PSS", 2_048, p), SignatureScheme.RSA_PSS_PSS_SHA256));
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
