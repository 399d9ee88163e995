// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.bouncycastle.BouncyCastleSource;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.FfdheGroup;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/** Whatever one provider makes, the others take; and what one refuses, all refuse. Amazon's takes part where it is on the class path. */
class ProvidersTest {
    private static final byte[] INPUT = "what is signed".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEADER = {0x17, 3, 3, 0, 0};
    private static final Map<String, JcaCrypto> ALL = all();
    private static final Map<String, KeyPair> PAIRS = new HashMap<>();

    private static Map<String, JcaCrypto> all() {
        Map<String, JcaCrypto> all = new LinkedHashMap<>();
        all.put("JDK", JcaCrypto.of(CryptoPolicy.JDK_ONLY));
        all.put("BouncyCastle", JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new BouncyCastleSource())));
        for (String name : List.of(
                "org.conscrypt.OpenSSLProvider", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")) {
            try {
                Provider p = (Provider) Class.forName(name).getConstructor().newInstance();
                all.put(p.getName(), JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(p), List.of()));
            } catch (ReflectiveOperationException | LinkageError e) {
                // not on this class path, or not for this machine
            }
        }
        return all;
    }

    @Test
    void conscryptTakesPart() {
        assertTrue(
                ALL.get("Conscrypt").describe().matches("(?s).*x25519 +Conscrypt .*"),
                ALL.get("Conscrypt").describe());
    }

    @Test
    void noneOfThemRefusesAnything() {
        ALL.forEach((name, c) -> assertFalse(c.describe().contains("refused:"), c.describe()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sharesAreExchanged(String one, String other) throws TlsException {
        for (NamedGroup g : NamedGroup.values()) {
            if (!ALL.get(one).supports(g) || !ALL.get(other).supports(g)) {
                continue;
            }
            try (KeyExchange client = ALL.get(one).keyExchange(g).start()) {
                KeyExchange.Answer server = ALL.get(other).keyExchange(g).answer(client.share());
                assertEquals(server.secret(), client.finish(server.share()), g.ianaName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void badSharesAreIllegal(String name) throws TlsException {
        for (NamedGroup g :
                List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1, NamedGroup.SECP521R1)) {
            KeyExchange.Factory f = ALL.get(name).keyExchange(g);
            byte[] good = f.start().share();
            illegal(f, new byte[good.length]);
            illegal(f, new byte[0]);
            illegal(f, Arrays.copyOf(good, good.length - 1));
            illegal(f, Arrays.copyOf(good, good.length + 1));
            if (good.length > 32) {
                byte[] off = good.clone();
                off[good.length - 1] ^= 1;
                illegal(f, off);
                byte[] infinity = {0};
                illegal(f, infinity);
                byte[] compressed = good.clone();
                compressed[0] = 2;
                illegal(f, compressed);
            } else {
                byte[] one = new byte[32];
                one[0] = 1;
                illegal(f, one);
                byte[] minusOne = new byte[32];
                Arrays.fill(minusOne, (byte) 0xff);
                minusOne[0] = (byte) 0xec;
                minusOne[31] = 0x7f;
                illegal(f, minusOne);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void recordsAreOpened(String one, String other) {
        for (AeadAlgorithm a : AeadAlgorithm.values()) {
            if (!ALL.get(one).supports(a) || !ALL.get(other).supports(a)) {
                continue;
            }
            for (int length : new int[] {0, 1, 16, 1_000, 16_385}) {
                record(a, ALL.get(one), ALL.get(other), length);
            }
        }
    }

    private static void record(AeadAlgorithm a, JcaCrypto one, JcaCrypto other, int length) {
        int tag = a.tagLength();
        byte[] key = new byte[a.keyLength()];
        byte[] plaintext = new byte[length];
        one.random(key);
        one.random(plaintext);
        byte[] record = new byte[5 + length + tag];
        System.arraycopy(plaintext, 0, record, 5, length);
        byte[] opened = new byte[length];
        try (Aead seals = one.aead(a, Secret.of(key.clone()));
                Aead opens = other.aead(a, Secret.of(key.clone()))) {
            byte[] nonce = new byte[12];
            for (int i = 0; i < 3; i++) {
                nonce[11] = (byte) i;
                System.arraycopy(plaintext, 0, record, 5, length);
                assertEquals(length + tag, seals.seal(nonce, HEADER, 0, 5, record, 5, length, record, 5));
                record[5] ^= 1;
                assertEquals(-1, opens.open(nonce, HEADER, 0, 5, record, 5, length + tag, opened, 0));
                record[5] ^= 1;
                assertEquals(length, opens.open(nonce, HEADER, 0, 5, record, 5, length + tag, opened, 0));
                assertArrayEquals(plaintext, opened);
                assertEquals(
                        length,
                        opens.open(
                                nonce(i + 100),
                                HEADER,
                                0,
                                5,
                                sealedAgain(seals, i + 100, record, length),
                                5,
                                length + tag,
                                record,
                                5),
                        "in place");
            }
        }
    }

    private static byte[] nonce(int i) {
        byte[] nonce = new byte[12];
        nonce[11] = (byte) i;
        return nonce;
    }

    private static byte[] sealedAgain(Aead seals, int i, byte[] record, int length) {
        seals.seal(nonce(i), HEADER, 0, 5, record, 5, length, record, 5);
        return record;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void blocksAreDecrypted(String one, String other) {
        byte[] iv = nonce16();
        for (CbcAlgorithm a : CbcAlgorithm.values()) {
            try (Secret key = Secret.zeros(a.keyLength());
                    Cbc encrypts = ALL.get(one).cbc(a, key);
                    Cbc decrypts = ALL.get(other).cbc(a, key)) {
                for (int length = 0; length < 600; length += 16) {
                    byte[] b = new byte[length + 20];
                    encrypts.encrypt(iv, 0, b, 4, length);
                    decrypts.decrypt(iv, 0, b, 4, length);
                    assertArrayEquals(new byte[length + 20], b, a.name());
                }
            }
        }
    }

    private static byte[] nonce16() {
        byte[] iv = new byte[16];
        Arrays.fill(iv, (byte) 9);
        return iv;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void secretsAreAgreedOnInOtherGroups(String one, String other) throws TlsException {
        DhParameters group = FfdheGroup.FFDHE2048.parameters();
        try (KeyExchange server = ALL.get(one).diffieHellman(group).start()) {
            KeyExchange.Answer client = ALL.get(other).diffieHellman(group).answer(server.share());
            assertEquals(client.secret(), server.finish(client.share()));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void premasterSecretsAreDecrypted(String one, String other) throws Exception {
        KeyPair pair = pair(SignatureScheme.RSA_PKCS1_SHA256);
        byte[] bytes = new byte[48];
        bytes[0] = 3;
        bytes[1] = 3;
        try (Secret premaster = Secret.of(bytes)) {
            byte[] encrypted = ALL.get(one).encryptPremaster(pair.getPublic(), premaster);
            assertEquals(256, encrypted.length);
            assertEquals(premaster, ALL.get(other).decryptPremaster(pair.getPrivate(), encrypted, 0x0303));
            assertNotEquals(premaster, ALL.get(other).decryptPremaster(pair.getPrivate(), encrypted, 0x0301));
            encrypted[encrypted.length - 1] ^= 1;
            assertNotEquals(premaster, ALL.get(other).decryptPremaster(pair.getPrivate(), encrypted, 0x0303));
            byte[] tooLarge = new byte[256];
            Arrays.fill(tooLarge, (byte) 0xff);
            assertEquals(
                    48,
                    ALL.get(other)
                            .decryptPremaster(pair.getPrivate(), tooLarge, 0x0303)
                            .length());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void signaturesVerify(String one, String other) throws Exception {
        for (SignatureScheme s : SignatureScheme.values()) {
            if (!ALL.get(one).supports(s) || !ALL.get(other).supports(s)) {
                continue;
            }
            KeyPair pair = pair(s);
            byte[] signature = ALL.get(one).sign(pair.getPrivate(), s, INPUT);
            assertTrue(ALL.get(other).verify(pair.getPublic(), s, INPUT, signature), s.ianaName());
            signature[signature.length / 2] ^= 1;
            assertFalse(ALL.get(other).verify(pair.getPublic(), s, INPUT, signature), s.ianaName());
            signature[signature.length / 2] ^= 1;
            assertFalse(
                    ALL.get(other).verify(pair.getPublic(), s, INPUT, Arrays.copyOf(signature, signature.length + 1)),
                    s.ianaName() + ", longer");
            assertFalse(
                    ALL.get(other).verify(pair.getPublic(), s, INPUT, Arrays.copyOf(signature, signature.length - 1)),
                    s.ianaName() + ", shorter");
            assertFalse(ALL.get(other).verify(pair.getPublic(), s, INPUT, new byte[0]), s.ianaName() + ", none");
        }
    }

    /** With the key as the certificate gives it, which is of the provider's own kind. */
    @ParameterizedTest
    @MethodSource("names")
    void signaturesVerifyByTheKeyOfACertificate(String name) throws Exception {
        JcaCrypto c = ALL.get(name);
        for (SignatureScheme s : SignatureScheme.values()) {
            if (!c.supports(s)) {
                continue;
            }
            KeyPair pair = pair(s);
            EncodedCertificate certificate =
                    c.certificate(around(pair.getPublic().getEncoded()));
            assertEquals(s.keyType(), certificate.keyType());
            byte[] signature = c.sign(pair.getPrivate(), s, INPUT);
            assertTrue(c.verify(certificate.publicKey(), s, INPUT, signature), s.ianaName());
            signature[signature.length / 2] ^= 1;
            assertFalse(c.verify(certificate.publicKey(), s, INPUT, signature), s.ianaName());
        }
    }

    /** The frame of a certificate around a subjectPublicKeyInfo. */
    private static byte[] around(byte[] spki) {
        byte[] empty = element(0x30);
        byte[] algorithm = element(0x30, element(6, new byte[] {42, 3}));
        byte[] tbs = element(0x30, element(2, new byte[] {1}), algorithm, empty, empty, empty, spki);
        return element(0x30, tbs, algorithm, element(3, new byte[] {0}));
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            content.writeBytes(p);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) tag, (byte) 0x82, (byte) (content.size() >> 8), (byte) content.size()});
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static Stream<String> names() {
        return ALL.keySet().stream();
    }

    private static Stream<Arguments> pairs() {
        return names().flatMap(a -> names().map(b -> Arguments.of(a, b)));
    }

    private static void illegal(KeyExchange.Factory f, byte[] share) {
        for (TlsException e : List.of(
                assertThrows(TlsException.class, () -> f.answer(share)),
                assertThrows(TlsException.class, () -> f.start().finish(share)))) {
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
            assertEquals(Reason.BAD_ECPOINT, e.reason());
        }
    }

    private static synchronized KeyPair pair(SignatureScheme s) throws GeneralSecurityException {
        String kind = s.keyType() + s.curve();
        MlDsa mlDsa = MlDsa.of(s.keyType());
        if (mlDsa != null) {
            PAIRS.computeIfAbsent(kind, k -> MlDsaPair.of(mlDsa, 1));
        } else if (!PAIRS.containsKey(kind)) {
            KeyPairGenerator g = KeyPairGenerator.getInstance(s.keyType());
            if (s.keyType().equals("EC")) {
                g.initialize(new ECGenParameterSpec(
                        s.curve() == null ? "secp256r1" : s.curve().ianaName()));
            } else if (s.keyType().startsWith("RSA")) {
                g.initialize(2_048);
            }
            PAIRS.put(kind, g.generateKeyPair());
        }
        return PAIRS.get(kind);
    }
}
