// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;

/** How weak anything may be that a connection rests on, in six steps (SSL_CTX_set_security_level(3)). Each question is answered by what is asked about and the level alone. */
public enum SecurityLevel {
    /** All that there is, but for finite-field Diffie-Hellman below 1,024 bits. */
    LEVEL_0(0),
    LEVEL_1(80),
    LEVEL_2(112),
    LEVEL_3(128),
    LEVEL_4(192),
    LEVEL_5(256);

    /** What a context begins with: OpenSSL's since 3.2. */
    public static final SecurityLevel DEFAULT = LEVEL_2;

    private static final SecurityLevel[] VALUES = values();

    /** Of what is not known to us. */
    private static final int UNKNOWN = 0;

    private final int bits;

    SecurityLevel(int bits) {
        this.bits = bits;
    }

    /**
     * The level with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SecurityLevel of(int number) {
        if (number < 0 || number >= VALUES.length) {
            throw new IllegalArgumentException("a security level of " + number + "; 0 to 5 allowed");
        }
        return VALUES[number];
    }

    /** The number, 0 to 5. */
    public int number() {
        return ordinal();
    }

    /** Bits of security that all has to have. */
    public int bits() {
        return bits;
    }

    /** TLS 1.0 and 1.1 rest on MD5 and SHA-1, and so are for level 0 alone. */
    public boolean allows(ProtocolVersion v) {
        return this == LEVEL_0 || v.compareTo(ProtocolVersion.TLS1_2) >= 0;
    }

    /** By the strength of cipher and MAC, which of AES-CCM-8 is 64 bits; from level 3 on with forward secrecy alone. */
    public boolean allows(CipherSuite s) {
        if (this == LEVEL_0) {
            return true;
        }
        KeyExchangeAlgorithm kx = s.keyExchange();
        boolean forwardSecret = kx == KeyExchangeAlgorithm.ANY || kx.ecdhe() || kx.dhe();
        return (s.aead() == null || s.aead().tagLength() >= 16)
                && s.strengthBits() >= bits
                && (s.mac() != HashAlgorithm.SHA1 || bits <= 8 * HashAlgorithm.SHA1.length())
                && (forwardSecret || compareTo(LEVEL_3) < 0);
    }

    /** By the strength of its best attack; for a hybrid that of its post-quantum half, as OpenSSL counts. */
    public boolean allowsGroup(NamedGroup g) {
        return securityBits(g) >= bits;
    }

    /** Of finite-field Diffie-Hellman with a prime of so many bits. 1,024 are the least also at level 0. */
    public boolean allowsDhBits(int primeBits) {
        return modulus(primeBits) >= Math.max(bits, LEVEL_1.bits);
    }

    /** By the collisions of its hash. So SHA-1, of which they are known, is for level 0 alone. */
    public boolean allowsSignature(SignatureScheme s) {
        return securityBits(s) >= bits;
    }

    /** Of a certificate. A key of a kind that is not known is taken at level 0 alone. */
    public boolean allowsKey(PublicKey key) {
        return this == LEVEL_0 || securityBits(key) >= bits;
    }

    /** Tickets of TLS 1.2 and before put a session's secret under a key that outlives it; from level 3 on that is not forward secret enough. */
    public boolean allowsTickets() {
        return compareTo(LEVEL_3) < 0;
    }

    /** Bits of security of a group. */
    public static int securityBits(NamedGroup g) {
        return switch (g) {
            case FFDHE2048 -> 112;
            case SECP256R1, X25519, FFDHE3072, MLKEM512 -> 128;
            case SECP384R1, MLKEM768, SECP256R1MLKEM768, X25519MLKEM768 -> 192;
            case X448 -> 224;
            case SECP521R1, MLKEM1024, SECP384R1MLKEM1024 -> 256;
        };
    }

    /** Bits of security of a signature against a collision of what is signed. */
    public static int securityBits(SignatureScheme s) {
        return switch (s) {
            case ED25519, MLDSA44 -> 128;
            case MLDSA65 -> 192;
            case ED448 -> 224;
            case MLDSA87 -> 256;
            default -> securityBits(s.hash());
        };
    }

    /** Bits of security of a hash against collisions; of SHA-1 what the best attack leaves. */
    public static int securityBits(HashAlgorithm h) {
        return h == HashAlgorithm.SHA1 ? 63 : 4 * h.length();
    }

    /** Bits of security of a digest with this name, as JCA or an OID's name has it ("SHA256", "SHA-256"); 0 for one that is not known. */
    public static int digestBits(String name) {
        return switch (name.toUpperCase(Locale.ROOT).replace("-", "").replace("/", "")) {
            case "SHA", "SHA1" -> securityBits(HashAlgorithm.SHA1);
            case "SHA224", "SHA512224", "SHA3224" -> 112;
            case "SHA256", "SHA512256", "SHA3256" -> 128;
            case "SHA384", "SHA3384" -> 192;
            case "SHA512", "SHA3512" -> 256;
            default -> UNKNOWN;
        };
    }

    /** Bits of security of a key; 0 for one of a kind that is not known. */
    public static int securityBits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return modulus(rsa.getModulus().bitLength());
        }
        if (key instanceof ECKey ec) {
            return curve(ec.getParams().getOrder().bitLength());
        }
        if (key instanceof DSAKey dsa && dsa.getParams() != null) {
            return Math.min(
                    modulus(dsa.getParams().getP().bitLength()),
                    dsa.getParams().getQ().bitLength() / 2);
        }
        if (key instanceof EdECKey ed) {
            return byName(ed.getParams().getName());
        }
        // The JDK's keys of ML-DSA name their kind by a method that came with JDK 22; their lengths tell as much.
        if (key.getAlgorithm().equals("ML-DSA") && key.getEncoded() != null) {
            int length = key.getEncoded().length;
            return length > 2_592 ? 256 : length > 1_952 ? 192 : 128;
        }
        return byName(key.getAlgorithm());
    }

    /** By the algorithm's name, or its OID, which a key has that the JDK could not make one of its own classes of. */
    private static int byName(String algorithm) {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "ED25519", "1.3.101.112", "ML-DSA-44", "2.16.840.1.101.3.4.3.17" -> 128;
            case "ML-DSA-65", "2.16.840.1.101.3.4.3.18" -> 192;
            case "ED448", "1.3.101.113" -> 224;
            case "ML-DSA-87", "2.16.840.1.101.3.4.3.19" -> 256;
            default -> UNKNOWN;
        };
    }

    private static int curve(int orderBits) {
        return orderBits >= 512
                ? 256
                : orderBits >= 384 ? 192 : orderBits >= 256 ? 128 : orderBits >= 224 ? 112 : orderBits / 2;
    }

    /** NIST SP 800-57 part 1, table 2, for RSA, Diffie-Hellman and DSA; what lies between two rows counts as the lower one. */
    private static int modulus(int modulusBits) {
        return modulusBits >= 15360
                ? 256
                : modulusBits >= 7680
                        ? 192
                        : modulusBits >= 3072 ? 128 : modulusBits >= 2048 ? 112 : modulusBits >= 1024 ? 80 : 0;
    }
}
