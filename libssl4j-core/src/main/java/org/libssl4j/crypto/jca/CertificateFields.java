// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.util.Arrays;
import java.util.HexFormat;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/**
 * What TLS itself asks of a certificate (RFC 5280 §4.1), read by ourselves: the JDK refuses some certificates whole for a field that TLS does not need.
 *
 * @param spki the subjectPublicKeyInfo, whole
 * @param keyType the kind of key in it
 * @param keyKind the same with the curve of an EC key
 * @param keyUsage its first eight bits; all set where there is none, for then the key may do anything
 * @param signedBy how the certificate is signed, or null
 * @param selfIssued whether subject and issuer are the same
 */
record CertificateFields(
        byte[] spki, String keyType, String keyKind, int keyUsage, SignatureScheme signedBy, boolean selfIssued) {
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DIGITAL_SIGNATURE = 0x80;
    private static final int KEY_ENCIPHERMENT = 0x20;
    private static final int UNRESTRICTED = 0xff;
    private static final String KEY_USAGE = "551d0f";

    // RFC 5280 §4.1: Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { version [0] DEFAULT v1, serialNumber INTEGER,
    // signature, issuer, validity, subject, subjectPublicKeyInfo, …, extensions [3] }, signatureAlgorithm,
    // signatureValue BIT STRING }
    static CertificateFields read(byte[] der) throws DecodeException {
        DerReader outer = new DerReader(der);
        DerReader certificate = outer.read(DerReader.SEQUENCE);
        outer.end("certificate");
        DerReader tbs = certificate.read(DerReader.SEQUENCE);
        DerReader algorithm = certificate.read(DerReader.SEQUENCE);
        certificate.read(DerReader.BIT_STRING);
        certificate.end("certificate");
        if (tbs.tag() == VERSION) {
            tbs.skip();
        }
        tbs.read(DerReader.INTEGER);
        tbs.read(DerReader.SEQUENCE); // signature
        byte[] issuer = tbs.bytes(DerReader.SEQUENCE);
        tbs.read(DerReader.SEQUENCE); // validity
        byte[] subject = tbs.bytes(DerReader.SEQUENCE);
        if (tbs.tag() != DerReader.SEQUENCE) {
            throw new DecodeException("no subjectPublicKeyInfo");
        }
        byte[] spki = tbs.element();
        DerReader info = new DerReader(spki).read(DerReader.SEQUENCE);
        DerReader key = info.read(DerReader.SEQUENCE);
        String type = keyType(key.bytes(DerReader.OID));
        info.read(DerReader.BIT_STRING);
        info.end("subjectPublicKeyInfo");
        return new CertificateFields(
                spki,
                type,
                type.equals("EC") ? "EC:" + curve(key) : type,
                keyUsage(tbs),
                signedBy(algorithm),
                Arrays.equals(issuer, subject));
    }

    boolean maySign() {
        return (keyUsage & DIGITAL_SIGNATURE) != 0;
    }

    boolean mayEncipher() {
        return (keyUsage & KEY_ENCIPHERMENT) != 0;
    }

    private static String keyType(byte[] oid) {
        return switch (hex(oid)) {
            case "2a864886f70d010101" -> "RSA"; // rsaEncryption, RFC 8017 §A.1
            case "2a864886f70d01010a" -> "RSASSA-PSS"; // RFC 8017 §A.2.3
            case "2a8648ce3d0201" -> "EC"; // id-ecPublicKey, RFC 5480 §2.1.1
            case "2b6570" -> "Ed25519"; // RFC 8410 §3
            case "2b6571" -> "Ed448";
            default -> {
                MlDsa mlDsa = MlDsa.ofOid(oid); // RFC 9881 §2
                yield mlDsa == null ? "unknown" : mlDsa.fipsName();
            }
        };
    }

    /** RFC 5480 §2.1.1.1: the curve by its OID; explicit parameters are not a curve that TLS knows. */
    private static String curve(DerReader parameters) throws DecodeException {
        String oid = parameters.tag() == DerReader.OID ? hex(parameters.bytes(DerReader.OID)) : "";
        return switch (oid) {
            case "2a8648ce3d030107" -> NamedGroup.SECP256R1.ianaName();
            case "2b81040022" -> NamedGroup.SECP384R1.ianaName();
            case "2b81040023" -> NamedGroup.SECP521R1.ianaName();
            default -> "unknown";
        };
    }

    /** RFC 5280 §4.2.1.3: keyUsage restricts what a key may do; without it the key may do anything. */
    private static int keyUsage(DerReader tbs) throws DecodeException {
        while (tbs.hasMore() && tbs.tag() != EXTENSIONS) {
            tbs.skip(); // issuerUniqueID, subjectUniqueID
        }
        if (!tbs.hasMore()) {
            return UNRESTRICTED;
        }
        DerReader list = tbs.read(EXTENSIONS).read(DerReader.SEQUENCE);
        while (list.hasMore()) {
            DerReader extension = list.read(DerReader.SEQUENCE);
            String oid = hex(extension.bytes(DerReader.OID));
            if (extension.tag() == DerReader.BOOLEAN) {
                extension.skip(); // critical
            }
            if (oid.equals(KEY_USAGE)) {
                byte[] bits = extension.read(DerReader.OCTET_STRING).bytes(DerReader.BIT_STRING);
                return bits.length > 1 ? bits[1] & 0xff : 0; // bits[0] counts the unused ones
            }
        }
        return UNRESTRICTED;
    }

    private static SignatureScheme signedBy(DerReader algorithm) throws DecodeException {
        return switch (hex(algorithm.bytes(DerReader.OID))) {
            case "2a864886f70d010105" -> SignatureScheme.RSA_PKCS1_SHA1; // RFC 8017 §A.2.4
            case "2a864886f70d01010b" -> SignatureScheme.RSA_PKCS1_SHA256;
            case "2a864886f70d01010c" -> SignatureScheme.RSA_PKCS1_SHA384;
            case "2a864886f70d01010d" -> SignatureScheme.RSA_PKCS1_SHA512;
            case "2a864886f70d01010a" -> pss(algorithm);
            case "2a8648ce3d0401" -> SignatureScheme.ECDSA_SHA1; // RFC 3279 §2.2.3, RFC 5758 §3.2
            case "2a8648ce3d040302" -> SignatureScheme.ECDSA_SECP256R1_SHA256;
            case "2a8648ce3d040303" -> SignatureScheme.ECDSA_SECP384R1_SHA384;
            case "2a8648ce3d040304" -> SignatureScheme.ECDSA_SECP521R1_SHA512;
            case "2b6570" -> SignatureScheme.ED25519;
            case "2b6571" -> SignatureScheme.ED448;
            case "608648016503040311" -> SignatureScheme.MLDSA44; // RFC 9881 §2
            case "608648016503040312" -> SignatureScheme.MLDSA65;
            case "608648016503040313" -> SignatureScheme.MLDSA87;
            default -> null;
        };
    }

    // RFC 4055 §3.1: RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] AlgorithmIdentifier DEFAULT sha1, … }
    private static SignatureScheme pss(DerReader algorithm) throws DecodeException {
        if (algorithm.tag() != DerReader.SEQUENCE) {
            return null;
        }
        DerReader params = algorithm.read(DerReader.SEQUENCE);
        if (params.tag() != 0xa0) {
            return null; // SHA-1, for which TLS has no number
        }
        return switch (hex(params.read(0xa0).read(DerReader.SEQUENCE).bytes(DerReader.OID))) {
            case "608648016503040201" -> SignatureScheme.RSA_PSS_RSAE_SHA256;
            case "608648016503040202" -> SignatureScheme.RSA_PSS_RSAE_SHA384;
            case "608648016503040203" -> SignatureScheme.RSA_PSS_RSAE_SHA512;
            default -> null;
        };
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b);
    }
}
