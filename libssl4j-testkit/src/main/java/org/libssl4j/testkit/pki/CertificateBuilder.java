// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.pki;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;
import org.libssl4j.wire.IpLiteral;

/**
 * Builds a {@link TestCertificate} (RFC 5280 §4.1): what is not said is as a careful authority would have it, what is said is written as it is, however odd.
 */
public final class CertificateBuilder {
    public static final int DIGITAL_SIGNATURE = 0;
    public static final int KEY_ENCIPHERMENT = 2;
    public static final int KEY_CERT_SIGN = 5;
    public static final int CRL_SIGN = 6;
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    public static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    public static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private static final AtomicLong NEXT_SERIAL = new AtomicLong(1);

    private record Extension(boolean critical, byte[] value) {}

    private final DerWriter altNames = new DerWriter();
    private final Map<String, Extension> extensions = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private TestCertificate issuer;
    private KeyPair keys;
    private Instant notBefore = Instant.now().minus(Duration.ofDays(1));
    private Instant notAfter = Instant.now().plus(Duration.ofDays(30));
    private boolean authority;
    private String algorithm;
    private PrivateKey signer;
    private BigInteger serial = BigInteger.valueOf(NEXT_SERIAL.getAndIncrement());
    private String commonName = "test certificate " + serial;
    private int version = 3;
    private boolean spoilt;
    private boolean altNameCritical;

    CertificateBuilder() {}

    /** The subject's common name; null for an empty subject. */
    public CertificateBuilder commonName(String name) {
        commonName = name;
        return this;
    }

    /** Adds dNSName entries, letter by letter as given (ISO 8859-1). */
    public CertificateBuilder dns(String... names) {
        for (String n : names) {
            altNames.element(DNS_NAME, n.getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    /** Adds iPAddress entries. */
    public CertificateBuilder ip(String... addresses) {
        for (String a : addresses) {
            altNames.element(IP_ADDRESS, IpLiteral.parse(a));
        }
        return this;
    }

    /** Adds an entry of subjectAltName of any kind, right or not. */
    public CertificateBuilder altName(int tag, byte... content) {
        altNames.element(tag, content);
        return this;
    }

    /** Marks subjectAltName critical. */
    public CertificateBuilder criticalAltName() {
        altNameCritical = true;
        return this;
    }

    /** Makes it a CA below which there may be this many intermediates. */
    public CertificateBuilder ca(int pathLength) {
        authority = true;
        DerWriter value = new DerWriter().bool(true).integer(pathLength);
        return extension(BASIC_CONSTRAINTS, true, value.wrap(DerReader.SEQUENCE).toByteArray());
    }

    /** Makes it a CA. */
    public CertificateBuilder ca() {
        authority = true;
        byte[] value = new DerWriter().bool(true).wrap(DerReader.SEQUENCE).toByteArray();
        return extension(BASIC_CONSTRAINTS, true, value);
    }

    /** Says outright that it is none, with an empty basicConstraints. */
    public CertificateBuilder noCa() {
        return extension(
                BASIC_CONSTRAINTS,
                true,
                new DerWriter().wrap(DerReader.SEQUENCE).toByteArray());
    }

    public CertificateBuilder issuedBy(TestCertificate parent) {
        issuer = parent;
        return this;
    }

    public CertificateBuilder validity(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    public CertificateBuilder ec(String curve) {
        return generate("EC", new ECGenParameterSpec(curve));
    }

    public CertificateBuilder rsa(int bits) {
        return generate("RSA", bits);
    }

    /** A key that is for RSASSA-PSS alone. */
    public CertificateBuilder rsaPss(int bits) {
        return generate("RSASSA-PSS", bits);
    }

    public CertificateBuilder ed25519() {
        return generate("Ed25519", 0);
    }

    public CertificateBuilder ed448() {
        return generate("Ed448", 0);
    }

    /** Keys made elsewhere. */
    public CertificateBuilder keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /** The keys of another, for cross-signed and renewed certificates. */
    public CertificateBuilder keysOf(TestCertificate other) {
        keys = new KeyPair(other.publicKey(), other.privateKey());
        return this;
    }

    /** extKeyUsage with these; none at all if empty. */
    public CertificateBuilder eku(String... usages) {
        if (usages.length == 0) {
            return without(EXTENDED_KEY_USAGE);
        }
        DerWriter value = new DerWriter();
        for (String u : usages) {
            value.oid(u);
        }
        return extension(
                EXTENDED_KEY_USAGE, false, value.wrap(DerReader.SEQUENCE).toByteArray());
    }

    /** keyUsage with these bits; none at all if empty. */
    public CertificateBuilder keyUsage(int... bits) {
        return bits.length == 0
                ? without(KEY_USAGE)
                : extension(KEY_USAGE, true, new DerWriter().namedBits(bits).toByteArray());
    }

    /** nameConstraints on dNSName; null for no list of that kind. */
    public CertificateBuilder nameConstraints(List<String> permitted, List<String> excluded) {
        DerWriter value = new DerWriter();
        if (permitted != null) {
            value.element(0xa0, subtrees(permitted));
        }
        if (excluded != null) {
            value.element(0xa1, subtrees(excluded));
        }
        return extension(NAME_CONSTRAINTS, true, value.wrap(DerReader.SEQUENCE).toByteArray());
    }

    /** An extension, in place of what would stand there. */
    public CertificateBuilder extension(String oid, boolean critical, byte... value) {
        extensions.put(oid, new Extension(critical, value.clone()));
        return this;
    }

    /** Leaves this extension out. */
    public CertificateBuilder without(String oid) {
        leftOut.add(oid);
        return this;
    }

    /** Leaves out what ties a certificate to the key of its issuer, so that names alone do. */
    public CertificateBuilder withoutKeyIdentifiers() {
        return without(SUBJECT_KEY_IDENTIFIER).without(AUTHORITY_KEY_IDENTIFIER);
    }

    /** The JDK's name of the signature's algorithm; the usual one for the signer's key if not said. */
    public CertificateBuilder sigAlg(String name) {
        algorithm = name;
        return this;
    }

    /** Has another sign in the issuer's name. */
    public CertificateBuilder signedBy(TestCertificate other) {
        signer = other.privateKey();
        return this;
    }

    /** Turns a bit of the signature. */
    public CertificateBuilder badSignature() {
        spoilt = true;
        return this;
    }

    public CertificateBuilder serial(long number) {
        serial = BigInteger.valueOf(number);
        return this;
    }

    /** Version 1: no extensions. */
    public CertificateBuilder version1() {
        version = 1;
        return this;
    }

    public TestCertificate build() {
        try {
            if (keys == null) {
                ec("secp256r1");
            }
            byte[] subject = name(commonName);
            PrivateKey signingKey = signer != null ? signer : issuer != null ? issuer.privateKey() : keys.getPrivate();
            SignatureAlgorithm how =
                    algorithm != null ? SignatureAlgorithm.of(algorithm) : SignatureAlgorithm.of(signingKey);
            byte[] tbs = tbs(subject, how);
            byte[] signature = how.sign(signingKey, tbs);
            if (spoilt) {
                signature[signature.length - 1] ^= 1;
            }
            byte[] der = new DerWriter()
                    .raw(tbs)
                    .raw(how.identifier())
                    .bits(signature)
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray();
            return new TestCertificate(der, subject, keys.getPublic(), keys.getPrivate(), issuer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make this test certificate", e);
        }
    }

    private byte[] tbs(byte[] subject, SignatureAlgorithm how) throws GeneralSecurityException {
        DerWriter tbs = new DerWriter();
        if (version > 1) {
            tbs.element(0xa0, new DerWriter().integer(version - 1L).toByteArray());
        }
        DerWriter validity = new DerWriter().time(notBefore).time(notAfter).wrap(DerReader.SEQUENCE);
        tbs.integer(serial)
                .raw(how.identifier())
                .raw(issuer != null ? issuer.subject() : subject)
                .raw(validity.toByteArray())
                .raw(subject)
                .raw(keys.getPublic().getEncoded());
        if (version > 1) {
            tbs.element(0xa3, extensions());
        }
        return tbs.wrap(DerReader.SEQUENCE).toByteArray();
    }

    private byte[] extensions() throws GeneralSecurityException {
        Map<String, Extension> all = new LinkedHashMap<>();
        byte[] ownId =
                new DerWriter().octets(keyHash(keys.getPublic().getEncoded())).toByteArray();
        all.put(SUBJECT_KEY_IDENTIFIER, new Extension(false, ownId));
        if (issuer != null) {
            byte[] id = new DerWriter()
                    .element(0x80, keyHash(issuer.publicKey().getEncoded()))
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray();
            all.put(AUTHORITY_KEY_IDENTIFIER, new Extension(false, id));
        }
        int[] usage = authority ? new int[] {KEY_CERT_SIGN, CRL_SIGN} : new int[] {DIGITAL_SIGNATURE};
        all.put(KEY_USAGE, new Extension(true, new DerWriter().namedBits(usage).toByteArray()));
        byte[] names = altNames.toByteArray();
        if (names.length > 0) {
            all.put(
                    SUBJECT_ALT_NAME,
                    new Extension(
                            altNameCritical,
                            new DerWriter().element(DerReader.SEQUENCE, names).toByteArray()));
        }
        if (!authority) {
            byte[] both = new DerWriter()
                    .oid(SERVER_AUTH)
                    .oid(CLIENT_AUTH)
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray();
            all.put(EXTENDED_KEY_USAGE, new Extension(false, both));
        }
        leftOut.forEach(all::remove);
        all.putAll(extensions);
        DerWriter out = new DerWriter();
        all.forEach((oid, e) -> {
            DerWriter one = new DerWriter().oid(oid);
            if (e.critical) {
                one.bool(true);
            }
            out.raw(one.octets(e.value).wrap(DerReader.SEQUENCE).toByteArray());
        });
        return out.wrap(DerReader.SEQUENCE).toByteArray();
    }

    /** RFC 5280 §4.2.1.2: any way of making unique values will do; here the whole of subjectPublicKeyInfo is hashed. */
    private static byte[] keyHash(byte[] spki) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(spki);
    }

    private static byte[] name(String commonName) {
        DerWriter name = new DerWriter();
        if (commonName != null) {
            name.oid(COMMON_NAME).utf8(commonName).wrap(DerReader.SEQUENCE).wrap(DerReader.SET);
        }
        return name.wrap(DerReader.SEQUENCE).toByteArray();
    }

    private static byte[] subtrees(List<String> names) {
        DerWriter all = new DerWriter();
        for (String n : names) {
            byte[] base = new DerWriter()
                    .element(DNS_NAME, n.getBytes(StandardCharsets.US_ASCII))
                    .toByteArray();
            all.element(DerReader.SEQUENCE, base);
        }
        return all.toByteArray();
    }

    private CertificateBuilder generate(String type, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(parameters);
            keys = generator.generateKeyPair();
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the JDK makes no such keys: " + type, e);
        }
    }

    private CertificateBuilder generate(String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            if (bits > 0) {
                generator.initialize(bits);
            }
            keys = generator.generateKeyPair();
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the JDK makes no such keys: " + type, e);
        }
    }
}
