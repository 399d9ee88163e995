// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;

/** Whether the key of a server's certificate does what the cipher suite asks of it, in TLS 1.2 and before (RFC 5246 §7.4.2, RFC 8422 §5.3). */
public final class ServerKeyRules {
    private ServerKeyRules() {}

    /** Checks a certificate that a server shows for a suite that has one. */
    public static void check(EncodedCertificate certificate, CipherSuite suite, ClientOffer offer) throws TlsException {
        KeyExchangeAlgorithm kx = suite.keyExchange();
        String type = certificate.keyType();
        // RFC 5246 §7.4.2: the suite says what kind of key it is.
        if (!fits(type, kx)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_CERTIFICATE_TYPE,
                    "a certificate with a key of type " + type + "; " + suite + " has " + kx.certificateKey());
        }
        // RFC 8422 §5.3: a key for ECDSA is on one of the curves that were offered.
        if (type.equals("EC") && !onCurve(certificate.keyKind(), offer)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_CURVE,
                    "a certificate with a key of type " + certificate.keyKind() + ", a curve that was not offered");
        }
        // RFC 5246 §7.4.2: if there is a keyUsage, it has keyEncipherment for the one, digitalSignature for the others.
        boolean encrypts = kx == KeyExchangeAlgorithm.RSA;
        if (!(encrypts ? certificate.mayEncipher() : certificate.maySign())) {
            throw new TlsException(
                    AlertDescription.UNSUPPORTED_CERTIFICATE,
                    Reason.INVALID_CERTIFICATE_OR_ALG,
                    "a certificate whose keyUsage lacks " + (encrypts ? "keyEncipherment" : "digitalSignature")
                            + ", for " + suite);
        }
    }

    private static boolean onCurve(String keyKind, ClientOffer offer) throws TlsException {
        for (NamedGroup g : NamedGroup.values()) {
            if (offer.hasGroup(g.code()) && keyKind.equals("EC:" + g.ianaName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String type, KeyExchangeAlgorithm kx) {
        return switch (type) {
            case "RSA" -> "RSA".equals(kx.certificateKey());
            // RFC 4055 §1.2: such a key signs and does nothing else.
            case "RSASSA-PSS" -> "RSA".equals(kx.certificateKey()) && kx.signed();
            // RFC 8422 §5.10: EdDSA signs for the suites of ECDSA.
            case "EC", "Ed25519", "Ed448" -> "EC".equals(kx.certificateKey());
            default -> false;
        };
    }
}
