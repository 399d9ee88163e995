// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/** Reads certificates from files: PEM with any number of them, or one in DER. */
public final class Certificates {
    /** The collections of all public authorities have about a quarter of a megabyte. */
    private static final int MOST_BYTES = 64 << 20;

    /** OpenSSL takes all three; what follows the certificate in the last is its own note on trust, and is left out. */
    private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

    private Certificates() {}

    /**
     * Their DER, in the order of the file; at least one.
     *
     * @throws GeneralSecurityException if there is no certificate in it, or the PEM is damaged
     */
    public static List<byte[]> read(byte[] file) throws GeneralSecurityException {
        if (!PemReader.isPem(file)) {
            byte[] der = certificate(file);
            if (der.length != file.length) {
                throw new CertificateException((file.length - der.length) + " bytes follow the certificate");
            }
            return List.of(der);
        }
        List<byte[]> ders = new ArrayList<>();
        for (PemReader.Block b : PemReader.read(file)) {
            if (LABELS.contains(b.label())) {
                ders.add(certificate(b.bytes()));
            }
        }
        if (ders.isEmpty()) {
            throw new CertificateException("a PEM file without a certificate");
        }
        return ders;
    }

    /**
     * As {@link #read(byte[])}, from a file.
     *
     * @throws IOException if it cannot be read
     */
    public static List<byte[]> read(Path file) throws IOException, GeneralSecurityException {
        return read(SmallFile.read(file, MOST_BYTES));
    }

    /**
     * Parsed.
     *
     * @throws GeneralSecurityException if there is no certificate in it, or one that the JDK cannot parse
     */
    public static List<X509Certificate> readX509(byte[] file) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> list = new ArrayList<>();
        for (byte[] der : read(file)) {
            list.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return list;
    }

    /**
     * What the JDK trusts.
     *
     * @throws IOException if its file cannot be read
     */
    public static List<X509Certificate> ofPlatform() throws IOException, GeneralSecurityException {
        Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, null);
        }
        List<X509Certificate> list = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate c) {
                list.add(c);
            }
        }
        return list;
    }

    /** The first element, which has to look like a certificate from without: a sequence of three. */
    private static byte[] certificate(byte[] bytes) throws CertificateException {
        try {
            byte[] der = new DerReader(bytes).element();
            DerReader certificate = new DerReader(der).read(DerReader.SEQUENCE);
            certificate.read(DerReader.SEQUENCE);
            certificate.read(DerReader.SEQUENCE);
            certificate.read(DerReader.BIT_STRING);
            certificate.end("certificate");
            return der;
        } catch (DecodeException e) {
            throw new CertificateException("no certificate, neither in PEM nor in DER", e);
        }
    }
}
