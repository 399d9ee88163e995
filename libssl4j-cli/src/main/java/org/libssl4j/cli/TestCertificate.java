// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.libssl4j.SslCtx;

/** A key on P-256 and a self-signed certificate for it (RFC 5280 §4.1), for one name and a month: for trying things out. */
record TestCertificate(X509Certificate x509, PrivateKey key) {
    private static final String ECDSA_SHA256 = "300a06082a8648ce3d040302";

    static TestCertificate make(String name) throws Failure {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] tbs = tbs(name, pair.getPublic().getEncoded(), Instant.now());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(tbs);
            byte[] der = der(0x30, tbs, hex(ECDSA_SHA256), der(0x03, new byte[1], signature.sign()));
            X509Certificate x509 = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new TestCertificate(x509, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new Failure("no certificate can be made: " + Failure.text(e), e);
        }
    }

    /** Gives it to a server. */
    void use(SslCtx ctx) throws Failure {
        try {
            ctx.useCertAndKey(List.of(x509), key);
        } catch (GeneralSecurityException e) {
            throw new Failure("the certificate made cannot be used: " + Failure.text(e), e);
        }
    }

    /** TBSCertificate: version 3, a random serial, ..., subjectAltName with the name. */
    private static byte[] tbs(String name, byte[] publicKey, Instant now) {
        byte[] serial = new byte[16];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) (serial[0] & 0x3f | 0x40); // positive, and as short as DER wants it
        byte[] commonName = der(0x30, hex("0603550403"), der(0x0c, name.getBytes(StandardCharsets.UTF_8)));
        byte[] subject = der(0x30, der(0x31, commonName));
        byte[] validity = der(0x30, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(30, ChronoUnit.DAYS)));
        byte[] names = der(0x30, der(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        byte[] altName = der(0x30, hex("0603551d11"), der(0x04, names));
        return der(
                0x30,
                hex("a003020102"),
                der(0x02, serial),
                hex(ECDSA_SHA256),
                subject,
                validity,
                subject,
                publicKey,
                der(0xa3, der(0x30, altName)));
    }

    private static byte[] time(Instant t) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(t);
        boolean utc = text.startsWith("20") && text.compareTo("2050") < 0; // RFC 5280 §4.1.2.5
        return utc
                ? der(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
                : der(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            body.writeBytes(p);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int n = body.size();
        if (n >= 0x100) {
            out.write(0x82);
            out.write(n >> 8);
        } else if (n >= 0x80) {
            out.write(0x81);
        }
        out.write(n);
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static byte[] hex(String s) {
        byte[] b = new byte[s.length() / 2];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) Integer.parseInt(s.substring(2 * i, 2 * i + 2), 16);
        }
        return b;
    }
}
