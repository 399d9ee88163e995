// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/**
 * Decrypts EncryptedPrivateKeyInfo (RFC 5958 §3): PBES2 with PBKDF2 (RFC 8018 §6.2) here, so that it is the same on every JDK; the older PBES1 and PKCS#12 schemes as far as the JDK has them.
 */
final class EncryptedKey {
    static final String WRONG_PASSWORD = "the password does not fit the private key, or the key is damaged";

    private static final String PBES2 = "2a864886f70d01050d";
    private static final String PBKDF2 = "2a864886f70d01050c";
    private static final String SCRYPT = "2b06010401da47040b";

    /** A minute's work; what is beyond comes from a file made to keep us busy. */
    private static final int MOST_ITERATIONS = 50_000_000;

    /** Pseudo-random functions by the hexadecimal content of their OID. */
    private static final Map<String, String> PRFS = Map.of(
            "2a864886f70d0207", "PBKDF2WithHmacSHA1",
            "2a864886f70d0208", "PBKDF2WithHmacSHA224",
            "2a864886f70d0209", "PBKDF2WithHmacSHA256",
            "2a864886f70d020a", "PBKDF2WithHmacSHA384",
            "2a864886f70d020b", "PBKDF2WithHmacSHA512");

    private static final Map<String, Scheme> SCHEMES = Map.of(
            "60864801650304012a", new Scheme("AES", 32),
            "608648016503040116", new Scheme("AES", 24),
            "608648016503040102", new Scheme("AES", 16),
            "2a864886f70d0307", new Scheme("DESede", 24));

    private record Scheme(String cipher, int keyLength) {}

    private EncryptedKey() {}

    /** The PKCS#8 in it; to be wiped by the caller. */
    static byte[] decrypt(byte[] der, char[] password) throws GeneralSecurityException, DecodeException {
        DerReader info = new DerReader(der).read(DerReader.SEQUENCE);
        DerReader algorithm = info.read(DerReader.SEQUENCE);
        byte[] data = info.bytes(DerReader.OCTET_STRING);
        try {
            return oid(algorithm).equals(PBES2)
                    ? pbes2(algorithm.read(DerReader.SEQUENCE), data, password)
                    : byTheJdk(der, password);
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new InvalidKeyException(WRONG_PASSWORD, e);
        }
    }

    private static byte[] pbes2(DerReader parameters, byte[] data, char[] password)
            throws GeneralSecurityException, DecodeException {
        DerReader derivation = parameters.read(DerReader.SEQUENCE);
        String function = oid(derivation);
        DerReader encryption = parameters.read(DerReader.SEQUENCE);
        Scheme scheme = SCHEMES.get(oid(encryption));
        if (!function.equals(PBKDF2) || scheme == null) {
            throw new NoSuchAlgorithmException("the private key is encrypted with "
                    + (function.equals(SCRYPT) ? "scrypt" : "a scheme that is not known")
                    + "; PBKDF2 with AES or triple DES in CBC mode can be read");
        }
        byte[] iv = encryption.bytes(DerReader.OCTET_STRING);
        byte[] key = pbkdf2(derivation.read(DerReader.SEQUENCE), scheme.keyLength(), password);
        try {
            Cipher cipher = Cipher.getInstance(scheme.cipher() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, scheme.cipher()), new IvParameterSpec(iv));
            return cipher.doFinal(data);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** PBKDF2-params: salt, iterations, perhaps the length of the key, perhaps the PRF. */
    private static byte[] pbkdf2(DerReader parameters, int keyLength, char[] password)
            throws GeneralSecurityException, DecodeException {
        byte[] salt = parameters.bytes(DerReader.OCTET_STRING);
        byte[] iterations = parameters.bytes(DerReader.INTEGER);
        if (parameters.tag() == DerReader.INTEGER) {
            parameters.skip();
        }
        String prf = parameters.hasMore() ? PRFS.get(oid(parameters.read(DerReader.SEQUENCE))) : "PBKDF2WithHmacSHA1";
        if (prf == null || salt.length == 0 || iterations.length == 0) {
            throw new NoSuchAlgorithmException(
                    "the private key is encrypted with PBKDF2 in a form that is not known; HMAC with SHA-1 or SHA-2 can be read");
        }
        BigInteger count = new BigInteger(iterations);
        if (count.signum() <= 0 || count.bitLength() > 31 || count.intValue() > MOST_ITERATIONS) {
            throw new InvalidKeyException("the private key is encrypted with PBKDF2 of " + count + " rounds; 1 to "
                    + MOST_ITERATIONS + " can be read");
        }
        PBEKeySpec spec = new PBEKeySpec(password, salt, count.intValue(), 8 * keyLength);
        try {
            return SecretKeyFactory.getInstance(prf).generateSecret(spec).getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] byTheJdk(byte[] der, char[] password) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            SecretKey key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyException("a damaged encrypted private key", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String oid(DerReader in) throws DecodeException {
        return HexFormat.of().formatHex(in.bytes(DerReader.OID));
    }
}
