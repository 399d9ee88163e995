// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Arrays;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** A public key of ML-DSA by its subjectPublicKeyInfo (RFC 9881 §4), on any JDK. Immutable. */
public final class MlDsaPublicKey implements PublicKey {
    private static final long serialVersionUID = 1L;

    private final MlDsa parameters;
    private final transient byte[] raw;

    private MlDsaPublicKey(MlDsa parameters, byte[] raw) {
        this.parameters = parameters;
        this.raw = raw;
    }

    /**
     * Reads a subjectPublicKeyInfo.
     *
     * @throws InvalidKeyException if it is not one of ML-DSA
     */
    public static MlDsaPublicKey of(byte[] spki) throws InvalidKeyException {
        try {
            DerReader outer = new DerReader(spki);
            DerReader info = outer.read(DerReader.SEQUENCE);
            outer.end("subjectPublicKeyInfo");
            DerReader algorithm = info.read(DerReader.SEQUENCE);
            MlDsa parameters = MlDsa.ofOid(algorithm.bytes(DerReader.OID));
            // RFC 9881 §2: there are no parameters beside the OID.
            algorithm.end("AlgorithmIdentifier");
            byte[] bits = info.bytes(DerReader.BIT_STRING);
            info.end("subjectPublicKeyInfo");
            if (parameters == null) {
                throw new InvalidKeyException("a public key of another kind than ML-DSA");
            }
            // FIPS 204 §5.3, RFC 9881 §4: a public key has one length, and is whole bytes.
            if (bits.length != 1 + parameters.publicKeyLength() || bits[0] != 0) {
                throw new InvalidKeyException("a public key of " + parameters.fipsName() + " with " + (bits.length - 1)
                        + " bytes; " + parameters.publicKeyLength() + " allowed");
            }
            return new MlDsaPublicKey(parameters, Arrays.copyOfRange(bits, 1, bits.length));
        } catch (DecodeException e) {
            throw new InvalidKeyException("no public key of ML-DSA: " + e.getMessage(), e);
        }
    }

    /** Its set of parameters. */
    public MlDsa parameters() {
        return parameters;
    }

    /** A copy of the key's bytes (FIPS 204, algorithm 22). */
    public byte[] raw() {
        return raw.clone();
    }

    @Override
    public String getAlgorithm() {
        return parameters.fipsName();
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        byte[] algorithm = new DerWriter()
                .element(DerReader.OID, parameters.oid())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        return new DerWriter().raw(algorithm).bits(raw).wrap(DerReader.SEQUENCE).toByteArray();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MlDsaPublicKey k && k.parameters == parameters && Arrays.equals(k.raw, raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return "public key of " + parameters.fipsName();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key travels as its subjectPublicKeyInfo");
    }
}
