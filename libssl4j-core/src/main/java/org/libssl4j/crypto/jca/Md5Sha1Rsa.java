// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import org.libssl4j.crypto.Hash;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** RSA's signatures before TLS 1.2: PKCS#1 v1.5 padding of type 1 around MD5 and SHA-1, without a DigestInfo (RFC 2246 §4.7, §7.4.3). Thread-safe. */
final class Md5Sha1Rsa implements Signer, Verifier {
    // RFC 8017 §9.2: 00 01, eight bytes of ff at least, 00.
    private static final int LEAST_OVERHEAD = 11;

    private final JcaRsa rsa;
    private final Supplier<Hash> hash;

    /** @param hash makes hashes of both */
    Md5Sha1Rsa(JcaRsa rsa, Supplier<Hash> hash) {
        this.rsa = rsa;
        this.hash = hash;
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] input) throws TlsException {
        if (!key.getAlgorithm().equals("RSA")) {
            throw failed("a key of type " + key.getAlgorithm() + "; RSA allowed", null);
        }
        try {
            return rsa.cipher(JcaRsa.PADDED, Cipher.ENCRYPT_MODE, key).doFinal(hash(input));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw failed("no provider signs with this key", e);
        }
    }

    /** By making the padding anew and comparing all of it, so that nothing in it can vary. */
    @Override
    public boolean verify(PublicKey key, byte[] input, byte[] signature) {
        if (!(key instanceof RSAPublicKey k) || !key.getAlgorithm().equals("RSA")) {
            return false;
        }
        int length = JcaRsa.lengthOf(k);
        byte[] hashed = hash(input);
        // RFC 8017 §8.2.2: a signature is as long as the modulus.
        if (signature.length != length || length < hashed.length + LEAST_OVERHEAD) {
            return false;
        }
        byte[] expected = new byte[length];
        expected[1] = 1;
        Arrays.fill(expected, 2, length - hashed.length - 1, (byte) 0xff);
        System.arraycopy(hashed, 0, expected, length - hashed.length, hashed.length);
        try {
            byte[] shown = rsa.cipher(JcaRsa.RAW, Cipher.ENCRYPT_MODE, key).doFinal(signature);
            // Those that drop leading zeros drop the one that each encoded signature begins with.
            int dropped = length - shown.length;
            return dropped >= 0
                    && dropped <= 1
                    && MessageDigest.isEqual(Arrays.copyOfRange(expected, dropped, length), shown);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // a number that the modulus does not have, or a key that no provider takes
        }
    }

    private byte[] hash(byte[] input) {
        Hash h = hash.get();
        h.update(input, 0, input.length);
        return h.digest();
    }

    private static TlsException failed(String detail, Exception cause) {
        return new TlsException(
                AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "signing rsa_pkcs1_md5_sha1: " + detail, cause);
    }
}
