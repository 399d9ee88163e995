// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import org.libssl4j.crypto.Secret;

/** AES-GCM (NIST SP 800-38D; RFC 5116 §5) of a JCA provider. The length of the key tells AES-128 from AES-256. */
final class JcaAeadGcm extends JcaAead {
    static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int TAG = 16;

    JcaAeadGcm(Provider provider, Secret key) {
        super(provider, TRANSFORMATION, key, TAG);
    }

    @Override
    AlgorithmParameterSpec parameters(byte[] nonce) {
        return new GCMParameterSpec(8 * TAG, nonce);
    }
}
