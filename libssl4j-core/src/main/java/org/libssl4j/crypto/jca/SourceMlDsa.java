// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.crypto.RawSignature;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** ML-DSA of a {@link org.libssl4j.crypto.CryptoSource}. Keys of others are taken by their encodings. */
record SourceMlDsa(MlDsa parameters, RawSignature signature) implements Signer, Verifier {
    @Override
    public byte[] sign(PrivateKey key, byte[] input) throws TlsException {
        try {
            if (key instanceof MlDsaPrivateKey own) {
                return signature.sign(fitting(own), input);
            }
            byte[] encoded = key.getEncoded();
            if (encoded == null) {
                throw new InvalidKeyException("a key that does not leave its provider");
            }
            MlDsaPrivateKey translated = MlDsaPrivateKey.of(encoded);
            try {
                return signature.sign(fitting(translated), input);
            } finally {
                translated.destroy();
                Arrays.fill(encoded, (byte) 0);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.INTERNAL_ERROR,
                    "signing by " + parameters.fipsName() + " with a key of type " + key.getAlgorithm() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public boolean verify(PublicKey key, byte[] input, byte[] bytes) {
        try {
            MlDsaPublicKey own = key instanceof MlDsaPublicKey k ? k : MlDsaPublicKey.of(key.getEncoded());
            return own.parameters() == parameters
                    && bytes.length == parameters.signatureLength()
                    && signature.verify(own, input, bytes);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // a key of another kind
        }
    }

    private MlDsaPrivateKey fitting(MlDsaPrivateKey key) throws InvalidKeyException {
        if (key.parameters() != parameters) {
            throw new InvalidKeyException("a key of " + key.parameters().fipsName());
        }
        return key;
    }
}
