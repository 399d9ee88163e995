// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.math.BigInteger;

/** The groups of RFC 7919 for Diffie-Hellman over a finite field, all of whose primes are safe ones: (p-1)/2 is prime too. Thread-safe. */
public enum FfdheGroup {
    FFDHE2048(2048, 560_316, 225),
    FFDHE3072(3072, 2_625_351, 275),
    FFDHE4096(4096, 5_736_041, 325),
    FFDHE6144(6144, 15_705_020, 375),
    FFDHE8192(8192, 10_965_728, 400);

    private static final int GUARD = 64; // bits more than are needed of e, for what each of the divisions drops

    private final int bits;
    private final int offset;
    private final int exponentBits;
    private DhParameters parameters;

    FfdheGroup(int bits, int offset, int exponentBits) {
        this.bits = bits;
        this.offset = offset;
        this.exponentBits = exponentBits;
    }

    /** Bits of the prime. */
    public int bits() {
        return bits;
    }

    /** Bits of a private exponent, which may be short because no number but 1 and p-1 has a small order (RFC 7919 §5.2, §A). */
    public int exponentBits() {
        return exponentBits;
    }

    /** Prime and generator. */
    public synchronized DhParameters parameters() {
        if (parameters == null) {
            parameters = new DhParameters(prime(), BigInteger.TWO);
        }
        return parameters;
    }

    /** The group with this prime, or null. */
    public static FfdheGroup of(BigInteger p) {
        for (FfdheGroup g : values()) {
            if (p.bitLength() == g.bits && p.equals(g.parameters().p())) {
                return g;
            }
        }
        return null;
    }

    // RFC 7919 §A: p = 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1.
    private BigInteger prime() {
        BigInteger one = BigInteger.ONE;
        return one.shiftLeft(bits)
                .subtract(one.shiftLeft(bits - 64))
                .add(e(bits - 130).add(BigInteger.valueOf(offset)).shiftLeft(64))
                .subtract(one);
    }

    /** The whole part of 2^shift e, by the series of 1/n!. */
    private static BigInteger e(int shift) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger term = BigInteger.ONE.shiftLeft(shift + GUARD);
        for (int n = 1; term.signum() > 0; n++) {
            sum = sum.add(term);
            term = term.divide(BigInteger.valueOf(n));
        }
        return sum.shiftRight(GUARD);
    }
}
