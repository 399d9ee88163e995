// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.AeadAlgorithm;

/** What a record of 16 KiB allocates: no more than JCA does by itself, as measured for docs/architecture.md, and 64 bytes. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final boolean OLD = Runtime.version().feature() < 21;
    private static final int ROUNDS = 400;
    private static final int RECORD = 16_384 + 1;
    private static final int SLACK = 64;

    private final byte[] nonce = new byte[12];
    private final byte[] header = {0x17, 3, 3, 0x40, 0x11};
    private final byte[] record = new byte[RECORD + 16];
    private final byte[] plaintext = new byte[RECORD];
    private long counter;

    @ParameterizedTest
    @EnumSource(names = {"AES_128_GCM", "AES_256_GCM"})
    void sealingAndOpeningAllocateNothingOfOurs(AeadAlgorithm algorithm) throws GeneralSecurityException {
        assertAtMost(OLD ? 1_177 : 1_152, sealing(algorithm), "sealing");
        long jca = Math.max(OLD ? 1_072 : 1_120, openingByJca(algorithm)); // it varies with what the compiler inlines
        assertAtMost(jca, opening(algorithm), "opening");
    }

    @ParameterizedTest
    @EnumSource(names = "CHACHA20_POLY1305")
    void sealingAllocatesNothingOfOurs(AeadAlgorithm algorithm) {
        assertAtMost(OLD ? 1_496 : 2_424, sealing(algorithm), "sealing");
    }

    private long sealing(AeadAlgorithm algorithm) {
        try (Aead a = aead(algorithm)) {
            return perRound(() -> {
                next();
                a.seal(nonce, header, 0, 5, record, 0, RECORD, record, 0);
            });
        }
    }

    private long opening(AeadAlgorithm algorithm) {
        try (Aead seals = aead(algorithm);
                Aead opens = aead(algorithm)) {
            next();
            seals.seal(nonce, header, 0, 5, plaintext, 0, RECORD, record, 0);
            return perRound(() -> {
                if (opens.open(nonce, header, 0, 5, record, 0, record.length, plaintext, 0) != RECORD) {
                    throw new AssertionError("not opened");
                }
            });
        }
    }

    /** The same without us. */
    private long openingByJca(AeadAlgorithm algorithm) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(new byte[algorithm.keyLength()], "AES");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(header, 0, 5);
        cipher.doFinal(plaintext, 0, RECORD, record, 0);
        return perRound(() -> {
            try {
                cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
                cipher.updateAAD(header, 0, 5);
                cipher.doFinal(record, 0, record.length, plaintext, 0);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** The least of several windows: until the compiler is done, objects that it will do without are allocated. */
    private static long perRound(Runnable round) {
        long least = Long.MAX_VALUE;
        for (int window = 0; window < 12; window++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
        }
        return least;
    }

    private void next() {
        counter++;
        for (int i = 0; i < 8; i++) {
            nonce[4 + i] = (byte) (counter >>> 8 * (7 - i));
        }
    }

    private static Aead aead(AeadAlgorithm algorithm) {
        return JcaCrypto.of(CryptoPolicy.JDK_ONLY).aead(algorithm, Secret.zeros(algorithm.keyLength()));
    }

    private static void assertAtMost(long floor, long measured, String what) {
        assertTrue(
                measured <= floor + SLACK,
                what + " allocates " + measured + " bytes; " + floor + " + " + SLACK + " allowed");
    }
}
