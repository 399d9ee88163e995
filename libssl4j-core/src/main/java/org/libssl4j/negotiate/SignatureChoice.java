// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.config.Credentials;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.SignatureList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

/**
 * Which of our certificates is shown and how its key signs (RFC 9846 §4.3.3 [8446 4.2.3], §4.5.1.2, §4.5.2).
 *
 * @param credential the chain and key
 * @param scheme how it signs
 */
public record SignatureChoice(Credential credential, SignatureScheme scheme) {
    /** By our order of schemes, the first that the peer has too and that one of our keys can make; null if there is none. */
    public static SignatureChoice of(Credentials credentials, SignatureList ours, int[] peers) {
        for (SignatureScheme s : ours.schemes()) {
            if (!s.signsHandshake13() || !CodePoints.contain(peers, s.code())) {
                continue;
            }
            for (Credential c : credentials.all()) {
                if (c.signs(s)) {
                    return new SignatureChoice(c, s);
                }
            }
        }
        return null;
    }

    /** A server's choice, which has to succeed. */
    public static SignatureChoice forServer(Credentials credentials, SignatureList ours, int[] peers)
            throws TlsException {
        SignatureChoice c = of(credentials, ours, peers);
        if (c != null) {
            return c;
        }
        if (credentials.all().isEmpty()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.NO_CERTIFICATE_SET,
                    "a server without a certificate cannot speak TLS 1.3");
        }
        throw new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                "a ClientHello with " + peers.length + " signature schemes, none of which our keys can make: "
                        + credentials.all());
    }

    /** The scheme of a peer's CertificateVerify, if we offered it and its key makes such signatures. */
    public static SignatureScheme ofPeer(int code, SignatureList ours, String keyType) throws TlsException {
        SignatureScheme s = SignatureScheme.of(code);
        // RFC 9846 §4.5.2 [8446 4.4.3]: one of the schemes that we sent, fit for TLS 1.3, and of the key's kind.
        if (s == null
                || !s.signsHandshake13()
                || !ours.has(code)
                || !s.keyType().equals(keyType)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_SIGNATURE_TYPE,
                    "a CertificateVerify with scheme "
                            + (s == null ? String.format("0x%04x", code) : s.ianaName())
                            + " by a key of type " + keyType + "; allowed are " + ours.schemes());
        }
        return s;
    }
}
