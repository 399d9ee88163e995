// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import org.libssl4j.spi.VerifyResult;

/** Whether keys and digests of a path are worth 112 bits: OpenSSL's security level 2 (SSL_CTX_set_security_level(3)), its default since 3.2. */
final class Strength {
    private static final int RSA_BITS = 2_048;
    private static final int EC_BITS = 224;

    private Strength() {}

    /** Whether this key will do. One of a kind not known here is left to the algorithm that uses it. */
    static boolean isEnough(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength() >= RSA_BITS;
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength() >= EC_BITS;
        }
        return !(key instanceof DSAKey dsa)
                || dsa.getParams() != null && dsa.getParams().getP().bitLength() >= RSA_BITS;
    }

    /** Keys of all issuers, and the signatures of all but the anchor, which nobody relies on. */
    static VerifyResult ofPath(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate c = path.get(i);
            if (i > 0 && !isEnough(c.getPublicKey())) {
                return VerifyResult.CA_KEY_TOO_SMALL;
            }
            if (i < path.size() - 1 && isWeak(digest(c))) {
                return VerifyResult.CA_MD_TOO_WEAK;
            }
        }
        return VerifyResult.OK;
    }

    /** Digests that collide in less than 2^112 steps. */
    private static boolean isWeak(String digest) {
        return digest.startsWith("MD") || digest.equals("SHA") || digest.equals("SHA1") || digest.equals("SHA-1");
    }

    private static String digest(X509Certificate c) {
        String name = c.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!name.equals("RSASSA-PSS")) {
            int with = name.indexOf("WITH");
            return with < 0 ? "" : name.substring(0, with);
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(c.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException e) {
            return "MD unknown";
        }
    }
}
