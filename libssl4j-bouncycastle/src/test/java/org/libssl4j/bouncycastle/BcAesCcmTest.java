// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.AeadAlgorithm;

class BcAesCcmTest {
    private static final JcaCrypto CRYPTO =
            JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new BouncyCastleSource()));

    /** NIST SP 800-38C, example 3: a nonce of 12 bytes and a tag of 8. */
    @Test
    void anAnswerOfTheStandard() {
        byte[] header = hex("000102030405060708090a0b0c0d0e0f10111213");
        byte[] nonce = hex("101112131415161718191a1b");
        byte[] plaintext = hex("202122232425262728292a2b2c2d2e2f3031323334353637");
        byte[] sealed = hex("e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951");
        try (Secret key = Secret.of(hex("404142434445464748494a4b4c4d4e4f"));
                Aead aead = CRYPTO.aead(AeadAlgorithm.AES_128_CCM_8, key)) {
            byte[] out = new byte[sealed.length];
            assertEquals(
                    sealed.length, aead.seal(nonce, header, 0, header.length, plaintext, 0, plaintext.length, out, 0));
            assertArrayEquals(sealed, out);
            byte[] opened = new byte[plaintext.length];
            assertEquals(
                    plaintext.length, aead.open(nonce, header, 0, header.length, sealed, 0, sealed.length, opened, 0));
            assertArrayEquals(plaintext, opened);
        }
    }

    /** RFC 6655 §4, §5 for the tags, RFC 9147 §4.5.3 for the limit. */
    @Test
    void tagsAndLimits() {
        assertEquals(16, AeadAlgorithm.AES_128_CCM.tagLength());
        assertEquals(8, AeadAlgorithm.AES_128_CCM_8.tagLength());
        assertEquals(8_388_608, AeadAlgorithm.AES_128_CCM.recordLimit());
        assertEquals(8_388_608, AeadAlgorithm.AES_128_CCM_8.recordLimit());
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_CCM", "AES_128_CCM_8"})
    void aChangeAnywhereIsFoundAndTheSameNonceMayBeTriedAgain(AeadAlgorithm algorithm) {
        int tag = algorithm.tagLength();
        byte[] header = {0x17, 3, 3, 0, 40};
        byte[] nonce = new byte[12];
        try (Secret key = Secret.zeros(16);
                Aead seals = CRYPTO.aead(algorithm, key);
                Aead opens = CRYPTO.aead(algorithm, key)) {
            byte[] record = new byte[24 + tag];
            assertEquals(24 + tag, seals.seal(nonce, header, 0, 5, new byte[24], 0, 24, record, 0));
            byte[] out = new byte[24];
            for (int i = 0; i < record.length; i++) {
                record[i] ^= 0x40;
                assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, record.length, out, 0), "byte " + i);
                record[i] ^= 0x40;
            }
            header[4] ^= 1;
            assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, record.length, out, 0), "header");
            header[4] ^= 1;
            for (int length = 0; length < record.length; length++) {
                assertEquals(-1, opens.open(nonce, header, 0, 5, record, 0, length, out, 0), length + " bytes");
            }
            assertEquals(24, opens.open(nonce, header, 0, 5, record, 0, record.length, out, 0));
            assertArrayEquals(new byte[24], out);
        }
    }

    /** As records are sealed: in place, behind a header; and opened into another array, or in place. */
    @ParameterizedTest
    @EnumSource(names = {"AES_128_CCM", "AES_128_CCM_8"})
    void sealingInPlaceGivesTheSame(AeadAlgorithm algorithm) {
        int tag = algorithm.tagLength();
        Random random = new Random(7);
        try (Secret key = Secret.zeros(16);
                Aead aead = CRYPTO.aead(algorithm, key);
                Aead inPlace = CRYPTO.aead(algorithm, key)) { // one object refuses to seal by one nonce twice
            for (int length : new int[] {0, 1, 15, 16, 17, 255, 16_385}) {
                byte[] nonce = new byte[12];
                random.nextBytes(nonce);
                byte[] plaintext = new byte[length];
                random.nextBytes(plaintext);
                byte[] apart = new byte[length + tag];
                aead.seal(nonce, nonce, 1, 5, plaintext, 0, length, apart, 0);
                byte[] record = new byte[5 + length + tag];
                System.arraycopy(plaintext, 0, record, 5, length);
                assertEquals(length + tag, inPlace.seal(nonce, nonce, 1, 5, record, 5, length, record, 5));
                assertArrayEquals(apart, Arrays.copyOfRange(record, 5, record.length));
                assertEquals(length, inPlace.open(nonce, nonce, 1, 5, record, 5, length + tag, record, 5));
                assertArrayEquals(plaintext, Arrays.copyOfRange(record, 5, 5 + length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AES_128_CCM", "AES_128_CCM_8"})
    void tooLittleRoomIsTheCallersMistake(AeadAlgorithm algorithm) {
        try (Secret key = Secret.zeros(16);
                Aead aead = CRYPTO.aead(algorithm, key)) {
            byte[] small = new byte[10 + algorithm.tagLength() - 1];
            assertThrows(
                    IllegalArgumentException.class,
                    () -> aead.seal(new byte[12], new byte[0], 0, 0, new byte[10], 0, 10, small, 0));
        }
    }

    /** A JCA provider that has it will do as well; the JDK has none. */
    @ParameterizedTest
    @EnumSource(names = {"AES_128_CCM", "AES_128_CCM_8"})
    void aJcaProviderIsTakenToo(AeadAlgorithm algorithm) {
        assertFalse(JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of()).supports(algorithm));
        JcaCrypto jca = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(new BouncyCastleProvider()), List.of());
        assertTrue(jca.supports(algorithm), jca.describe());
        int tag = algorithm.tagLength();
        byte[] record = new byte[100 + tag];
        byte[] opened = new byte[100];
        try (Secret key = Secret.zeros(16);
                Aead seals = jca.aead(algorithm, key);
                Aead opens = CRYPTO.aead(algorithm, key)) {
            assertEquals(tag, seals.tagLength());
            seals.seal(new byte[12], new byte[5], 0, 5, new byte[100], 0, 100, record, 0);
            assertEquals(100, opens.open(new byte[12], new byte[5], 0, 5, record, 0, record.length, opened, 0));
        }
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
