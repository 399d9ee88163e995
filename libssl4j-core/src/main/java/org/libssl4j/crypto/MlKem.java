// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** The sets of parameters of ML-KEM (FIPS 203 §8), and what of a peer's bytes has to be checked whoever does the arithmetic. */
public enum MlKem {
    ML_KEM_512("ML-KEM-512", 2, 768),
    ML_KEM_768("ML-KEM-768", 3, 1_088),
    ML_KEM_1024("ML-KEM-1024", 4, 1_568);

    private static final int Q = 3_329;
    private static final int BYTES_OF_POLYNOMIAL = 384; // 256 coefficients of 12 bits
    private static final int SEED = 32;

    private final String fipsName;
    private final int k;
    private final int ciphertextLength;

    MlKem(String fipsName, int k, int ciphertextLength) {
        this.fipsName = fipsName;
        this.k = k;
        this.ciphertextLength = ciphertextLength;
    }

    /** The name in FIPS 203, which is JCA's too. */
    public String fipsName() {
        return fipsName;
    }

    /** Length of an encapsulation key in bytes. */
    public int encapsulationKeyLength() {
        return k * BYTES_OF_POLYNOMIAL + SEED;
    }

    /** Length of a ciphertext in bytes. */
    public int ciphertextLength() {
        return ciphertextLength;
    }

    /**
     * Checks a peer's encapsulation key.
     *
     * @throws TlsException illegal_parameter with BAD_ECPOINT if it is none
     */
    public void checkEncapsulationKey(byte[] key) throws TlsException {
        // FIPS 203 §7.2: the type check.
        if (key.length != encapsulationKeyLength()) {
            throw bad(
                    "an encapsulation key of " + key.length + " bytes; " + encapsulationKeyLength() + " allowed", null);
        }
        // FIPS 203 §7.2: the modulus check. Each three bytes hold two coefficients, which have to be reduced.
        for (int i = 0; i < k * BYTES_OF_POLYNOMIAL; i += 3) {
            int middle = key[i + 1] & 0xff;
            int first = key[i] & 0xff | (middle & 0x0f) << 8;
            int second = middle >> 4 | (key[i + 2] & 0xff) << 4;
            if (first >= Q || second >= Q) {
                throw bad(
                        "a coefficient " + Math.max(first, second)
                                + " of the encapsulation key; less than 3,329 allowed",
                        null);
            }
        }
    }

    /**
     * Checks a peer's ciphertext, of which any of the right length gives a secret, though a useless one if it was tampered with.
     *
     * @throws TlsException illegal_parameter with BAD_ECPOINT if it has another length
     */
    public void checkCiphertext(byte[] ciphertext) throws TlsException {
        // FIPS 203 §7.3: the ciphertext type check.
        if (ciphertext.length != ciphertextLength) {
            throw bad("a ciphertext of " + ciphertext.length + " bytes; " + ciphertextLength + " allowed", null);
        }
    }

    /** What is wrong with a peer's bytes. */
    public TlsException bad(String what, Throwable cause) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_ECPOINT, fipsName + ": " + what, cause);
    }
}
