// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/**
 * A private key of ML-DSA in one of the three forms of RFC 9881 §6, on any JDK: the seed, the key expanded from it, or both. Whether both belong together is checked by whoever first signs with it.
 *
 * <p>Not for use by several threads at once while one of them destroys it.
 */
public final class MlDsaPrivateKey implements PrivateKey {
    private static final long serialVersionUID = 1L;
    private static final int SEED = 0x80; // [0] IMPLICIT OCTET STRING

    private final MlDsa parameters;
    private final transient byte[] seed; // null: not known
    private final transient byte[] expanded; // null: not known
    private transient boolean destroyed;

    private MlDsaPrivateKey(MlDsa parameters, byte[] seed, byte[] expanded) {
        this.parameters = parameters;
        this.seed = seed;
        this.expanded = expanded;
    }

    /** The key of this seed, which is copied. */
    public static MlDsaPrivateKey ofSeed(MlDsa parameters, byte[] seed) {
        if (seed.length != MlDsa.SEED_LENGTH) {
            throw new IllegalArgumentException("a seed of " + seed.length + " bytes; " + MlDsa.SEED_LENGTH + " needed");
        }
        return new MlDsaPrivateKey(parameters, seed.clone(), null);
    }

    /**
     * Reads PKCS#8 (RFC 5958), which is copied.
     *
     * @throws InvalidKeyException if there is no private key of ML-DSA in it
     */
    public static MlDsaPrivateKey of(byte[] pkcs8) throws InvalidKeyException {
        try {
            DerReader info = new DerReader(pkcs8).read(DerReader.SEQUENCE);
            info.read(DerReader.INTEGER);
            DerReader algorithm = info.read(DerReader.SEQUENCE);
            MlDsa parameters = MlDsa.ofOid(algorithm.bytes(DerReader.OID));
            algorithm.end("AlgorithmIdentifier");
            DerReader key = info.read(DerReader.OCTET_STRING);
            if (parameters == null) {
                throw new InvalidKeyException("a private key of another kind than ML-DSA");
            }
            return parsed(parameters, key);
        } catch (DecodeException e) {
            throw new InvalidKeyException("no private key of ML-DSA: " + e.getMessage(), e);
        }
    }

    // RFC 9881 §6: CHOICE { seed [0] OCTET STRING, expandedKey OCTET STRING, both SEQUENCE { seed OCTET STRING,
    // expandedKey OCTET STRING } }
    private static MlDsaPrivateKey parsed(MlDsa parameters, DerReader key) throws DecodeException, InvalidKeyException {
        byte[] seed = null;
        byte[] expanded = null;
        switch (key.tag()) {
            case SEED -> seed = key.bytes(SEED);
            case DerReader.OCTET_STRING -> expanded = key.bytes(DerReader.OCTET_STRING);
            default -> {
                DerReader both = key.read(DerReader.SEQUENCE);
                seed = both.bytes(DerReader.OCTET_STRING);
                expanded = both.bytes(DerReader.OCTET_STRING);
                both.end("private key");
            }
        }
        key.end("private key");
        if (seed != null && seed.length != MlDsa.SEED_LENGTH
                || expanded != null && expanded.length != parameters.expandedKeyLength()) {
            throw new InvalidKeyException(
                    "a private key of " + parameters.fipsName() + " of a wrong length; a seed has " + MlDsa.SEED_LENGTH
                            + " bytes, an expanded key " + parameters.expandedKeyLength());
        }
        return new MlDsaPrivateKey(parameters, seed, expanded);
    }

    /** Its set of parameters. */
    public MlDsa parameters() {
        return parameters;
    }

    /** A copy of the seed, which the caller wipes; null if it is not known. */
    public byte[] seed() {
        requireNotDestroyed();
        return seed == null ? null : seed.clone();
    }

    /** A copy of the expanded key (FIPS 204, algorithm 24), which the caller wipes; null if only the seed is known. */
    public byte[] expanded() {
        requireNotDestroyed();
        return expanded == null ? null : expanded.clone();
    }

    @Override
    public String getAlgorithm() {
        return parameters.fipsName();
    }

    @Override
    public String getFormat() {
        return "PKCS#8";
    }

    /** In the form that it was made of. The caller wipes it. */
    @Override
    public byte[] getEncoded() {
        requireNotDestroyed();
        DerWriter key = new DerWriter();
        if (expanded == null) {
            key.element(SEED, seed);
        } else if (seed == null) {
            key.octets(expanded);
        } else {
            key.octets(seed).octets(expanded).wrap(DerReader.SEQUENCE);
        }
        return pkcs8(key);
    }

    /** PKCS#8 with the expanded key alone, which the caller wipes; null if only the seed is known. */
    public byte[] expandedPkcs8() {
        requireNotDestroyed();
        return expanded == null ? null : pkcs8(new DerWriter().octets(expanded));
    }

    private byte[] pkcs8(DerWriter key) {
        byte[] inner = key.toByteArray();
        byte[] algorithm = new DerWriter()
                .element(DerReader.OID, parameters.oid())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        DerWriter out = new DerWriter();
        try {
            return out.integer(0)
                    .raw(algorithm)
                    .octets(inner)
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray();
        } finally {
            Arrays.fill(inner, (byte) 0);
            key.wipe();
            out.wipe();
        }
    }

    /** Wipes it. */
    @Override
    public void destroy() {
        destroyed = true;
        if (seed != null) {
            Arrays.fill(seed, (byte) 0);
        }
        if (expanded != null) {
            Arrays.fill(expanded, (byte) 0);
        }
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "private key of " + parameters.fipsName() + (destroyed ? ", wiped" : "");
    }

    private void requireNotDestroyed() {
        if (destroyed) {
            throw new IllegalStateException("this key was wiped");
        }
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("private keys are never serialised");
    }
}
