// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.spi.VerifyResult;

/** Whether keys and digests of a path are worth what a security level asks for (SSL_CTX_set_security_level(3)). */
final class Strength {
    private final SecurityLevel level;

    Strength(SecurityLevel level) {
        this.level = level;
    }

    boolean isEnough(PublicKey key) {
        return level.allowsKey(key);
    }

    /** Keys of all issuers, and the signatures of all but the anchor, which nobody relies on. */
    VerifyResult ofPath(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate c = path.get(i);
            if (i > 0 && !isEnough(c.getPublicKey())) {
                return VerifyResult.CA_KEY_TOO_SMALL;
            }
            if (i < path.size() - 1 && digestBits(c) < level.bits()) {
                return VerifyResult.CA_MD_TOO_WEAK;
            }
        }
        return VerifyResult.OK;
    }

    /** Bits of security of the digest that is signed. A signature without a digest of its own is as strong as its key, which is looked at as that of an issuer. */
    private static int digestBits(X509Certificate c) {
        String digest = digest(c);
        return digest.isEmpty() ? Integer.MAX_VALUE : SecurityLevel.digestBits(digest);
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
            return "unknown";
        }
    }
}
