// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

/** RSASSA-PSS with salts from a seeded stream (RFC 9846 §4.3.3 [8446 4.2.3]: as long as the digest). The JDK's own provider is taken by name; the salt is the one thing that it draws for a signature. */
final class SeededPss {
    private static final Provider SUN_RSA_SIGN = Security.getProvider("SunRsaSign");

    private SeededPss() {}

    static byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input, SecureRandom salts) throws TlsException {
        try {
            Signature s = Signature.getInstance("RSASSA-PSS", SUN_RSA_SIGN);
            s.setParameter(parameters(scheme));
            s.initSign(key, salts);
            s.update(input);
            return s.sign();
        } catch (GeneralSecurityException e) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "SunRsaSign does not sign: " + e, e);
        }
    }

    private static PSSParameterSpec parameters(SignatureScheme scheme) {
        return switch (scheme.hash()) {
            case SHA256 -> new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
            case SHA384 -> new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
            case SHA512 -> new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1);
            default -> throw new IllegalArgumentException(scheme.toString());
        };
    }
}
