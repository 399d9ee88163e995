// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;

/** Key pairs of ML-DSA on any JDK. */
public final class MlDsaPair {
    private MlDsaPair() {}

    /** The pair whose seed has this byte throughout. */
    public static KeyPair of(MlDsa parameters, int seed) {
        byte[] bytes = new byte[MlDsa.SEED_LENGTH];
        Arrays.fill(bytes, (byte) seed);
        MLDSAParameters p = switch (parameters) {
            case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
            case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
            case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
        };
        try {
            byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new MLDSAPrivateKeyParameters(p, bytes).getPublicKeyParameters())
                    .getEncoded();
            return new KeyPair(MlDsaPublicKey.of(spki), MlDsaPrivateKey.ofSeed(parameters, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
