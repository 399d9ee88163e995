// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.math.BigInteger;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * A group for Diffie-Hellman over a finite field, as a server of TLS 1.2 names it (RFC 5246 §7.4.3, ServerDHParams). Whether it is strong enough is judged elsewhere.
 *
 * @param p the prime
 * @param g the generator
 */
public record DhParameters(BigInteger p, BigInteger g) {
    /** The longest prime in bits that anything is computed with, as OpenSSL has it (OPENSSL_DH_MAX_MODULUS_BITS). */
    public static final int MOST_BITS = 10_000;

    /** How many bits a private exponent gets: in the groups of RFC 7919 what that says; in others all but one of the prime's, since nothing is known of the orders that numbers have there. */
    public int exponentBits() {
        FfdheGroup known = FfdheGroup.of(p);
        return known == null ? p.bitLength() - 1 : known.exponentBits();
    }

    /**
     * Whether one can compute with these numbers at all.
     *
     * @throws TlsException illegal_parameter with BAD_DH_VALUE if the prime is too long or even, or the generator not {@code 1 < g < p-1}
     */
    public void check() throws TlsException {
        // A prime may have 2^16 bytes in a ServerKeyExchange, with which a client would compute for hours.
        if (p.bitLength() > MOST_BITS) {
            throw bad("a prime of " + p.bitLength() + " bits; up to " + MOST_BITS + " allowed");
        }
        if (!p.testBit(0)) {
            throw bad("an even number for a prime");
        }
        // RFC 5246 §F.1.1.3: a client checks that it is offered a sound group.
        if (g.compareTo(BigInteger.ONE) <= 0 || g.compareTo(p.subtract(BigInteger.ONE)) >= 0) {
            throw bad("a generator out of range; 1 < g < p-1 allowed");
        }
    }

    private static TlsException bad(String detail) {
        return new TlsException(
                AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_DH_VALUE, "Diffie-Hellman with " + detail);
    }
}
