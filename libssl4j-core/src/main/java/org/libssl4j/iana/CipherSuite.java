// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

import static org.libssl4j.iana.AeadAlgorithm.*;
import static org.libssl4j.iana.CbcAlgorithm.*;
import static org.libssl4j.iana.HashAlgorithm.*;
import static org.libssl4j.iana.KeyExchangeAlgorithm.*;

/** Cipher suites that we can speak (RFC 9846 §B.4; of TLS 1.2 and before those of RFC 5246, 5288, 5289, 5487, 5489, 6655, 7251, 7905 with AES and ChaCha20, in OpenSSL's order). Lists off the wire stay numbers, so unknown ones survive. */
public enum CipherSuite {
    TLS_AES_128_GCM_SHA256(0x1301, AES_128_GCM, SHA256),
    TLS_AES_256_GCM_SHA384(0x1302, AES_256_GCM, SHA384),
    TLS_CHACHA20_POLY1305_SHA256(0x1303, CHACHA20_POLY1305, SHA256),
    TLS_AES_128_CCM_SHA256(0x1304, AES_128_CCM, SHA256),
    TLS_AES_128_CCM_8_SHA256(0x1305, AES_128_CCM_8, SHA256),

    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(
            0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2", ECDHE_ECDSA, AES_256_GCM, SHA384),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(
            0xc030, "ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", ECDHE_RSA, AES_256_GCM, SHA384),
    TLS_DHE_RSA_WITH_AES_256_GCM_SHA384(0x009f, "DHE-RSA-AES256-GCM-SHA384", "TLSv1.2", DHE_RSA, AES_256_GCM, SHA384),
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(
            0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305", "TLSv1.2", ECDHE_ECDSA, CHACHA20_POLY1305, SHA256),
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(
            0xcca8, "ECDHE-RSA-CHACHA20-POLY1305", "TLSv1.2", ECDHE_RSA, CHACHA20_POLY1305, SHA256),
    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256(
            0xccaa, "DHE-RSA-CHACHA20-POLY1305", "TLSv1.2", DHE_RSA, CHACHA20_POLY1305, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8(
            0xc0af, "ECDHE-ECDSA-AES256-CCM8", "TLSv1.2", ECDHE_ECDSA, AES_256_CCM_8, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_256_CCM(0xc0ad, "ECDHE-ECDSA-AES256-CCM", "TLSv1.2", ECDHE_ECDSA, AES_256_CCM, SHA256),
    TLS_DHE_RSA_WITH_AES_256_CCM_8(0xc0a3, "DHE-RSA-AES256-CCM8", "TLSv1.2", DHE_RSA, AES_256_CCM_8, SHA256),
    TLS_DHE_RSA_WITH_AES_256_CCM(0xc09f, "DHE-RSA-AES256-CCM", "TLSv1.2", DHE_RSA, AES_256_CCM, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(
            0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2", ECDHE_ECDSA, AES_128_GCM, SHA256),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(
            0xc02f, "ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2", ECDHE_RSA, AES_128_GCM, SHA256),
    TLS_DHE_RSA_WITH_AES_128_GCM_SHA256(0x009e, "DHE-RSA-AES128-GCM-SHA256", "TLSv1.2", DHE_RSA, AES_128_GCM, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8(
            0xc0ae, "ECDHE-ECDSA-AES128-CCM8", "TLSv1.2", ECDHE_ECDSA, AES_128_CCM_8, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_128_CCM(0xc0ac, "ECDHE-ECDSA-AES128-CCM", "TLSv1.2", ECDHE_ECDSA, AES_128_CCM, SHA256),
    TLS_DHE_RSA_WITH_AES_128_CCM_8(0xc0a2, "DHE-RSA-AES128-CCM8", "TLSv1.2", DHE_RSA, AES_128_CCM_8, SHA256),
    TLS_DHE_RSA_WITH_AES_128_CCM(0xc09e, "DHE-RSA-AES128-CCM", "TLSv1.2", DHE_RSA, AES_128_CCM, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384(
            0xc024, "ECDHE-ECDSA-AES256-SHA384", "TLSv1.2", ECDHE_ECDSA, AES_256_CBC, SHA384, SHA384),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384(
            0xc028, "ECDHE-RSA-AES256-SHA384", "TLSv1.2", ECDHE_RSA, AES_256_CBC, SHA384, SHA384),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA256(
            0x006b, "DHE-RSA-AES256-SHA256", "TLSv1.2", DHE_RSA, AES_256_CBC, SHA256, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256(
            0xc023, "ECDHE-ECDSA-AES128-SHA256", "TLSv1.2", ECDHE_ECDSA, AES_128_CBC, SHA256, SHA256),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256(
            0xc027, "ECDHE-RSA-AES128-SHA256", "TLSv1.2", ECDHE_RSA, AES_128_CBC, SHA256, SHA256),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA256(
            0x0067, "DHE-RSA-AES128-SHA256", "TLSv1.2", DHE_RSA, AES_128_CBC, SHA256, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(
            0xc00a, "ECDHE-ECDSA-AES256-SHA", "TLSv1", ECDHE_ECDSA, AES_256_CBC, SHA1, SHA256),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(0xc014, "ECDHE-RSA-AES256-SHA", "TLSv1", ECDHE_RSA, AES_256_CBC, SHA1, SHA256),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA(0x0039, "DHE-RSA-AES256-SHA", "SSLv3", DHE_RSA, AES_256_CBC, SHA1, SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(
            0xc009, "ECDHE-ECDSA-AES128-SHA", "TLSv1", ECDHE_ECDSA, AES_128_CBC, SHA1, SHA256),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(0xc013, "ECDHE-RSA-AES128-SHA", "TLSv1", ECDHE_RSA, AES_128_CBC, SHA1, SHA256),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA(0x0033, "DHE-RSA-AES128-SHA", "SSLv3", DHE_RSA, AES_128_CBC, SHA1, SHA256),
    TLS_DHE_PSK_WITH_AES_256_GCM_SHA384(0x00ab, "DHE-PSK-AES256-GCM-SHA384", "TLSv1.2", DHE_PSK, AES_256_GCM, SHA384),
    TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256(
            0xccad, "DHE-PSK-CHACHA20-POLY1305", "TLSv1.2", DHE_PSK, CHACHA20_POLY1305, SHA256),
    TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256(
            0xccac, "ECDHE-PSK-CHACHA20-POLY1305", "TLSv1.2", ECDHE_PSK, CHACHA20_POLY1305, SHA256),
    TLS_PSK_DHE_WITH_AES_256_CCM_8(0xc0ab, "DHE-PSK-AES256-CCM8", "TLSv1.2", DHE_PSK, AES_256_CCM_8, SHA256),
    TLS_DHE_PSK_WITH_AES_256_CCM(0xc0a7, "DHE-PSK-AES256-CCM", "TLSv1.2", DHE_PSK, AES_256_CCM, SHA256),
    TLS_RSA_WITH_AES_256_GCM_SHA384(0x009d, "AES256-GCM-SHA384", "TLSv1.2", RSA, AES_256_GCM, SHA384),
    TLS_RSA_WITH_AES_256_CCM_8(0xc0a1, "AES256-CCM8", "TLSv1.2", RSA, AES_256_CCM_8, SHA256),
    TLS_RSA_WITH_AES_256_CCM(0xc09d, "AES256-CCM", "TLSv1.2", RSA, AES_256_CCM, SHA256),
    TLS_PSK_WITH_AES_256_GCM_SHA384(0x00a9, "PSK-AES256-GCM-SHA384", "TLSv1.2", PSK, AES_256_GCM, SHA384),
    TLS_PSK_WITH_CHACHA20_POLY1305_SHA256(0xccab, "PSK-CHACHA20-POLY1305", "TLSv1.2", PSK, CHACHA20_POLY1305, SHA256),
    TLS_PSK_WITH_AES_256_CCM_8(0xc0a9, "PSK-AES256-CCM8", "TLSv1.2", PSK, AES_256_CCM_8, SHA256),
    TLS_PSK_WITH_AES_256_CCM(0xc0a5, "PSK-AES256-CCM", "TLSv1.2", PSK, AES_256_CCM, SHA256),
    TLS_DHE_PSK_WITH_AES_128_GCM_SHA256(0x00aa, "DHE-PSK-AES128-GCM-SHA256", "TLSv1.2", DHE_PSK, AES_128_GCM, SHA256),
    TLS_PSK_DHE_WITH_AES_128_CCM_8(0xc0aa, "DHE-PSK-AES128-CCM8", "TLSv1.2", DHE_PSK, AES_128_CCM_8, SHA256),
    TLS_DHE_PSK_WITH_AES_128_CCM(0xc0a6, "DHE-PSK-AES128-CCM", "TLSv1.2", DHE_PSK, AES_128_CCM, SHA256),
    TLS_RSA_WITH_AES_128_GCM_SHA256(0x009c, "AES128-GCM-SHA256", "TLSv1.2", RSA, AES_128_GCM, SHA256),
    TLS_RSA_WITH_AES_128_CCM_8(0xc0a0, "AES128-CCM8", "TLSv1.2", RSA, AES_128_CCM_8, SHA256),
    TLS_RSA_WITH_AES_128_CCM(0xc09c, "AES128-CCM", "TLSv1.2", RSA, AES_128_CCM, SHA256),
    TLS_PSK_WITH_AES_128_GCM_SHA256(0x00a8, "PSK-AES128-GCM-SHA256", "TLSv1.2", PSK, AES_128_GCM, SHA256),
    TLS_PSK_WITH_AES_128_CCM_8(0xc0a8, "PSK-AES128-CCM8", "TLSv1.2", PSK, AES_128_CCM_8, SHA256),
    TLS_PSK_WITH_AES_128_CCM(0xc0a4, "PSK-AES128-CCM", "TLSv1.2", PSK, AES_128_CCM, SHA256),
    TLS_RSA_WITH_AES_256_CBC_SHA256(0x003d, "AES256-SHA256", "TLSv1.2", RSA, AES_256_CBC, SHA256, SHA256),
    TLS_RSA_WITH_AES_128_CBC_SHA256(0x003c, "AES128-SHA256", "TLSv1.2", RSA, AES_128_CBC, SHA256, SHA256),
    TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384(
            0xc038, "ECDHE-PSK-AES256-CBC-SHA384", "TLSv1", ECDHE_PSK, AES_256_CBC, SHA384, SHA384),
    TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA(
            0xc036, "ECDHE-PSK-AES256-CBC-SHA", "TLSv1", ECDHE_PSK, AES_256_CBC, SHA1, SHA256),
    TLS_DHE_PSK_WITH_AES_256_CBC_SHA384(
            0x00b3, "DHE-PSK-AES256-CBC-SHA384", "TLSv1", DHE_PSK, AES_256_CBC, SHA384, SHA384),
    TLS_DHE_PSK_WITH_AES_256_CBC_SHA(0x0091, "DHE-PSK-AES256-CBC-SHA", "SSLv3", DHE_PSK, AES_256_CBC, SHA1, SHA256),
    TLS_RSA_WITH_AES_256_CBC_SHA(0x0035, "AES256-SHA", "SSLv3", RSA, AES_256_CBC, SHA1, SHA256),
    TLS_PSK_WITH_AES_256_CBC_SHA384(0x00af, "PSK-AES256-CBC-SHA384", "TLSv1", PSK, AES_256_CBC, SHA384, SHA384),
    TLS_PSK_WITH_AES_256_CBC_SHA(0x008d, "PSK-AES256-CBC-SHA", "SSLv3", PSK, AES_256_CBC, SHA1, SHA256),
    TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256(
            0xc037, "ECDHE-PSK-AES128-CBC-SHA256", "TLSv1", ECDHE_PSK, AES_128_CBC, SHA256, SHA256),
    TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA(
            0xc035, "ECDHE-PSK-AES128-CBC-SHA", "TLSv1", ECDHE_PSK, AES_128_CBC, SHA1, SHA256),
    TLS_DHE_PSK_WITH_AES_128_CBC_SHA256(
            0x00b2, "DHE-PSK-AES128-CBC-SHA256", "TLSv1", DHE_PSK, AES_128_CBC, SHA256, SHA256),
    TLS_DHE_PSK_WITH_AES_128_CBC_SHA(0x0090, "DHE-PSK-AES128-CBC-SHA", "SSLv3", DHE_PSK, AES_128_CBC, SHA1, SHA256),
    TLS_RSA_WITH_AES_128_CBC_SHA(0x002f, "AES128-SHA", "SSLv3", RSA, AES_128_CBC, SHA1, SHA256),
    TLS_PSK_WITH_AES_128_CBC_SHA256(0x00ae, "PSK-AES128-CBC-SHA256", "TLSv1", PSK, AES_128_CBC, SHA256, SHA256),
    TLS_PSK_WITH_AES_128_CBC_SHA(0x008c, "PSK-AES128-CBC-SHA", "SSLv3", PSK, AES_128_CBC, SHA1, SHA256);

    private final int code;
    private final String opensslName;
    private final String opensslVersion;
    private final KeyExchangeAlgorithm keyExchange;
    private final AeadAlgorithm aead;
    private final CbcAlgorithm cbc;
    private final HashAlgorithm mac;
    private final HashAlgorithm hash;

    /** One of TLS 1.3, whose name is OpenSSL's too. */
    CipherSuite(int code, AeadAlgorithm aead, HashAlgorithm hash) {
        this(code, null, "TLSv1.3", ANY, aead, null, null, hash);
    }

    CipherSuite(
            int code, String name, String version, KeyExchangeAlgorithm kx, AeadAlgorithm aead, HashAlgorithm hash) {
        this(code, name, version, kx, aead, null, null, hash);
    }

    CipherSuite(
            int code,
            String name,
            String version,
            KeyExchangeAlgorithm kx,
            CbcAlgorithm cbc,
            HashAlgorithm mac,
            HashAlgorithm hash) {
        this(code, name, version, kx, null, cbc, mac, hash);
    }

    CipherSuite(
            int code,
            String name,
            String version,
            KeyExchangeAlgorithm kx,
            AeadAlgorithm aead,
            CbcAlgorithm cbc,
            HashAlgorithm mac,
            HashAlgorithm hash) {
        this.code = code;
        this.opensslName = name == null ? name() : name;
        this.opensslVersion = version;
        this.keyExchange = kx;
        this.aead = aead;
        this.cbc = cbc;
        this.mac = mac;
        this.hash = hash;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** OpenSSL's name: of TLS 1.3 suites the registry's, of others such as "ECDHE-RSA-AES128-GCM-SHA256". */
    public String opensslName() {
        return opensslName;
    }

    /** What {@code openssl ciphers -v} prints as the version from which on it may be used: "SSLv3", "TLSv1", "TLSv1.2" or "TLSv1.3". */
    public String opensslVersion() {
        return opensslVersion;
    }

    /** The oldest version that has it, of those that we speak. */
    public ProtocolVersion since() {
        return switch (opensslVersion) {
            case "TLSv1.3" -> ProtocolVersion.TLS1_3;
            case "TLSv1.2" -> ProtocolVersion.TLS1_2;
            default -> ProtocolVersion.TLS1_0;
        };
    }

    /** Whether it may be used with this version: suites of TLS 1.3 with that alone, no other one with it (RFC 9846 §B.4). */
    public boolean fits(ProtocolVersion v) {
        return (v == ProtocolVersion.TLS1_3) == (since() == ProtocolVersion.TLS1_3) && v.compareTo(since()) >= 0;
    }

    /** How the premaster secret is made; {@link KeyExchangeAlgorithm#ANY} in TLS 1.3. */
    public KeyExchangeAlgorithm keyExchange() {
        return keyExchange;
    }

    /** The cipher that protects records; null for a suite with CBC. */
    public AeadAlgorithm aead() {
        return aead;
    }

    /** The block cipher that, with {@link #mac()}, protects records; null for a suite with an AEAD. */
    public CbcAlgorithm cbc() {
        return cbc;
    }

    /** The hash of the HMAC over records; null for a suite with an AEAD. */
    public HashAlgorithm mac() {
        return mac;
    }

    /** Bits of the cipher's key, by which OpenSSL tells strong suites from weak ones. */
    public int strengthBits() {
        return 8 * (aead != null ? aead.keyLength() : cbc.keyLength());
    }

    /** What {@code openssl ciphers -v} prints behind Enc=: "AESGCM(256)". */
    public String opensslCipher() {
        String name = cbc != null
                ? "AES"
                : switch (aead) {
                    case AES_128_GCM, AES_256_GCM -> "AESGCM";
                    case AES_128_CCM, AES_256_CCM -> "AESCCM";
                    case AES_128_CCM_8, AES_256_CCM_8 -> "AESCCM8";
                    case CHACHA20_POLY1305 -> "CHACHA20/POLY1305";
                };
        return name + "(" + strengthBits() + ")";
    }

    /** What {@code openssl ciphers -v} prints behind Mac=: "AEAD", "SHA1", "SHA256" or "SHA384". */
    public String opensslMac() {
        return mac == null ? "AEAD" : mac.name();
    }

    /** A line of {@code openssl ciphers -v}: name, version, key exchange, authentication, cipher and MAC. */
    public String description() {
        return String.format(
                "%-30s %-7s Kx=%-8s Au=%-5s Enc=%-22s Mac=%-4s",
                opensslName,
                opensslVersion,
                keyExchange.opensslKeyExchange(),
                keyExchange.opensslAuthentication(),
                opensslCipher(),
                opensslMac());
    }

    /** The hash of the transcript and of the key schedule, from TLS 1.2 on: before, it is MD5 and SHA-1 together. */
    public HashAlgorithm hash() {
        return hash;
    }

    /** The suite with this number, or null for one that we do not know. */
    public static CipherSuite of(int code) {
        for (CipherSuite s : VALUES) {
            if (s.code == code) {
                return s;
            }
        }
        return null;
    }

    /** The suite with this name, OpenSSL's or the registry's, or null for one that we do not know. */
    public static CipherSuite named(String name) {
        for (CipherSuite s : VALUES) {
            if (s.opensslName.equals(name) || s.name().equals(name)) {
                return s;
            }
        }
        return null;
    }

    private static final CipherSuite[] VALUES = values();
}
