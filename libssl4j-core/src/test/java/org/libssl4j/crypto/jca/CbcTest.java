// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CbcAlgorithm;

class CbcTest {
    private static final String PLAINTEXT = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    /** NIST SP 800-38A, F.2.1 and F.2.5, with the IV apart and within the array, right before the blocks, as a record has it. */
    @ParameterizedTest
    @CsvSource({
        "AES_128_CBC, 2b7e151628aed2a6abf7158809cf4f3c, 7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        "AES_256_CBC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"
    })
    void answersOfNist(CbcAlgorithm algorithm, String key, String expected) {
        assertTrue(crypto.supports(algorithm));
        byte[] record = hex("aabb" + "000102030405060708090a0b0c0d0e0f" + PLAINTEXT + "cc");
        byte[] iv = Arrays.copyOfRange(record, 2, 18);
        Secret k = Secret.of(hex(key));
        try (Cbc cbc = crypto.cbc(algorithm, k)) {
            k.close(); // which was read at once
            for (int i = 0; i < 3; i++) {
                cbc.encrypt(iv, 0, record, 18, 64);
                assertArrayEquals(hex("aabb000102030405060708090a0b0c0d0e0f" + expected + "cc"), record);
                cbc.decrypt(record, 2, record, 18, 64);
                assertArrayEquals(hex("aabb000102030405060708090a0b0c0d0e0f" + PLAINTEXT + "cc"), record);
            }
            cbc.encrypt(iv, 0, record, 18, 0);
            assertArrayEquals(hex("aabb000102030405060708090a0b0c0d0e0f" + PLAINTEXT + "cc"), record);
        }
    }

    /** As one stream, a block at a time, each under the last of the ciphertext: what TLS 1.0 does. */
    @Test
    void theLastBlockIsTheNextIv() {
        byte[] whole = new byte[160];
        byte[] parts = new byte[160];
        byte[] iv = new byte[16];
        try (Secret k = Secret.zeros(16);
                Cbc cbc = crypto.cbc(CbcAlgorithm.AES_128_CBC, k)) {
            cbc.encrypt(iv, 0, whole, 0, 160);
            cbc.encrypt(iv, 0, parts, 0, 16);
            for (int i = 16; i < 160; i += 16) {
                cbc.encrypt(parts, i - 16, parts, i, 16);
            }
            assertArrayEquals(whole, parts);
        }
    }

    @Test
    void onlyWholeBlocks() {
        try (Secret k = Secret.zeros(16);
                Cbc cbc = crypto.cbc(CbcAlgorithm.AES_128_CBC, k)) {
            byte[] b = new byte[40];
            assertThrows(IllegalArgumentException.class, () -> cbc.encrypt(b, 0, b, 0, 17));
            assertThrows(IllegalArgumentException.class, () -> cbc.decrypt(b, 0, b, 0, 31));
            assertArrayEquals(new byte[40], b);
        }
    }

    @Test
    void aKeyHasItsLength() {
        assertThrows(IllegalArgumentException.class, () -> crypto.cbc(CbcAlgorithm.AES_256_CBC, Secret.zeros(16)));
    }

    @Test
    void aClosedCipherIsOver() {
        Cbc cbc = crypto.cbc(CbcAlgorithm.AES_128_CBC, Secret.zeros(16));
        cbc.close();
        cbc.close();
        byte[] b = new byte[32];
        assertThrows(IllegalStateException.class, () -> cbc.encrypt(b, 0, b, 16, 16));
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
