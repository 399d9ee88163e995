// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.util.List;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/** Finds out which signatures a key of our own can make, and whether it belongs to its certificate (SSL_CTX_check_private_key(3)): by signing and verifying once. */
final class OwnKey {
    private OwnKey() {}

    static Credential matched(Crypto crypto, List<EncodedCertificate> chain, PrivateKey key)
            throws GeneralSecurityException {
        EncodedCertificate own = chain.get(0);
        try {
            String type = own.keyType();
            if (type.equals("EC") && own.publicKey() instanceof ECKey ec) {
                type = "EC:" + curve(ec.getParams().getCurve().getField().getFieldSize());
            }
            Credential credential = new Credential(type, chain, key);
            SignatureScheme scheme = firstScheme(crypto, credential);
            if (scheme == null) {
                throw new InvalidKeyException("a key of type " + type + " cannot sign a TLS 1.3 handshake here");
            }
            byte[] probe = new byte[32];
            crypto.random(probe);
            if (!crypto.verify(own.publicKey(), scheme, probe, crypto.sign(key, scheme, probe))) {
                throw new KeyException("the private key does not belong to the certificate");
            }
            return credential;
        } catch (TlsException e) {
            throw new InvalidKeyException("certificate or private key cannot be used: " + e.getMessage(), e);
        }
    }

    private static String curve(int bits) {
        return switch (bits) {
            case 256 -> NamedGroup.SECP256R1.ianaName();
            case 384 -> NamedGroup.SECP384R1.ianaName();
            case 521 -> NamedGroup.SECP521R1.ianaName();
            default -> bits + " bits";
        };
    }

    private static SignatureScheme firstScheme(Crypto crypto, Credential credential) {
        for (SignatureScheme s : SignatureScheme.values()) {
            if (s.signsHandshake13() && credential.signs(s) && crypto.supports(s)) {
                return s;
            }
        }
        return null;
    }
}
