// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.crypto.RawSignature;

/** ML-DSA (FIPS 204) of Bouncy Castle, with one set of parameters. */
final class BcMlDsa implements RawSignature {
    private final MLDSAParameters parameters;
    private final SecureRandom random;

    BcMlDsa(MLDSAParameters parameters, SecureRandom random) {
        this.parameters = parameters;
        this.random = random;
    }

    @Override
    public byte[] sign(MlDsaPrivateKey key, byte[] input) throws GeneralSecurityException {
        MLDSAPrivateKeyParameters own = own(key);
        try {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, new ParametersWithRandom(own, random));
            signer.update(input, 0, input.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new SignatureException("Bouncy Castle made no signature by " + parameters.getName(), e);
        } finally {
            own.destroy();
        }
    }

    @Override
    public boolean verify(MlDsaPublicKey key, byte[] input, byte[] signature) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(false, new MLDSAPublicKeyParameters(parameters, key.raw()));
        signer.update(input, 0, input.length);
        return signer.verifySignature(signature);
    }

    private MLDSAPrivateKeyParameters own(MlDsaPrivateKey key) throws InvalidKeyException {
        byte[] seed = key.seed();
        byte[] expanded = key.expanded();
        try {
            MLDSAPrivateKeyParameters own = new MLDSAPrivateKeyParameters(parameters, seed != null ? seed : expanded);
            // RFC 9881 §8.2: where both are given, they have to be of one key.
            if (seed != null && expanded != null && !isExpanded(own, expanded)) {
                throw new InvalidKeyException("the seed and the expanded key are not of one key");
            }
            return own;
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("an unsound private key of " + parameters.getName(), e);
        } finally {
            wipe(seed);
            wipe(expanded);
        }
    }

    private static boolean isExpanded(MLDSAPrivateKeyParameters own, byte[] expanded) {
        byte[] made = own.getEncoded();
        try {
            return MessageDigest.isEqual(made, expanded);
        } finally {
            wipe(made);
        }
    }

    private static void wipe(byte[] bytes) {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
