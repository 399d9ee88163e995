// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.security.SecureRandom;
import javax.security.auth.DestroyFailedException;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlKem;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;

/** ML-KEM (FIPS 203) of Bouncy Castle, with one set of parameters. */
final class BcMlKem implements Kem {
    private final MLKEMParameters parameters;
    private final MlKem set;
    private final SecureRandom random;

    BcMlKem(MLKEMParameters parameters, MlKem set, SecureRandom random) {
        this.parameters = parameters;
        this.set = set;
        this.random = random;
    }

    @Override
    public KeyExchange generate() {
        MLKEMKeyPairGenerator g = new MLKEMKeyPairGenerator();
        g.init(new MLKEMKeyGenerationParameters(random, parameters));
        AsymmetricCipherKeyPair pair = g.generateKeyPair();
        return new Exchange(
                (MLKEMPrivateKeyParameters) pair.getPrivate(),
                ((MLKEMPublicKeyParameters) pair.getPublic()).getEncoded());
    }

    @Override
    public KeyExchange.Answer encapsulate(byte[] encapsulationKey) throws TlsException {
        SecretWithEncapsulation made = new MLKEMGenerator(random).generateEncapsulated(checked(encapsulationKey));
        try {
            return new KeyExchange.Answer(made.getEncapsulation(), Secret.of(made.getSecret()));
        } finally {
            destroy(made);
        }
    }

    @Override
    public int encapsulationKeyLength() {
        return set.encapsulationKeyLength();
    }

    @Override
    public int ciphertextLength() {
        return set.ciphertextLength();
    }

    private MLKEMPublicKeyParameters checked(byte[] encapsulationKey) throws TlsException {
        set.checkEncapsulationKey(encapsulationKey);
        try {
            return new MLKEMPublicKeyParameters(parameters, encapsulationKey);
        } catch (IllegalArgumentException e) {
            throw set.bad("Bouncy Castle refuses the encapsulation key", e);
        }
    }

    private static void destroy(SecretWithEncapsulation made) {
        try {
            made.destroy();
        } catch (DestroyFailedException e) {
            throw new IllegalStateException("a secret of ML-KEM cannot be wiped", e); // Bouncy Castle's can
        }
    }

    private final class Exchange implements KeyExchange {
        private final MLKEMPrivateKeyParameters key;
        private final byte[] share;

        Exchange(MLKEMPrivateKeyParameters key, byte[] share) {
            this.key = key;
            this.share = share;
        }

        @Override
        public byte[] share() {
            return share;
        }

        @Override
        public Secret finish(byte[] ciphertext) throws TlsException {
            set.checkCiphertext(ciphertext);
            return Secret.of(new MLKEMExtractor(key).extractSecret(ciphertext));
        }

        @Override
        public void close() {
            key.destroy();
        }
    }
}
