// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

class MlKemTest {
    /** FIPS 203, table 3. */
    @ParameterizedTest
    @CsvSource({"ML_KEM_512, 800, 768", "ML_KEM_768, 1184, 1088", "ML_KEM_1024, 1568, 1568"})
    void theLengthsAreThoseOfTheStandard(MlKem p, int encapsulationKey, int ciphertext) {
        assertEquals(encapsulationKey, p.encapsulationKeyLength());
        assertEquals(ciphertext, p.ciphertextLength());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOrCiphertextOfAnotherLengthIsIllegal(MlKem p) throws TlsException {
        p.checkEncapsulationKey(new byte[p.encapsulationKeyLength()]);
        p.checkCiphertext(new byte[p.ciphertextLength()]);
        for (int d : new int[] {-1, 1, 32}) {
            illegal(() -> p.checkEncapsulationKey(new byte[p.encapsulationKeyLength() + d]));
            illegal(() -> p.checkCiphertext(new byte[p.ciphertextLength() + d]));
        }
        illegal(() -> p.checkEncapsulationKey(new byte[0]));
        illegal(() -> p.checkCiphertext(new byte[0]));
    }

    /** FIPS 203 §7.2: each coefficient of 12 bits has to be below 3,329; the 32 bytes behind them may be anything. */
    @ParameterizedTest
    @EnumSource
    void everyCoefficientHasToBeReduced(MlKem p) throws TlsException {
        byte[] key = new byte[p.encapsulationKeyLength()];
        Arrays.fill(key, key.length - 32, key.length, (byte) 0xff);
        p.checkEncapsulationKey(key);
        for (int i = 0; i < (key.length - 32) / 3 * 2; i++) {
            byte[] most = key.clone();
            put(most, i, 3_328);
            p.checkEncapsulationKey(most);
            for (int value : new int[] {3_329, 4_095}) {
                byte[] more = key.clone();
                put(more, i, value);
                illegal(() -> p.checkEncapsulationKey(more));
            }
        }
    }

    private static void put(byte[] key, int index, int value) {
        int at = index / 2 * 3;
        if (index % 2 == 0) {
            key[at] = (byte) value;
            key[at + 1] |= (byte) (value >> 8);
        } else {
            key[at + 1] |= (byte) (value << 4);
            key[at + 2] = (byte) (value >> 4);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run() throws TlsException;
    }

    private static void illegal(Check check) {
        TlsException e = assertThrows(TlsException.class, check::run);
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_ECPOINT, e.reason());
    }
}
