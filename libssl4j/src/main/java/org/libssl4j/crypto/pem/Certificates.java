// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.crypto.pem;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads certificates from files: PEM with any number of them, or one in DER. */
public final class Certificates {
    private Certificates() {}

    /** Their DER, in the order of the file. */
    public static List<byte[]> read(byte[] file) throws GeneralSecurityException {
        if (!PemReader.isPem(file)) {
            return List.of(file.clone());
        }
        List<byte[]> ders = new ArrayList<>();
        for (PemReader.Block b : PemReader.read(file)) {
            if (b.label().equals("CERTIFICATE") || b.label().equals("X509 CERTIFICATE") || b.label().equals("TRUSTED CERTIFICATE")) {
                ders.add(b.bytes());
            }
        }
        if (ders.isEmpty()) {
            throw new CertificateException("a PEM file without a certificate");
        }
        return ders;
    }

    /** Parsed. */
    public static List<X509Certificate> readX509(byte[] file) throws GeneralSecurityException {
        CertificateFactory f = CertificateFactory.getInstance("X.509");
        List<X509Certificate> list = new ArrayList<>();
        for (byte[] der : read(file)) {
            list.add((X509Certificate) f.generateCertificate(new ByteArrayInputStream(der)));
        }
        return list;
    }

    /** What the JDK trusts. */
    public static List<X509Certificate> ofPlatform() throws IOException, GeneralSecurityException {
        File file = new File(System.getProperty("java.home"), "lib/security/cacerts");
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = new FileInputStream(file)) {
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
}
