// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.security.SecureRandom;
import java.util.function.Function;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.CryptoSource;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlKem;
import org.libssl4j.crypto.RawSignature;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.NamedGroup;

/**
 * X25519, ML-KEM, ML-DSA and AES-CCM of Bouncy Castle's lightweight API, found as a service. Its JCA provider stays out of it: to make that takes longer than a whole handshake. Thread-safe.
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
            case "ML-KEM-512" -> new BcMlKem(MLKEMParameters.ml_kem_512, MlKem.ML_KEM_512, random);
            case "ML-KEM-768" -> new BcMlKem(MLKEMParameters.ml_kem_768, MlKem.ML_KEM_768, random);
            case "ML-KEM-1024" -> new BcMlKem(MLKEMParameters.ml_kem_1024, MlKem.ML_KEM_1024, random);
            default -> null;
        };
    }

    @Override
    public Function<Secret, Aead> aead(AeadAlgorithm algorithm) {
        return switch (algorithm) {
            case AES_128_CCM, AES_128_CCM_8, AES_256_CCM, AES_256_CCM_8 ->
                key -> new BcAesCcm(key, algorithm.tagLength());
            case AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305 -> null;
        };
    }

    @Override
    public RawSignature signature(MlDsa parameters) {
        return switch (parameters) {
            case ML_DSA_44 -> new BcMlDsa(MLDSAParameters.ml_dsa_44, random);
            case ML_DSA_65 -> new BcMlDsa(MLDSAParameters.ml_dsa_65, random);
            case ML_DSA_87 -> new BcMlDsa(MLDSAParameters.ml_dsa_87, random);
        };
    }
}
