// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * RSA itself, where the signatures of JCA do not help: premaster secrets (RFC 5246 §7.4.7.1), and for {@link Md5Sha1Rsa}. The provider is the first in rank that takes the key, or for a key that lives in a token (PKCS#11) the one that JCA chooses. Thread-safe.
 */
final class JcaRsa {
    static final String RAW = "RSA/ECB/NoPadding";
    static final String PADDED = "RSA/ECB/PKCS1Padding";
    static final int PREMASTER = 48;
    // RFC 8017 §7.2.1: 00 02, eight bytes of padding at least, 00.
    private static final int LEAST_OVERHEAD = 11;

    private final List<Provider> ranked;
    private final SecureRandom random;

    /** @param ranked those that have {@link #RAW} and {@link #PADDED}, in the order in which they are tried */
    JcaRsa(List<Provider> ranked, SecureRandom random) {
        this.ranked = ranked;
        this.random = random;
    }

    byte[] encryptPremaster(PublicKey key, Secret premaster) throws TlsException {
        requireRsa(key);
        byte[] clear = premaster.getEncoded();
        try {
            return cipher(PADDED, Cipher.ENCRYPT_MODE, key).doFinal(clear);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw failed("a premaster secret cannot be encrypted", e);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    Secret decryptPremaster(PrivateKey key, byte[] encrypted, int clientVersion) throws TlsException {
        requireRsa(key);
        int length = key instanceof RSAKey k ? lengthOf(k) : encrypted.length;
        Cipher cipher;
        try {
            cipher = cipher(RAW, Cipher.DECRYPT_MODE, key);
        } catch (GeneralSecurityException | RuntimeException e) {
            // What decrypts only with its padding taken off says by an exception whether there was any: an oracle.
            throw failed("no provider decrypts without padding by this key, so it cannot be used for key exchange", e);
        }
        byte[] instead = new byte[PREMASTER];
        random.nextBytes(instead);
        return unpadded(decrypted(cipher, encrypted, length), length, clientVersion, instead);
    }

    /** What stands in the ciphertext; nothing where it cannot be decrypted, of which nobody is told. */
    private static byte[] decrypted(Cipher cipher, byte[] encrypted, int length) {
        try {
            return encrypted.length == length ? cipher.doFinal(encrypted) : new byte[0];
        } catch (GeneralSecurityException | RuntimeException e) {
            return new byte[0]; // a number that the modulus does not have, above all
        }
    }

    /**
     * Takes off the padding (RFC 8017 §7.2.2): the last 48 bytes if all is right, {@code instead} if anything is wrong. No branch and no address depends on what was decrypted. Wipes both arrays.
     *
     * @param decrypted as many bytes as the modulus has, or fewer if a provider dropped leading zeros
     */
    static Secret unpadded(byte[] decrypted, int length, int clientVersion, byte[] instead) {
        byte[] padded = new byte[Math.max(length, PREMASTER + LEAST_OVERHEAD)];
        if (decrypted.length <= padded.length) {
            System.arraycopy(decrypted, 0, padded, padded.length - decrypted.length, decrypted.length);
        }
        int start = padded.length - PREMASTER;
        // RFC 5246 §7.4.7.1: 00 02, padding without a zero, 00, and 48 bytes that begin with the version of the
        // ClientHello; whatever is wrong is treated alike.
        int wrong = padded[0] | padded[1] ^ 2;
        for (int i = 2; i < start - 1; i++) {
            wrong |= (padded[i] & 0xff) - 1 >> 31;
        }
        wrong |= padded[start - 1];
        wrong |= padded[start] ^ clientVersion >>> 8;
        wrong |= padded[start + 1] ^ clientVersion;
        int right = (wrong & 0xff) - 1 >> 31; // all ones, or zero
        byte[] premaster = new byte[PREMASTER];
        for (int i = 0; i < PREMASTER; i++) {
            premaster[i] = (byte) (padded[start + i] & right | instead[i] & ~right);
        }
        Arrays.fill(padded, (byte) 0);
        Arrays.fill(decrypted, (byte) 0);
        Arrays.fill(instead, (byte) 0);
        return Secret.of(premaster);
    }

    /** A cipher that has taken the key. */
    Cipher cipher(String transformation, int mode, Key key) throws GeneralSecurityException {
        for (Provider p : ranked) {
            try {
                Cipher c = Cipher.getInstance(transformation, p);
                c.init(mode, key, random);
                return c;
            } catch (InvalidKeyException | RuntimeException e) {
                // The next: the key may be one of a token.
            }
        }
        Cipher c = Cipher.getInstance(transformation);
        c.init(mode, key, random);
        return c;
    }

    /** Bytes of the modulus. */
    static int lengthOf(RSAKey key) {
        return (key.getModulus().bitLength() + 7) / 8;
    }

    private static void requireRsa(Key key) throws TlsException {
        if (!key.getAlgorithm().equals("RSA")) {
            throw failed("a key of type " + key.getAlgorithm() + "; RSA allowed", null);
        }
        if (key instanceof RSAKey k && lengthOf(k) < PREMASTER + LEAST_OVERHEAD) {
            throw failed(
                    "a modulus of " + k.getModulus().bitLength() + " bits; a premaster secret needs "
                            + 8 * (PREMASTER + LEAST_OVERHEAD),
                    null);
        }
    }

    private static TlsException failed(String detail, Exception cause) {
        return new TlsException(
                AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "RSA key exchange: " + detail, cause);
    }
}
