// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.AeadAlgorithm;

class AeadTest {
    private static final String GCM_PLAINTEXT =
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String GCM_HEADER = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    /** The submission of GCM to NIST (McGrew, Viega), test cases 4 and 16. */
    @ParameterizedTest
    @CsvSource({
        "AES_128_GCM, feffe9928665731c6d6a8f9467308308,"
                + "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47",
        "AES_256_GCM, feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,"
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    })
    void answersOfGcm(AeadAlgorithm algorithm, String key, String sealed) {
        check(algorithm, hex(key), hex("cafebabefacedbaddecaf888"), hex(GCM_HEADER), hex(GCM_PLAINTEXT), hex(sealed));
    }

    /** RFC 8439 §2.8.2. */
    @Test
    void answerOfChaCha20Poly1305() {
        byte[] plaintext =
                ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.")
                        .getBytes(StandardCharsets.US_ASCII);
        check(
                AeadAlgorithm.CHACHA20_POLY1305,
                hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
                hex("070000004041424344454647"),
                hex("50515253c0c1c2c3c4c5c6c7"),
                plaintext,
                hex(
                        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM", "CHACHA20_POLY1305"})
    void aChangeAnywhereIsFoundAndTheSameNonceMayBeTriedAgain(AeadAlgorithm algorithm) {
        byte[] nonce = new byte[12];
        byte[] header = {0x17, 3, 3, 0, 40};
        byte[] in = new byte[24];
        try (Secret key = Secret.zeros(algorithm.keyLength());
                Aead seals = crypto.aead(algorithm, key);
                Aead opens = crypto.aead(algorithm, key)) {
            byte[] record = new byte[40];
            assertEquals(40, seals.seal(nonce, header, 0, 5, in, 0, 24, record, 0));
            byte[] out = new byte[24];
            for (int i = 0; i < record.length; i++) {
                record[i] ^= 0x40;
                assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, 40, out, 0), "byte " + i);
                record[i] ^= 0x40;
            }
            header[4] ^= 1;
            assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, 40, out, 0), "header");
            header[4] ^= 1;
            assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, 39, out, 0), "cut short");
            assertEquals(24, opens.open(nonce, header, 0, 5, record, 0, 40, out, 0));
            assertArrayEquals(in, out);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM", "CHACHA20_POLY1305"})
    void lessThanATagIsNoRecord(AeadAlgorithm algorithm) {
        try (Aead opens = crypto.aead(algorithm, Secret.zeros(algorithm.keyLength()))) {
            for (int length = 0; length < 16; length++) {
                assertEquals(
                        -1, opens.open(new byte[12], new byte[5], 0, 5, new byte[length], 0, length, new byte[16], 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM", "CHACHA20_POLY1305"})
    void sealingInPlaceAndOutOfPlaceGiveTheSame(AeadAlgorithm algorithm) {
        Random r = new Random(7);
        for (int length : new int[] {0, 1, 15, 16, 17, 255, 256, 1_000, 16_385}) {
            byte[] plaintext = new byte[length];
            r.nextBytes(plaintext);
            byte[] key = new byte[algorithm.keyLength()];
            r.nextBytes(key);
            byte[] nonce = new byte[12];
            byte[] header = new byte[5];
            byte[] apart = new byte[length + 16];
            byte[] inPlace = new byte[5 + length + 16];
            System.arraycopy(plaintext, 0, inPlace, 5, length);
            try (Aead one = crypto.aead(algorithm, Secret.of(key.clone()));
                    Aead two = crypto.aead(algorithm, Secret.of(key.clone()));
                    Aead opens = crypto.aead(algorithm, Secret.of(key.clone()))) {
                assertEquals(length + 16, one.seal(nonce, header, 0, 5, plaintext, 0, length, apart, 0));
                assertEquals(length + 16, two.seal(nonce, header, 0, 5, inPlace, 5, length, inPlace, 5));
                assertArrayEquals(apart, Arrays.copyOfRange(inPlace, 5, inPlace.length));
                byte[] opened = new byte[length]; // room for the plaintext alone
                assertEquals(length, opens.open(nonce, header, 0, 5, inPlace, 5, length + 16, opened, 0));
                assertArrayEquals(plaintext, opened);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM", "CHACHA20_POLY1305"})
    void tooLittleRoomIsAFaultOfTheCaller(AeadAlgorithm algorithm) {
        try (Aead a = crypto.aead(algorithm, Secret.zeros(algorithm.keyLength()))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> a.seal(new byte[12], new byte[5], 0, 5, new byte[10], 0, 10, new byte[25], 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> a.open(new byte[12], new byte[5], 0, 5, new byte[26], 0, 26, new byte[9], 0));
        }
    }

    @Test
    void aKeyOfAnotherLengthIsAFaultOfTheCaller() {
        assertThrows(IllegalArgumentException.class, () -> crypto.aead(AeadAlgorithm.AES_128_GCM, Secret.zeros(32)));
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM", "CHACHA20_POLY1305"})
    void theKeyStaysTheCallersAndAClosedCipherIsDead(AeadAlgorithm algorithm) {
        Secret key = Secret.zeros(algorithm.keyLength());
        Aead a = crypto.aead(algorithm, key);
        key.close();
        byte[] record = new byte[16];
        assertEquals(16, a.seal(new byte[12], new byte[5], 0, 5, new byte[0], 0, 0, record, 0));
        a.close();
        a.close();
        assertThrows(
                RuntimeException.class, () -> a.seal(new byte[12], new byte[5], 0, 5, new byte[0], 0, 0, record, 0));
    }

    private void check(
            AeadAlgorithm algorithm, byte[] key, byte[] nonce, byte[] header, byte[] plaintext, byte[] sealed) {
        try (Secret k = Secret.of(key);
                Aead a = crypto.aead(algorithm, k)) {
            byte[] out = new byte[sealed.length];
            assertEquals(
                    sealed.length, a.seal(nonce, header, 0, header.length, plaintext, 0, plaintext.length, out, 0));
            assertArrayEquals(sealed, out);
            byte[] opened = new byte[plaintext.length];
            try (Aead b = crypto.aead(algorithm, k)) {
                assertEquals(plaintext.length, b.open(nonce, header, 0, header.length, out, 0, out.length, opened, 0));
            }
            assertArrayEquals(plaintext, opened);
        }
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
