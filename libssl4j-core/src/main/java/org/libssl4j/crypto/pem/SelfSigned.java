// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;
import org.libssl4j.wire.IpLiteral;

/**
 * A self-signed certificate for a new key on P-256 (RFC 5280 §4.1), for servers that are to be tried out at once: names in subjectAltName, good for servers and clients, no CA.
 *
 * @param certificate in DER
 */
public record SelfSigned(byte[] certificate, PrivateKey key) {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final int MOST_IN_COMMON_NAME = 64;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_3 = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    /**
     * Makes one.
     *
     * @param names host names in ASCII, or IP addresses in text form; at least one
     * @throws GeneralSecurityException if the JDK has no P-256 or ECDSA
     */
    public static SelfSigned make(List<String> names, Instant notBefore, Instant notAfter)
            throws GeneralSecurityException {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a certificate for no name");
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        byte[] algorithm =
                new DerWriter().oid(ECDSA_WITH_SHA256).wrap(DerReader.SEQUENCE).toByteArray();
        byte[] name = name(names.get(0));
        byte[] tbs = new DerWriter()
                .raw(new DerWriter().integer(2).wrap(CONTEXT_0).toByteArray())
                .element(DerReader.INTEGER, serial())
                .raw(algorithm)
                .raw(name)
                .raw(new DerWriter()
                        .time(notBefore)
                        .time(notAfter)
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .raw(name)
                .raw(pair.getPublic().getEncoded())
                .raw(extensions(names))
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(tbs);
        byte[] der = new DerWriter()
                .raw(tbs)
                .raw(algorithm)
                .bits(signature.sign())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        return new SelfSigned(der, pair.getPrivate());
    }

    @Override
    public String toString() {
        return "self-signed certificate of " + certificate.length + " bytes";
    }

    /** RFC 5280 §4.1.2.2: positive, at most 20 octets, not to be guessed. */
    private static byte[] serial() {
        byte[] serial = new byte[16];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) (serial[0] & 0x3f | 0x40);
        return serial;
    }

    private static byte[] name(String commonName) {
        String text =
                commonName.length() > MOST_IN_COMMON_NAME ? commonName.substring(0, MOST_IN_COMMON_NAME) : commonName;
        return new DerWriter()
                .oid(COMMON_NAME)
                .utf8(text)
                .wrap(DerReader.SEQUENCE)
                .wrap(DerReader.SET)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static byte[] extensions(List<String> names) {
        DerWriter altNames = new DerWriter();
        for (String n : names) {
            byte[] address = IpLiteral.parse(n);
            altNames.element(address != null ? IP_ADDRESS : DNS_NAME, address != null ? address : ascii(n));
        }
        return new DerWriter()
                .raw(extension("2.5.29.15", true, new DerWriter().namedBits(DIGITAL_SIGNATURE)))
                .raw(extension("2.5.29.17", false, altNames.wrap(DerReader.SEQUENCE)))
                .wrap(DerReader.SEQUENCE)
                .wrap(CONTEXT_3)
                .toByteArray();
    }

    private static byte[] extension(String oid, boolean critical, DerWriter value) {
        DerWriter out = new DerWriter().oid(oid);
        if (critical) {
            out.bool(true);
        }
        return out.octets(value.toByteArray()).wrap(DerReader.SEQUENCE).toByteArray();
    }

    private static byte[] ascii(String name) {
        byte[] bytes = new byte[name.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = name.charAt(i);
            if (c <= 0x20 || c >= 0x7f) {
                throw new IllegalArgumentException("'" + name + "' is no host name in ASCII");
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }
}
