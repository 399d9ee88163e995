// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/** X25519 and X448 (RFC 7748) of a JCA provider. */
final class JcaXdh extends JcaDiffieHellman {
    private final SpkiForm form;
    private final String algorithm;

    /** @param algorithm the provider's name for it: "X25519", "X448", or "XDH" for one that knows X25519 alone */
    JcaXdh(NamedGroup group, Provider provider, String algorithm, SecureRandom random) {
        super(group, provider, random);
        this.form = group == NamedGroup.X25519 ? SpkiForm.X25519 : SpkiForm.X448;
        this.algorithm = algorithm;
    }

    @Override
    AlgorithmParameterSpec keyParameters() {
        return null; // the name says it all, and Conscrypt refuses parameters
    }

    @Override
    String keyAlgorithm() {
        return algorithm;
    }

    @Override
    String agreementAlgorithm() {
        return algorithm;
    }

    @Override
    byte[] share(PublicKey key) {
        return form.raw(key);
    }

    @Override
    PublicKey peerKey(byte[] share, KeyFactory factory) throws GeneralSecurityException {
        return factory.generatePublic(form.spec(share));
    }

    @Override
    int secretLength() {
        return group().clientShareLength();
    }

    @Override
    void check(Secret secret) throws TlsException {
        try (Secret zeros = Secret.zeros(secretLength())) {
            // RFC 9846 §7.4.2: an all-zero result means a share of small order, and ends the handshake.
            if (secret.equals(zeros)) {
                throw bad("its order is small", null);
            }
        }
    }
}
