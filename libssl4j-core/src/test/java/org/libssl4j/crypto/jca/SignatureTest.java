// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

class SignatureTest {
    private static final byte[] INPUT = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RSA_PKCS1_MD5_SHA1 = Base64.getMimeDecoder().decode("""
            AinVWrCae7j4fQe+pITHl+78g6Vv820r5hoP7YQ/MFb5CbxJG+Fh76XActWYPQ7Tmcr2ynfV8vn8
            0gF8wJj3LV0ID0m4JBO1AjPAbR+rBxM3v0bqzzOqwngtErckXpEevU73PNAoZOCzjlfqe611Mmvo
            PxBBIMHwobSG7esiIJkqj8YUV29RfzWNNGEOSdM+saqTHp8jwzDtkCAIk7z5QaPahvp81JJRaHML
            4iosGV32U6QRIZX+xYaeQ3uAhZBHNNedpOLeNXbn44jWbNJAfucqjiSFdZedEWaguJFp/x780Crj
            +yp0ldi9udYhYXk6Ezggyk+8WZWLBSGAZXlglg==
            """);
    private static final Map<String, KeyPair> PAIRS = new HashMap<>();

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    /** Those that this JDK has: ML-DSA came with 24. */
    static List<SignatureScheme> schemes() {
        return Stream.of(SignatureScheme.values())
                .filter(JcaCrypto.of(CryptoPolicy.JDK_ONLY)::supports)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void whatIsSignedVerifiesAndNothingElseDoes(SignatureScheme scheme) throws Exception {
        KeyPair pair = pair(scheme);
        byte[] signature = crypto.sign(pair.getPrivate(), scheme, INPUT);
        assertTrue(crypto.verify(pair.getPublic(), scheme, INPUT, signature));
        assertFalse(crypto.verify(pair.getPublic(), scheme, Arrays.copyOf(INPUT, INPUT.length + 1), signature));
        for (int i = 0; i < signature.length; i += 7) {
            byte[] other = signature.clone();
            other[i] ^= 1;
            assertFalse(crypto.verify(pair.getPublic(), scheme, INPUT, other), "byte " + i);
        }
        for (int length = 0; length < signature.length; length += 5) {
            assertFalse(
                    crypto.verify(pair.getPublic(), scheme, INPUT, Arrays.copyOf(signature, length)),
                    length + " bytes");
        }
        assertFalse(
                crypto.verify(pair.getPublic(), scheme, INPUT, Arrays.copyOf(signature, signature.length + 1)),
                "longer");
    }

    private static String base(SignatureScheme s) {
        return s.ianaName().replace("_legacy", "");
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aSignatureOfOneSchemeIsNoneOfAnother(SignatureScheme scheme) throws Exception {
        KeyPair pair = pair(scheme);
        byte[] signature = crypto.sign(pair.getPrivate(), scheme, INPUT);
        for (SignatureScheme other : schemes()) {
            // RFC 9963 gave PKCS#1 v1.5 a second number for each hash.
            if (!base(other).equals(base(scheme))) {
                assertFalse(crypto.verify(pair.getPublic(), other, INPUT, signature), other.ianaName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void aKeyOfAnotherKindDoesNotSign(SignatureScheme scheme) throws Exception {
        for (SignatureScheme other : schemes()) {
            if (kind(other).equals(kind(scheme))
                    || isRsa(other) && isRsa(scheme)
                    || other.keyType().equals("EC") && scheme.keyType().equals("EC")) {
                continue;
            }
            TlsException e = assertThrows(
                    TlsException.class, () -> crypto.sign(pair(other).getPrivate(), scheme, INPUT), other.ianaName());
            assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
        }
    }

    /** RFC 5246 §7.4.1.4.1: in TLS 1.2 a scheme of ECDSA names the hash; that it names the curve too is for the flow of TLS 1.3 to see. */
    @Test
    void ecdsaSignsOnAnyCurve() throws Exception {
        KeyPair p384 = pair(SignatureScheme.ECDSA_SECP384R1_SHA384);
        byte[] signature = crypto.sign(p384.getPrivate(), SignatureScheme.ECDSA_SECP256R1_SHA256, INPUT);
        assertTrue(crypto.verify(p384.getPublic(), SignatureScheme.ECDSA_SECP256R1_SHA256, INPUT, signature));
        assertFalse(crypto.verify(p384.getPublic(), SignatureScheme.ECDSA_SECP384R1_SHA384, INPUT, signature));
    }

    @Test
    void anRsaKeyTooSmallForTheHashIsAFaultAndNoCrash() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(1_024);
        KeyPair small = g.generateKeyPair();
        TlsException e = assertThrows(
                TlsException.class, () -> crypto.sign(small.getPrivate(), SignatureScheme.RSA_PSS_RSAE_SHA512, INPUT));
        assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
        assertFalse(crypto.verify(small.getPublic(), SignatureScheme.RSA_PSS_RSAE_SHA512, INPUT, new byte[128]));
        byte[] signature = crypto.sign(small.getPrivate(), SignatureScheme.RSA_PSS_RSAE_SHA256, INPUT);
        assertTrue(crypto.verify(small.getPublic(), SignatureScheme.RSA_PSS_RSAE_SHA256, INPUT, signature));
    }

    /** RFC 8032 §7.1, tests 1 to 3: Ed25519 always gives the same signature. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void answersOfRfc8032(String secret, String key, String message, String expected) throws Exception {
        KeyFactory f = KeyFactory.getInstance("Ed25519");
        PrivateKey own = f.generatePrivate(new PKCS8EncodedKeySpec(hex("302e020100300506032b657004220420" + secret)));
        PublicKey peer = f.generatePublic(new X509EncodedKeySpec(hex("302a300506032b6570032100" + key)));
        assertArrayEquals(hex(expected), crypto.sign(own, SignatureScheme.ED25519, hex(message)));
        assertTrue(crypto.verify(peer, SignatureScheme.ED25519, hex(message), hex(expected)));
    }

    /** Signatures that OpenSSL made. */
    @Test
    void foreignSignaturesVerify() throws Exception {
        PublicKey ec = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(KnownAnswers.P256_KEY));
        PublicKey rsa = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(KnownAnswers.RSA_KEY));
        assertTrue(crypto.verify(
                ec, SignatureScheme.ECDSA_SECP256R1_SHA256, KnownAnswers.MESSAGE, KnownAnswers.ECDSA_P256_SHA256));
        assertTrue(crypto.verify(
                rsa, SignatureScheme.RSA_PKCS1_SHA256, KnownAnswers.MESSAGE, KnownAnswers.RSA_PKCS1_SHA256));
        assertTrue(crypto.verify(
                rsa, SignatureScheme.RSA_PSS_RSAE_SHA256, KnownAnswers.MESSAGE, KnownAnswers.RSA_PSS_SHA256));
        assertTrue(crypto.verify(rsa, SignatureScheme.RSA_PKCS1_MD5_SHA1, KnownAnswers.MESSAGE, RSA_PKCS1_MD5_SHA1));
        PrivateKey own =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(KnownAnswers.RSA_PRIVATE_KEY));
        assertArrayEquals(
                RSA_PKCS1_MD5_SHA1,
                crypto.sign(own, SignatureScheme.RSA_PKCS1_MD5_SHA1, KnownAnswers.MESSAGE),
                "PKCS#1 v1.5 has one signature");
        PublicKey pss = KeyFactory.getInstance("RSASSA-PSS")
                .generatePublic(new X509EncodedKeySpec(KnownAnswers.RSASSA_PSS_KEY));
        assertTrue(crypto.verify(
                pss, SignatureScheme.RSA_PSS_PSS_SHA256, KnownAnswers.MESSAGE, KnownAnswers.RSA_PSS_SHA256));
        assertFalse(crypto.verify(
                pss, SignatureScheme.RSA_PSS_RSAE_SHA256, KnownAnswers.MESSAGE, KnownAnswers.RSA_PSS_SHA256));
    }

    @Test
    void theSaltIsAsLongAsTheHash() throws Exception {
        KeyPair pair = pair(SignatureScheme.RSA_PSS_RSAE_SHA256);
        java.security.Signature s = java.security.Signature.getInstance("RSASSA-PSS");
        s.setParameter(new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 20, 1));
        s.initSign(pair.getPrivate());
        s.update(INPUT);
        assertFalse(crypto.verify(pair.getPublic(), SignatureScheme.RSA_PSS_RSAE_SHA256, INPUT, s.sign()));
    }

    private static synchronized KeyPair pair(SignatureScheme scheme) throws GeneralSecurityException {
        KeyPair known = PAIRS.get(kind(scheme));
        if (known == null) {
            String type = scheme.keyType();
            KeyPairGenerator g = KeyPairGenerator.getInstance(type);
            if (type.equals("EC")) {
                g.initialize(new ECGenParameterSpec(
                        scheme.curve() == null ? "secp256r1" : scheme.curve().ianaName()));
            } else if (type.startsWith("RSA")) {
                g.initialize(2_048);
            }
            known = g.generateKeyPair();
            PAIRS.put(kind(scheme), known);
        }
        return known;
    }

    private static String kind(SignatureScheme s) {
        return s.keyType() + (s.curve() == null ? "" : s.curve());
    }

    private static boolean isRsa(SignatureScheme s) {
        return s.keyType().startsWith("RSA");
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
