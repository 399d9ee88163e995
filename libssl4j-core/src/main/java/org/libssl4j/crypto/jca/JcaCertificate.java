// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.wire.DecodeException;

/** A certificate of which only what is asked for is parsed, once: its public key by ourselves, the rest by the JDK. Thread-safe. */
final class JcaCertificate implements EncodedCertificate {
    private final byte[] der;
    private final Function<String, KeyReader> keyReaders;
    private volatile CertificateFields fields;
    private volatile PublicKey publicKey;
    private volatile X509Certificate x509;
    private volatile boolean refused;

    /** @param keyReaders who reads keys of a type; null for one that nobody reads */
    JcaCertificate(byte[] der, Function<String, KeyReader> keyReaders) {
        this.der = der;
        this.keyReaders = keyReaders;
    }

    /** Makes a key of a subjectPublicKeyInfo. */
    @FunctionalInterface
    interface KeyReader {
        PublicKey read(byte[] spki) throws GeneralSecurityException;
    }

    @Override
    public byte[] der() {
        return der;
    }

    @Override
    public String keyType() throws TlsException {
        return fields().keyType();
    }

    @Override
    public String keyKind() throws TlsException {
        return fields().keyKind();
    }

    @Override
    public boolean maySign() throws TlsException {
        return fields().maySign();
    }

    @Override
    public boolean mayEncipher() throws TlsException {
        return fields().mayEncipher();
    }

    @Override
    public SignatureScheme signedBy() throws TlsException {
        return fields().signedBy();
    }

    @Override
    public boolean selfIssued() throws TlsException {
        return fields().selfIssued();
    }

    @Override
    public PublicKey publicKey() throws TlsException {
        PublicKey k = publicKey;
        if (k == null) {
            k = readKey(fields());
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

    private PublicKey readKey(CertificateFields s) throws TlsException {
        KeyReader reader = keyReaders.apply(s.keyType());
        if (reader == null) {
            throw unsupported("a key of type " + s.keyType(), null);
        }
        try {
            return reader.read(s.spki());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw unsupported("a key of type " + s.keyType() + " that no provider reads", e);
        }
    }

    private X509Certificate parse() {
        try {
            fields(); // the JDK's parser would also take PEM and what follows the certificate
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (TlsException | CertificateException | RuntimeException e) {
            return null;
        }
    }

    // RFC 9846 §6.2: what cannot be parsed is a decode_error; bad_certificate is for one that can be, and is wrong.
    private CertificateFields fields() throws TlsException {
        CertificateFields f = fields;
        if (f == null) {
            try {
                f = CertificateFields.read(der);
            } catch (DecodeException e) {
                throw new TlsException(
                        AlertDescription.DECODE_ERROR, Reason.BAD_PACKET, "certificate: " + e.getMessage(), e);
            }
            fields = f;
        }
        return f;
    }

    private static TlsException unsupported(String detail, Throwable cause) {
        return new TlsException(
                AlertDescription.UNSUPPORTED_CERTIFICATE,
                Reason.UNKNOWN_CERTIFICATE_TYPE,
                "certificate: " + detail,
                cause);
    }
}
