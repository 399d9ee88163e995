// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.crypto.RawSignature;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.SignatureScheme;

class BcMlDsaTest {
    private static final byte[] INPUT = {1, 2, 3};

    /** Before the raw key of a subjectPublicKeyInfo (RFC 9881 §4), and before a private key's inner encoding. */
    private static final List<String> SPKI = List.of(
            "30820532300b06096086480165030403110382052100",
            "308207b2300b0609608648016503040312038207a100",
            "30820a32300b060960864801650304031303820a2100");

    /** SHA-256 of the public key that OpenSSL 3.5 makes of a seed of zeros. */
    @ParameterizedTest
    @CsvSource({
        "ML_DSA_44, 7de1bacd9f9f9a3688803d8b12af4e3536fe21768190db594b0d96c99383c548",
        "ML_DSA_65, 74a967da48075517e7e93c468a90724f4e96ce11ff30c3288c4b708583d711e0",
        "ML_DSA_87, aec8ffe33b0b73ede7acfd64d760272d3160f61f40cb80dbf023db6f06236cf3"
    })
    void theSeedGivesTheKeyThatOthersMakeOfIt(MlDsa p, String digest) throws Exception {
        byte[] spki = publicKey(p, new byte[32]).getEncoded();
        assertEquals(
                digest,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSignedVerifiesAndNothingElseDoes(MlDsa p) throws Exception {
        RawSignature s = new BouncyCastleSource().signature(p);
        byte[] seed = bytes(1, 32);
        MlDsaPublicKey key = publicKey(p, seed);
        byte[] signature = s.sign(MlDsaPrivateKey.ofSeed(p, seed), INPUT);
        assertEquals(p.signatureLength(), signature.length);
        assertTrue(s.verify(key, INPUT, signature));
        assertFalse(s.verify(key, new byte[] {1, 2, 3, 0}, signature));
        assertFalse(s.verify(publicKey(p, bytes(2, 32)), INPUT, signature));
        for (int i = 0; i < signature.length; i += 97) {
            signature[i] ^= 1;
            assertFalse(s.verify(key, INPUT, signature), "byte " + i);
            signature[i] ^= 1;
        }
        // Hints out of order, and z out of range.
        byte[] hints = signature.clone();
        Arrays.fill(hints, hints.length - 60, hints.length, (byte) 0xff);
        assertFalse(s.verify(key, INPUT, hints));
        assertFalse(s.verify(key, INPUT, new byte[p.signatureLength()]));
    }

    @ParameterizedTest
    @EnumSource
    void eachFormOfAPrivateKeySigns(MlDsa p) throws Exception {
        RawSignature s = new BouncyCastleSource().signature(p);
        byte[] seed = bytes(3, 32);
        MlDsaPublicKey key = publicKey(p, seed);
        byte[] expanded = own(p, seed).getEncoded();
        assertTrue(s.verify(key, INPUT, s.sign(MlDsaPrivateKey.of(pkcs8(p, null, expanded)), INPUT)));
        assertTrue(s.verify(key, INPUT, s.sign(MlDsaPrivateKey.of(pkcs8(p, seed, expanded)), INPUT)));
        MlDsaPrivateKey two = MlDsaPrivateKey.of(pkcs8(p, bytes(4, 32), expanded));
        assertThrows(InvalidKeyException.class, () -> s.sign(two, INPUT));
    }

    /** The JDK has ML-DSA from 24 on. */
    @ParameterizedTest
    @CsvSource({"ML_DSA_44, MLDSA44", "ML_DSA_65, MLDSA65", "ML_DSA_87, MLDSA87"})
    void theJdkAgreesWhereItCan(MlDsa p, SignatureScheme scheme) throws Exception {
        JcaCrypto jdk = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());
        assertEquals(Runtime.version().feature() >= 24, jdk.supports(scheme));
        if (!jdk.supports(scheme)) {
            return;
        }
        RawSignature s = new BouncyCastleSource().signature(p);
        MlDsaPrivateKey seed = MlDsaPrivateKey.ofSeed(p, bytes(5, 32));
        MlDsaPublicKey key = publicKey(p, seed.seed());
        assertTrue(s.verify(key, INPUT, jdk.sign(seed, scheme, INPUT)));
        assertTrue(jdk.verify(key, scheme, INPUT, s.sign(seed, INPUT)));
    }

    @Test
    void theSourceIsTakenWhereTheJdkHasNone() {
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new BouncyCastleSource()));
        for (SignatureScheme s : List.of(SignatureScheme.MLDSA44, SignatureScheme.MLDSA65, SignatureScheme.MLDSA87)) {
            assertTrue(c.supports(s), c.describe());
            assertEquals(Runtime.version().feature() >= 24, c.supportsInCertificates(s), s.ianaName());
        }
        assertFalse(c.describe().contains("refused"), c.describe());
    }

    private static MLDSAPrivateKeyParameters own(MlDsa p, byte[] seed) {
        MLDSAParameters parameters = switch (p) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
        };
        return new MLDSAPrivateKeyParameters(parameters, seed);
    }

    private static MlDsaPublicKey publicKey(MlDsa p, byte[] seed) throws InvalidKeyException {
        return MlDsaPublicKey.of(joined(
                HexFormat.of().parseHex(SPKI.get(p.ordinal())), own(p, seed).getPublicKey()));
    }

    /** In the form of RFC 9881 §6 with the expanded key, and perhaps the seed. */
    private static byte[] pkcs8(MlDsa p, byte[] seed, byte[] expanded) {
        byte[] inner = element(4, expanded);
        if (seed != null) {
            inner = element(0x30, joined(joined(new byte[] {4, 32}, seed), inner));
        }
        byte[] algorithm = HexFormat.of().parseHex("300b060960864801650304031" + (1 + p.ordinal()));
        return element(0x30, joined(joined(new byte[] {2, 1, 0}, algorithm), element(4, inner)));
    }

    private static byte[] element(int tag, byte[] content) {
        return joined(
                new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] bytes(long seed, int length) {
        byte[] b = new byte[length];
        new Random(seed).nextBytes(b);
        return b;
    }
}
