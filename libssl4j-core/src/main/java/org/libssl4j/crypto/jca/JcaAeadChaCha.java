// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.libssl4j.crypto.Secret;

/** ChaCha20-Poly1305 (RFC 8439 §2.8) of a JCA provider. */
final class JcaAeadChaCha extends JcaAead {
    private static final int TAG = 16;

    JcaAeadChaCha(Provider provider, String transformation, Secret key) {
        super(provider, transformation, key, TAG);
    }

    @Override
    AlgorithmParameterSpec parameters(byte[] nonce) {
        return new IvParameterSpec(nonce);
    }
}
