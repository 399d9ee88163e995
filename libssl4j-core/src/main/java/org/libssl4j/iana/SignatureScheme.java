// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Signature schemes (RFC 9846 §4.3.3; IANA registry "TLS SignatureScheme"). */
public enum SignatureScheme {
    RSA_PKCS1_SHA1(0x0201, "rsa_pkcs1_sha1", "RSA", HashAlgorithm.SHA1),
    ECDSA_SHA1(0x0203, "ecdsa_sha1", "EC", HashAlgorithm.SHA1),
    RSA_PKCS1_SHA256(0x0401, "rsa_pkcs1_sha256", "RSA", HashAlgorithm.SHA256),
    ECDSA_SECP256R1_SHA256(0x0403, "ecdsa_secp256r1_sha256", "EC", HashAlgorithm.SHA256),
    RSA_PKCS1_SHA384(0x0501, "rsa_pkcs1_sha384", "RSA", HashAlgorithm.SHA384),
    ECDSA_SECP384R1_SHA384(0x0503, "ecdsa_secp384r1_sha384", "EC", HashAlgorithm.SHA384),
    RSA_PKCS1_SHA512(0x0601, "rsa_pkcs1_sha512", "RSA", HashAlgorithm.SHA512),
    ECDSA_SECP521R1_SHA512(0x0603, "ecdsa_secp521r1_sha512", "EC", HashAlgorithm.SHA512),
    RSA_PSS_RSAE_SHA256(0x0804, "rsa_pss_rsae_sha256", "RSA", HashAlgorithm.SHA256),
    RSA_PSS_RSAE_SHA384(0x0805, "rsa_pss_rsae_sha384", "RSA", HashAlgorithm.SHA384),
    RSA_PSS_RSAE_SHA512(0x0806, "rsa_pss_rsae_sha512", "RSA", HashAlgorithm.SHA512),
    ED25519(0x0807, "ed25519", "Ed25519", null),
    ED448(0x0808, "ed448", "Ed448", null),
    RSA_PSS_PSS_SHA256(0x0809, "rsa_pss_pss_sha256", "RSASSA-PSS", HashAlgorithm.SHA256),
    RSA_PSS_PSS_SHA384(0x080a, "rsa_pss_pss_sha384", "RSASSA-PSS", HashAlgorithm.SHA384),
    RSA_PSS_PSS_SHA512(0x080b, "rsa_pss_pss_sha512", "RSASSA-PSS", HashAlgorithm.SHA512),
    MLDSA44(0x0904, "mldsa44", "ML-DSA-44", null), // draft-ietf-tls-mldsa §3
    MLDSA65(0x0905, "mldsa65", "ML-DSA-65", null),
    MLDSA87(0x0906, "mldsa87", "ML-DSA-87", null),
    RSA_PKCS1_SHA256_LEGACY(0x0420, "rsa_pkcs1_sha256_legacy", "RSA", HashAlgorithm.SHA256), // RFC 9963 §3
    RSA_PKCS1_SHA384_LEGACY(0x0520, "rsa_pkcs1_sha384_legacy", "RSA", HashAlgorithm.SHA384),
    RSA_PKCS1_SHA512_LEGACY(0x0620, "rsa_pkcs1_sha512_legacy", "RSA", HashAlgorithm.SHA512),
    /** How RSA signs before TLS 1.2 (RFC 2246 §4.7): PKCS#1 v1.5 around MD5 and SHA-1, without a DigestInfo. It has no number, and nobody can ask for it. */
    RSA_PKCS1_MD5_SHA1(-1, "rsa_pkcs1_md5_sha1", "RSA", HashAlgorithm.MD5_SHA1);

    private final int code;
    private final String ianaName;
    private final String keyType;
    private final HashAlgorithm hash;

    SignatureScheme(int code, String ianaName, String keyType, HashAlgorithm hash) {
        this.code = code;
        this.ianaName = ianaName;
        this.keyType = keyType;
        this.hash = hash;
    }

    /** The number on the wire; negative where there is none, {@link #isOnWire()}. */
    public int code() {
        return code;
    }

    /** Whether the scheme has a number, so that it may stand in a list of schemes. */
    public boolean isOnWire() {
        return code >= 0;
    }

    /** The registry's name; for a scheme without a number one of the same form. */
    public String ianaName() {
        return ianaName;
    }

    /** The kind of key, as OIDs tell it apart: "RSA" (rsaEncryption), "RSASSA-PSS", "EC", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87". */
    public String keyType() {
        return keyType;
    }

    /** The hash, or null where the scheme has its own. */
    public HashAlgorithm hash() {
        return hash;
    }

    /** The curve that an ECDSA scheme is bound to in TLS 1.3, or null. */
    public NamedGroup curve() {
        return switch (this) {
            case ECDSA_SECP256R1_SHA256 -> NamedGroup.SECP256R1;
            case ECDSA_SECP384R1_SHA384 -> NamedGroup.SECP384R1;
            case ECDSA_SECP521R1_SHA512 -> NamedGroup.SECP521R1;
            default -> null;
        };
    }

    // RFC 9846 §4.3.3 [8446 4.2.3]: PKCS#1 v1.5 and SHA-1 are for certificates alone.
    // RFC 9963 §3: the legacy numbers of PKCS#1 v1.5 are for a client's CertificateVerify and nothing else.
    /** Whether a TLS 1.3 CertificateVerify of a client, or of a server, may use this scheme. */
    public boolean signsHandshake13(boolean client) {
        return switch (this) {
            case RSA_PKCS1_SHA1, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, ECDSA_SHA1 -> false;
            case RSA_PKCS1_MD5_SHA1 -> false;
            default -> client || !forClientsAlone();
        };
    }

    // RFC 5246 §7.4.1.4.1, RFC 8422 §5.10, RFC 9846 §4.3.3: what came with TLS 1.3 or after it, but for RSASSA-PSS, is
    // not for TLS 1.2.
    /** Whether a message of TLS 1.2 may be signed so. */
    public boolean signsHandshake12() {
        return !forClientsAlone() && !keyType.startsWith("ML-DSA");
    }

    /** Whether only a client may sign so (RFC 9963): PKCS#1 v1.5 for the hardware that cannot do better. */
    public boolean forClientsAlone() {
        return this == RSA_PKCS1_SHA256_LEGACY || this == RSA_PKCS1_SHA384_LEGACY || this == RSA_PKCS1_SHA512_LEGACY;
    }

    /** Whether this is RSASSA-PSS, with keys of either kind. */
    public boolean isPss() {
        return code >= 0x0804 && code <= 0x0806 || code >= 0x0809 && code <= 0x080b;
    }

    // RFC 8017 §9.1.1: hash, a salt of its length and two bytes have to find room in one bit less than the modulus has.
    /** How many bits the modulus of an RSA key needs for this scheme with its salt as long as the hash; 0 for schemes other than PSS. */
    public int leastModulusBits() {
        return isPss() ? 8 * (2 * hash.length() + 1) + 2 : 0;
    }

    /** The scheme with this number, or null for one that we do not know. */
    public static SignatureScheme of(int code) {
        for (SignatureScheme s : VALUES) {
            if (s.code == code && s.isOnWire()) {
                return s;
            }
        }
        return null;
    }

    private static final SignatureScheme[] VALUES = values();
}
