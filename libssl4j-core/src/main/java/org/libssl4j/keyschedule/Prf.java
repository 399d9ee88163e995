// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The pseudorandom function of TLS 1.2 and before, which all keys there come from.
 *
 * <pre>
 *   TLS 1.2 (RFC 5246 §5):        P_hash(secret, label + seed), by the hash of the suite
 *   TLS 1.0, 1.1 (RFC 2246 §5):   P_MD5(S1, label + seed) xor P_SHA-1(S2, label + seed),
 *                                 S1 and S2 the halves of the secret, which share the middle byte of an odd number
 * </pre>
 *
 * <p>Nothing of a secret is kept from one call to the next. Not thread-safe.
 */
public final class Prf {
    private final Hmac hmac;
    private final Hmac second; // null from TLS 1.2 on

    private Prf(Hmac hmac, Hmac second) {
        this.hmac = hmac;
        this.second = second;
    }

    /**
     * The function of this version.
     *
     * @param version TLS 1.2 or before
     * @param suiteHash the suite's, which counts from TLS 1.2 on
     */
    public static Prf of(Crypto crypto, ProtocolVersion version, HashAlgorithm suiteHash) {
        return switch (version) {
            case TLS1_0, TLS1_1 -> new Prf(crypto.hmac(HashAlgorithm.MD5), crypto.hmac(HashAlgorithm.SHA1));
            case TLS1_2 -> new Prf(crypto.hmac(suiteHash), null);
            case TLS1_3 -> throw new IllegalArgumentException("TLS 1.3 has HKDF; a PRF has TLS 1.2 and before");
        };
    }

    /**
     * The first {@code length} bytes; the caller closes them.
     *
     * @param secret stays the caller's
     * @param label ASCII
     */
    public Secret expand(Secret secret, String label, byte[] seed, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] labelAndSeed = Arrays.copyOf(name, name.length + seed.length);
        System.arraycopy(seed, 0, labelAndSeed, name.length, seed.length);
        byte[] out = new byte[length];
        if (second == null) {
            stream(hmac, secret, labelAndSeed, out);
            return Secret.of(out);
        }
        byte[] whole = secret.getEncoded();
        int half = (whole.length + 1) / 2;
        try (Secret first = Secret.copyOf(whole, 0, half);
                Secret last = Secret.copyOf(whole, whole.length - half, half)) {
            stream(hmac, first, labelAndSeed, out);
            stream(second, last, labelAndSeed, out);
            return Secret.of(out);
        } finally {
            Arrays.fill(whole, (byte) 0);
        }
    }

    /** P_hash (RFC 5246 §5), added to {@code out} by exclusive or. */
    private static void stream(Hmac hmac, Secret secret, byte[] seed, byte[] out) {
        int hashLength = hmac.length();
        byte[] a = new byte[hashLength];
        byte[] block = new byte[hashLength];
        try {
            hmac.init(secret);
            hmac.update(seed, 0, seed.length);
            hmac.doFinal(a, 0); // A(1); A(0) is the seed
            for (int done = 0; done < out.length; done += hashLength) {
                hmac.update(a, 0, hashLength);
                hmac.update(seed, 0, seed.length);
                hmac.doFinal(block, 0);
                for (int i = 0; i < hashLength && done + i < out.length; i++) {
                    out[done + i] ^= block[i];
                }
                hmac.update(a, 0, hashLength);
                hmac.doFinal(a, 0);
            }
        } finally {
            hmac.forget();
            Arrays.fill(a, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }
}
