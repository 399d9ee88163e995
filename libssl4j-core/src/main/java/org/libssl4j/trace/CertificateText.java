// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;

/** A certificate in words, and in PEM to be looked at with other tools. */
final class CertificateText {
    private static final byte SEQUENCE = 0x30;
    private static final int PEM_WIDTH = 64;

    private CertificateText() {}

    /** Shows one, whatever its bytes are. */
    static void show(TraceText t, int indent, byte[] der) {
        X509Certificate c = parsed(der);
        if (c == null) {
            t.line(indent, "<UNPARSEABLE CERTIFICATE>");
            t.dump(indent, der);
            return;
        }
        t.line(0, "------details-----");
        t.line(indent, "Subject: " + name(c.getSubjectX500Principal()));
        t.line(indent, "Issuer: " + name(c.getIssuerX500Principal()));
        t.line(indent, "Serial Number: " + c.getSerialNumber().toString(16));
        t.line(
                indent,
                "Validity: " + c.getNotBefore().toInstant() + " to "
                        + c.getNotAfter().toInstant());
        t.line(indent, "Public Key: " + TraceText.shown(keyAlgorithm(c)));
        t.line(indent, "Signature Algorithm: " + TraceText.shown(c.getSigAlgName()));
        pem(t, der);
        t.line(0, "------------------");
    }

    /** A distinguished name from its DER; null if it is none. */
    static String name(byte[] der) {
        try {
            return name(new X500Principal(der));
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static String name(X500Principal p) {
        return TraceText.shown(p.getName());
    }

    private static X509Certificate parsed(byte[] der) {
        if (der.length == 0 || der[0] != SEQUENCE) {
            return null; // the JDK would take PEM as well
        }
        try {
            X509Certificate c = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            name(c.getSubjectX500Principal());
            name(c.getIssuerX500Principal());
            keyAlgorithm(c);
            return c;
        } catch (CertificateException
                | RuntimeException e) { // the JDK reads some parts late, and complains in its own way
            return null;
        }
    }

    private static String keyAlgorithm(X509Certificate c) {
        return c.getPublicKey().getAlgorithm();
    }

    private static void pem(TraceText t, byte[] der) {
        t.line(0, "-----BEGIN CERTIFICATE-----");
        String base64 = Base64.getEncoder().encodeToString(der);
        for (int at = 0; at < base64.length(); at += PEM_WIDTH) {
            t.line(0, base64.substring(at, Math.min(base64.length(), at + PEM_WIDTH)));
        }
        t.line(0, "-----END CERTIFICATE-----");
    }
}
