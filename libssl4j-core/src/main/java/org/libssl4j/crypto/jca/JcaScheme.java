// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.SignatureScheme;

/**
 * A signature scheme by its JCA name, with the parameters that JCA wants.
 *
 * @param parameters null but for RSASSA-PSS
 */
record JcaScheme(SignatureScheme scheme, Provider provider, String algorithm, AlgorithmParameterSpec parameters) {
    /** The scheme as this provider has it. */
    static JcaScheme of(SignatureScheme scheme, Provider provider) throws NoSuchAlgorithmException {
        for (String name : names(scheme)) {
            if (provider.getService("Signature", name) != null) {
                return new JcaScheme(scheme, provider, name, pss(scheme));
            }
        }
        throw new NoSuchAlgorithmException(provider.getName() + " has no " + scheme.ianaName());
    }

    /** The names that providers give to this scheme, the standard name first. */
    static List<String> names(SignatureScheme scheme) {
        if (scheme.hash() == null) {
            return List.of(scheme.keyType());
        }
        String hash = scheme.hash().jcaName().replace("-", "");
        if (scheme.isPss()) {
            return List.of("RSASSA-PSS", hash + "withRSA/PSS");
        }
        return List.of(hash + (scheme.keyType().equals("EC") ? "withECDSA" : "withRSA"));
    }

    /** The parameters of this scheme, or null where it has none. */
    static AlgorithmParameterSpec pss(SignatureScheme scheme) {
        if (!scheme.isPss()) {
            return null;
        }
        // RFC 9846 §4.3.3 [8446 4.2.3]: MGF1 with the same hash, and a salt of the hash's length.
        HashAlgorithm h = scheme.hash();
        return new PSSParameterSpec(
                h.jcaName(), "MGF1", new MGF1ParameterSpec(h.jcaName()), h.length(), PSSParameterSpec.TRAILER_FIELD_BC);
    }

    /** A fresh object for one signature. */
    Signature signature() throws GeneralSecurityException {
        Signature s = Signature.getInstance(algorithm, provider);
        if (parameters != null) {
            s.setParameter(parameters);
        }
        return s;
    }
}
