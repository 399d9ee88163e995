// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.function.Function;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/** A certificate of which only what is asked for is parsed, once: its public key by ourselves, the rest by the JDK. Thread-safe. */
final class JcaCertificate implements EncodedCertificate {
    private static final int VERSION = 0xa0;

    private final byte[] der;
    private final Function<String, Provider> keyReaders;
    private volatile Spki spki;
    private volatile PublicKey publicKey;
    private volatile X509Certificate x509;
    private volatile boolean refused;

    /** @param keyReaders who reads keys of a type; null for one that nobody reads */
    JcaCertificate(byte[] der, Function<String, Provider> keyReaders) {
        this.der = der;
        this.keyReaders = keyReaders;
    }

    /** A subjectPublicKeyInfo whole, and the kind of key in it. */
    private record Spki(byte[] encoded, String keyType) {}

    @Override
    public byte[] der() {
        return der;
    }

    @Override
    public String keyType() throws TlsException {
        return spki().keyType;
    }

    @Override
    public PublicKey publicKey() throws TlsException {
        PublicKey k = publicKey;
        if (k == null) {
            k = readKey(spki());
            publicKey = k;
        }
        return k;
    }

    @Override
    public X509Certificate x509() {
        X509Certificate c = x509;
        if (c == null && !refused) {
            c = parse();
            x509 = c;
            refused = c == null;
        }
        return c;
    }

    private PublicKey readKey(Spki s) throws TlsException {
        Provider reader = keyReaders.apply(s.keyType);
        if (reader == null) {
            throw unsupported("a key of type " + s.keyType, null);
        }
        try {
            return KeyFactory.getInstance(s.keyType, reader).generatePublic(new X509EncodedKeySpec(s.encoded));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw unsupported("a key of type " + s.keyType + " that no provider reads", e);
        }
    }

    private X509Certificate parse() {
        try {
            spki(); // the JDK's parser would also take PEM and what follows the certificate
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (TlsException | CertificateException | RuntimeException e) {
            return null;
        }
    }

    private Spki spki() throws TlsException {
        Spki s = spki;
        if (s == null) {
            try {
                s = locate(der);
            } catch (DecodeException e) {
                throw new TlsException(
                        AlertDescription.DECODE_ERROR, Reason.BAD_PACKET, "certificate: " + e.getMessage(), e);
            }
            spki = s;
        }
        return s;
    }

    // RFC 5280 §4.1: Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { version [0] DEFAULT v1, serialNumber INTEGER,
    // signature, issuer,
    // validity, subject, subjectPublicKeyInfo, … }, signatureAlgorithm, signatureValue BIT STRING }
    private static Spki locate(byte[] der) throws DecodeException {
        DerReader outer = new DerReader(der);
        DerReader certificate = outer.read(DerReader.SEQUENCE);
        outer.end("certificate");
        DerReader tbs = certificate.read(DerReader.SEQUENCE);
        certificate.read(DerReader.SEQUENCE);
        certificate.read(DerReader.BIT_STRING);
        certificate.end("certificate");
        if (tbs.tag() == VERSION) {
            tbs.skip();
        }
        tbs.read(DerReader.INTEGER);
        for (int i = 0; i < 4; i++) {
            tbs.read(DerReader.SEQUENCE); // signature, issuer, validity, subject
        }
        if (tbs.tag() != DerReader.SEQUENCE) {
            throw new DecodeException("no subjectPublicKeyInfo");
        }
        byte[] spki = tbs.element();
        DerReader info = new DerReader(spki).read(DerReader.SEQUENCE);
        byte[] oid = info.read(DerReader.SEQUENCE).bytes(DerReader.OID);
        info.read(DerReader.BIT_STRING);
        info.end("subjectPublicKeyInfo");
        return new Spki(spki, keyType(oid));
    }

    private static String keyType(byte[] oid) {
        return switch (HexFormat.of().formatHex(oid)) {
            case "2a864886f70d010101" -> "RSA"; // rsaEncryption, RFC 8017 §A.1
            case "2a864886f70d01010a" -> "RSASSA-PSS"; // RFC 8017 §A.2.3
            case "2a8648ce3d0201" -> "EC"; // id-ecPublicKey, RFC 5480 §2.1.1
            case "2b6570" -> "Ed25519"; // RFC 8410 §3
            case "2b6571" -> "Ed448";
            default -> "unknown";
        };
    }

    private static TlsException unsupported(String detail, Throwable cause) {
        return new TlsException(
                AlertDescription.UNSUPPORTED_CERTIFICATE,
                Reason.UNKNOWN_CERTIFICATE_TYPE,
                "certificate: " + detail,
                cause);
    }
}
