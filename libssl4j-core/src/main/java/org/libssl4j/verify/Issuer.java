// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/** Whether one certificate looks like the issuer of another: what can be told without checking the signature, as X509_check_issued(3) does. */
final class Issuer {
    static final int KEY_CERT_SIGN = 5;

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int KEY_IDENTIFIER = 0x80;
    private static final int AUTHORITY_CERT_SERIAL_NUMBER = 0x82;

    private Issuer() {}

    /** Names, key identifiers and kind of key fit. */
    static boolean looksLike(X509Certificate issuer, X509Certificate subject) {
        return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
                && identifiersFit(issuer, subject)
                && keyFits(issuer.getPublicKey().getAlgorithm(), subject.getSigAlgName());
    }

    /** Whether it looks like its own issuer. */
    static boolean isSelfSigned(X509Certificate c) {
        return isSelfIssued(c) && looksLike(c, c);
    }

    /** RFC 5280 §3.2: subject and issuer are the same. */
    static boolean isSelfIssued(X509Certificate c) {
        return c.getSubjectX500Principal().equals(c.getIssuerX500Principal());
    }

    /** RFC 5280 §4.2.1.3: a keyUsage without keyCertSign rules certificates out. */
    static boolean maySign(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage == null || usage[KEY_CERT_SIGN];
    }

    /** RFC 5280 §4.2.1.1: what authorityKeyIdentifier says of the issuer has to be so. */
    private static boolean identifiersFit(X509Certificate issuer, X509Certificate subject) {
        byte[] extension = subject.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
        if (extension == null) {
            return true;
        }
        try {
            DerReader authority =
                    new DerReader(extension).read(DerReader.OCTET_STRING).read(DerReader.SEQUENCE);
            while (authority.hasMore()) {
                if (authority.tag() == KEY_IDENTIFIER) {
                    byte[] own = subjectKeyIdentifier(issuer);
                    if (own != null && !Arrays.equals(own, authority.bytes(KEY_IDENTIFIER))) {
                        return false;
                    }
                    if (own == null) {
                        authority.skip();
                    }
                } else if (authority.tag() == AUTHORITY_CERT_SERIAL_NUMBER) {
                    byte[] serial = authority.bytes(AUTHORITY_CERT_SERIAL_NUMBER);
                    if (serial.length == 0 || !new BigInteger(serial).equals(issuer.getSerialNumber())) {
                        return false;
                    }
                } else {
                    authority.skip();
                }
            }
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static byte[] subjectKeyIdentifier(X509Certificate c) throws DecodeException {
        byte[] extension = c.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
        return extension == null
                ? null
                : new DerReader(extension).read(DerReader.OCTET_STRING).bytes(DerReader.OCTET_STRING);
    }

    /** Whether a key of this kind makes such signatures; kinds that are not known here are left to the check of the signature. */
    private static boolean keyFits(String key, String signature) {
        if (signature.endsWith("withECDSA") || signature.contains("withECDSAin")) {
            return key.equals("EC");
        }
        if (signature.endsWith("withRSA")) {
            return key.equals("RSA");
        }
        if (signature.equals("RSASSA-PSS")) {
            return key.startsWith("RSA");
        }
        return !signature.startsWith("Ed") || key.startsWith("Ed");
    }
}
