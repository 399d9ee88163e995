// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;

class SecurityLevelTest {
    /** The highest level that allows it. */
    private static int highest(Predicate<SecurityLevel> allowed) {
        List<SecurityLevel> levels =
                Arrays.stream(SecurityLevel.values()).filter(allowed).toList();
        // What a level allows all below it allow.
        levels.forEach(l -> assertEquals(l.number(), levels.indexOf(l)));
        return levels.size() - 1;
    }

    private static RSAPublicKey rsa(int bits) {
        return new RSAPublicKey() {
            @Override
            public BigInteger getModulus() {
                return BigInteger.ONE.shiftLeft(bits - 1);
            }

            @Override
            public BigInteger getPublicExponent() {
                return BigInteger.valueOf(65537);
            }

            @Override
            public String getAlgorithm() {
                return "RSA";
            }

            @Override
            public String getFormat() {
                return null;
            }

            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
    }

    @Test
    void levelsHaveNumbers() {
        assertEquals(
                List.of(0, 80, 112, 128, 192, 256),
                Arrays.stream(SecurityLevel.values()).map(SecurityLevel::bits).toList());
        assertEquals(SecurityLevel.LEVEL_3, SecurityLevel.of(3));
        assertThrows(IllegalArgumentException.class, () -> SecurityLevel.of(6));
        assertThrows(IllegalArgumentException.class, () -> SecurityLevel.of(-1));
    }

    @Test
    void oldVersionsAreForLevelZero() {
        assertEquals(0, highest(l -> l.allows(ProtocolVersion.TLS1_0)));
        assertEquals(0, highest(l -> l.allows(ProtocolVersion.TLS1_1)));
        assertEquals(5, highest(l -> l.allows(ProtocolVersion.TLS1_2)));
    }

    // SSL_CTX_set_security_level(3) names 1024, 2048, 3072, 7680 and 15360 bits for the levels 1 to 5.
    @ParameterizedTest
    @CsvSource({
        "1023, 0",
        "1024, 1",
        "2047, 1",
        "2048, 2",
        "3071, 2",
        "3072, 3",
        "4096, 3",
        "7679, 3",
        "7680, 4",
        "8192, 4",
        "15359, 4",
        "15360, 5"
    })
    void rsaKeysByTheirLength(int bits, int level) {
        assertEquals(level, highest(l -> l.allowsKey(rsa(bits))), SecurityLevel.securityBits(rsa(bits)) + " bits");
    }

    @ParameterizedTest
    @CsvSource({"1023, -1", "1024, 1", "2047, 1", "2048, 2", "3071, 2", "3072, 3", "7680, 4", "15360, 5"})
    void finiteFieldsNeed1024BitsAlsoAtLevelZero(int bits, int level) {
        assertEquals(level, highest(l -> l.allowsDhBits(bits)));
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, 3", "secp384r1, 4", "secp521r1, 5"})
    void curvesByTheirOrder(String curve, int level) throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(new ECGenParameterSpec(curve));
        PublicKey key = g.generateKeyPair().getPublic();
        assertEquals(level, highest(l -> l.allowsKey(key)));
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, 3", "Ed448, 4"})
    void edwardsCurves(String algorithm, int level) throws Exception {
        PublicKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
        assertEquals(level, highest(l -> l.allowsKey(key)));
    }

    @Test
    void aKeyOfAnUnknownKindIsForLevelZero() throws Exception {
        PublicKey key = KeyPairGenerator.getInstance("DH").generateKeyPair().getPublic();
        assertEquals(0, highest(l -> l.allowsKey(key)));
    }

    @Test
    void groups() {
        assertEquals(2, highest(l -> l.allowsGroup(NamedGroup.FFDHE2048)));
        assertEquals(3, highest(l -> l.allowsGroup(NamedGroup.X25519)));
        assertEquals(3, highest(l -> l.allowsGroup(NamedGroup.FFDHE3072)));
        assertEquals(4, highest(l -> l.allowsGroup(NamedGroup.X25519MLKEM768)));
        assertEquals(4, highest(l -> l.allowsGroup(NamedGroup.X448)));
        assertEquals(5, highest(l -> l.allowsGroup(NamedGroup.SECP521R1)));
    }

    @Test
    void signatures() {
        assertEquals(0, highest(l -> l.allowsSignature(SignatureScheme.RSA_PKCS1_SHA1)));
        assertEquals(0, highest(l -> l.allowsSignature(SignatureScheme.ECDSA_SHA1)));
        assertEquals(3, highest(l -> l.allowsSignature(SignatureScheme.RSA_PSS_RSAE_SHA256)));
        assertEquals(3, highest(l -> l.allowsSignature(SignatureScheme.ED25519)));
        assertEquals(4, highest(l -> l.allowsSignature(SignatureScheme.ECDSA_SECP384R1_SHA384)));
        assertEquals(4, highest(l -> l.allowsSignature(SignatureScheme.ED448)));
        assertEquals(5, highest(l -> l.allowsSignature(SignatureScheme.RSA_PKCS1_SHA512)));
        assertEquals(5, highest(l -> l.allowsSignature(SignatureScheme.MLDSA87)));
    }

    @Test
    void digestsByName() {
        assertEquals(63, SecurityLevel.digestBits("SHA1"));
        assertEquals(112, SecurityLevel.digestBits("SHA-224"));
        assertEquals(128, SecurityLevel.digestBits("SHA3-256"));
        assertEquals(128, SecurityLevel.digestBits("SHA-512/256"));
        assertEquals(0, SecurityLevel.digestBits("MD5"));
        assertEquals(0, SecurityLevel.digestBits("MD2"));
    }

    @Test
    void suites() {
        assertEquals(2, highest(l -> l.allows(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)));
        assertEquals(3, highest(l -> l.allows(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)));
        assertEquals(3, highest(l -> l.allows(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA)));
        assertEquals(5, highest(l -> l.allows(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384)));
        assertEquals(3, highest(l -> l.allows(CipherSuite.TLS_AES_128_GCM_SHA256)));
        assertEquals(5, highest(l -> l.allows(CipherSuite.TLS_CHACHA20_POLY1305_SHA256)));
        // A tag of 64 bits: OpenSSL's TLS 1.3 suite, and since 3.2 those of TLS 1.2 too.
        assertEquals(0, highest(l -> l.allows(CipherSuite.TLS_AES_128_CCM_8_SHA256)));
        assertEquals(0, highest(l -> l.allows(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8)));
    }

    @Test
    void tickets() {
        assertTrue(SecurityLevel.LEVEL_2.allowsTickets());
        assertFalse(SecurityLevel.LEVEL_3.allowsTickets());
    }
}
