// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.security.SecureRandom;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.libssl4j.crypto.CryptoSource;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.iana.NamedGroup;

/**
 * X25519 and ML-KEM of Bouncy Castle's lightweight API, found as a service. Its JCA provider stays out of it: to make that takes longer than a whole handshake. Thread-safe.
 */
public final class BouncyCastleSource implements CryptoSource {
    private final SecureRandom random = new SecureRandom();

    /** For {@link java.util.ServiceLoader}. */
    public BouncyCastleSource() {}

    @Override
    public String name() {
        return "BouncyCastle";
    }

    @Override
    public KeyExchange.Factory keyExchange(NamedGroup group) {
        return group == NamedGroup.X25519 ? new BcX25519(random) : null;
    }

    @Override
    public Kem kem(String name) {
        return switch (name) {
            case "ML-KEM-512" -> new BcMlKem(MLKEMParameters.ml_kem_512, 800, 768, random);
            case "ML-KEM-768" -> new BcMlKem(MLKEMParameters.ml_kem_768, 1_184, 1_088, random);
            case "ML-KEM-1024" -> new BcMlKem(MLKEMParameters.ml_kem_1024, 1_568, 1_568, random);
            default -> null;
        };
    }
}
