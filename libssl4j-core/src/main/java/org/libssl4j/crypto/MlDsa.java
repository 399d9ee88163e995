// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.util.HexFormat;

/** The sets of parameters of ML-DSA (FIPS 204 §4) with their identifiers in keys and certificates (RFC 9881 §2). Signatures are pure, over an empty context (draft-ietf-tls-mldsa §3). */
public enum MlDsa {
    ML_DSA_44("ML-DSA-44", "608648016503040311", 1_312, 2_560, 2_420),
    ML_DSA_65("ML-DSA-65", "608648016503040312", 1_952, 4_032, 3_309),
    ML_DSA_87("ML-DSA-87", "608648016503040313", 2_592, 4_896, 4_627);

    /** Length in bytes of the seed of a private key, ξ. */
    public static final int SEED_LENGTH = 32;

    private final String fipsName;
    private final String oid;
    private final int publicKeyLength;
    private final int expandedKeyLength;
    private final int signatureLength;

    MlDsa(String fipsName, String oid, int publicKeyLength, int expandedKeyLength, int signatureLength) {
        this.fipsName = fipsName;
        this.oid = oid;
        this.publicKeyLength = publicKeyLength;
        this.expandedKeyLength = expandedKeyLength;
        this.signatureLength = signatureLength;
    }

    /** The name in FIPS 204, which is JCA's too, and the key type of the signature scheme. */
    public String fipsName() {
        return fipsName;
    }

    /** Length of a public key in bytes. */
    public int publicKeyLength() {
        return publicKeyLength;
    }

    /** Length of a private key in bytes, expanded from its seed. */
    public int expandedKeyLength() {
        return expandedKeyLength;
    }

    /** Length of a signature in bytes. */
    public int signatureLength() {
        return signatureLength;
    }

    /** The content of the OID in DER. */
    byte[] oid() {
        return HexFormat.of().parseHex(oid);
    }

    /** The set with this OID, or null for another one. */
    public static MlDsa ofOid(byte[] content) {
        String hex = HexFormat.of().formatHex(content);
        for (MlDsa p : values()) {
            if (p.oid.equals(hex)) {
                return p;
            }
        }
        return null;
    }

    /** The set of this FIPS 204 name, or null for another one. */
    public static MlDsa of(String name) {
        for (MlDsa p : values()) {
            if (p.fipsName.equals(name)) {
                return p;
            }
        }
        return null;
    }
}
