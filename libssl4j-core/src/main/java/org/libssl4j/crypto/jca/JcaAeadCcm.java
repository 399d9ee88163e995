// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import org.libssl4j.crypto.Secret;

/** AES-CCM (NIST SP 800-38C; RFC 5116 §5.3, RFC 6655 §4) of a JCA provider. The JDK has none. */
final class JcaAeadCcm extends JcaAead {
    static final String TRANSFORMATION = "AES/CCM/NoPadding";

    private final int tagBits;

    JcaAeadCcm(Provider provider, Secret key, int tagLength) {
        super(provider, TRANSFORMATION, key, tagLength);
        this.tagBits = 8 * tagLength;
    }

    @Override
    AlgorithmParameterSpec parameters(byte[] nonce) {
        return new GCMParameterSpec(tagBits, nonce); // JCA has no class for CCM; providers take this one
    }
}
