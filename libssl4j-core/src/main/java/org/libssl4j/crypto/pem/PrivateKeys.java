// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.pem.PemReader.Block;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * Reads private keys from files, PEM or DER: PKCS#8 (RFC 5958), encrypted PKCS#8, PKCS#1 (RFC 8017 §A.1.2) and SEC 1 (RFC 5915). All are brought into PKCS#8 for the JDK's key factories, but for ML-DSA (RFC 9881 §6), which not every JDK has; the arrays that held a key on the way are wiped.
 */
public final class PrivateKeys {
    private static final int MOST_BYTES = 1 << 20;
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    private static final int PARAMETERS = 0xa0;

    /** Kinds of keys that TLS can sign with, by the hexadecimal content of their OID. */
    private static final Map<String, String> FACTORIES = Map.of(
            "2a864886f70d010101", "RSA",
            "2a864886f70d01010a", "RSASSA-PSS",
            "2a8648ce3d0201", "EC",
            "2b6570", "Ed25519",
            "2b6571", "Ed448");

    private PrivateKeys() {}

    /**
     * The first private key of a file.
     *
     * @param file PEM, in which other blocks may stand beside the key, or DER; not changed
     * @param password of an encrypted key; null for none
     * @throws GeneralSecurityException if there is no key in it, one of an unknown kind, a damaged one, or if the password is missing or wrong
     */
    public static PrivateKey read(byte[] file, char[] password) throws GeneralSecurityException {
        try {
            return PemReader.isPem(file) ? pem(PemReader.read(file), password) : der(file, password);
        } catch (DecodeException e) {
            throw new InvalidKeyException("no private key, or a damaged one: " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #read(byte[], char[])}, from a file.
     *
     * @throws IOException if it cannot be read
     */
    public static PrivateKey read(Path file, char[] password) throws IOException, GeneralSecurityException {
        byte[] bytes = SmallFile.read(file, MOST_BYTES);
        try {
            return read(bytes, password);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static PrivateKey pem(List<Block> blocks, char[] password)
            throws GeneralSecurityException, DecodeException {
        try {
            byte[] curve = null;
            for (Block b : blocks) {
                if (b.encrypted()) {
                    throw new InvalidKeyException(
                            b
                                    + " is encrypted in the way before PKCS#8; \"openssl pkcs8 -topk8\" makes it one that can be read");
                }
                switch (b.label()) {
                    case "EC PARAMETERS" -> curve = b.bytes();
                    case "PRIVATE KEY" -> {
                        return pkcs8(b.bytes());
                    }
                    case "ENCRYPTED PRIVATE KEY" -> {
                        return encrypted(b.bytes(), password);
                    }
                    case "RSA PRIVATE KEY" -> {
                        return pkcs1(b.bytes());
                    }
                    case "EC PRIVATE KEY" -> {
                        return sec1(b.bytes(), curve);
                    }
                    default -> {} // a certificate, say
                }
            }
            throw new InvalidKeyException("a PEM file without a private key");
        } finally {
            blocks.forEach(Block::wipe);
        }
    }

    /** Which of the four it is shows in its first two elements. */
    private static PrivateKey der(byte[] file, char[] password) throws GeneralSecurityException, DecodeException {
        DerReader key = new DerReader(file).read(DerReader.SEQUENCE);
        if (key.tag() == DerReader.SEQUENCE) {
            return encrypted(file, password);
        }
        key.read(DerReader.INTEGER);
        return switch (key.tag()) {
            case DerReader.SEQUENCE -> pkcs8(file);
            case DerReader.INTEGER -> pkcs1(file);
            case DerReader.OCTET_STRING -> sec1(file, null);
            default -> throw new InvalidKeyException("no private key, neither in PEM nor in DER");
        };
    }

    private static PrivateKey encrypted(byte[] der, char[] password) throws GeneralSecurityException, DecodeException {
        if (password == null) {
            throw new InvalidKeyException("the private key is encrypted, and no password was given");
        }
        byte[] clear = EncryptedKey.decrypt(der, password);
        try {
            return pkcs8(clear);
        } catch (DecodeException | InvalidKeySpecException e) {
            // One wrong password in 256 leaves what looks like padding.
            throw new InvalidKeyException(EncryptedKey.WRONG_PASSWORD, e);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** PrivateKeyInfo or OneAsymmetricKey: version, algorithm, key, and then what the JDK may not know and nobody needs. */
    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException, DecodeException {
        DerReader info = new DerReader(der).read(DerReader.SEQUENCE);
        info.read(DerReader.INTEGER);
        byte[] algorithm = info.element();
        byte[] key = info.bytes(DerReader.OCTET_STRING);
        try {
            return key(algorithm, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static PrivateKey pkcs1(byte[] der) throws GeneralSecurityException, DecodeException {
        return key(
                new DerWriter()
                        .oid(RSA_ENCRYPTION)
                        .nul()
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray(),
                der);
    }

    /** ECPrivateKey: version, key, perhaps the curve, perhaps the public key. */
    private static PrivateKey sec1(byte[] der, byte[] curveBefore) throws GeneralSecurityException, DecodeException {
        DerReader ec = new DerReader(der).read(DerReader.SEQUENCE);
        ec.read(DerReader.INTEGER);
        ec.read(DerReader.OCTET_STRING);
        byte[] curve = ec.tag() == PARAMETERS ? ec.bytes(PARAMETERS) : curveBefore;
        if (curve == null) {
            throw new InvalidKeyException("an EC private key that does not say on which curve it is");
        }
        if (new DerReader(curve).tag() != DerReader.OID) {
            throw new InvalidKeyException("an EC private key on a curve without a name; named curves can be read");
        }
        return key(
                new DerWriter()
                        .oid(EC_PUBLIC_KEY)
                        .raw(curve)
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray(),
                der);
    }

    /** By the key factory for the algorithm, from PKCS#8 in its first version. */
    private static PrivateKey key(byte[] algorithm, byte[] key) throws GeneralSecurityException, DecodeException {
        byte[] content = new DerReader(algorithm).read(DerReader.SEQUENCE).bytes(DerReader.OID);
        String oid = HexFormat.of().formatHex(content);
        String factory = FACTORIES.get(oid);
        boolean mlDsa = MlDsa.ofOid(content) != null;
        if (factory == null && !mlDsa) {
            throw new InvalidKeyException("a private key of a kind that TLS cannot sign with: OID (DER) " + oid);
        }
        DerWriter out = new DerWriter();
        byte[] encoded = out.integer(0)
                .raw(algorithm)
                .octets(key)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        try {
            if (mlDsa) {
                return MlDsaPrivateKey.of(encoded);
            }
            return KeyFactory.getInstance(factory).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (RuntimeException e) {
            throw new InvalidKeySpecException("a damaged private key of type " + factory, e);
        } finally {
            out.wipe();
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
