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
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** ML-KEM (FIPS 203) of Bouncy Castle, with one set of parameters. */
final class BcMlKem implements Kem {
    private final MLKEMParameters parameters;
    private final int encapsulationKeyLength;
    private final int ciphertextLength;
    private final SecureRandom random;

    BcMlKem(MLKEMParameters parameters, int encapsulationKeyLength, int ciphertextLength, SecureRandom random) {
        this.parameters = parameters;
        this.encapsulationKeyLength = encapsulationKeyLength;
        this.ciphertextLength = ciphertextLength;
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
        return encapsulationKeyLength;
    }

    @Override
    public int ciphertextLength() {
        return ciphertextLength;
    }

    private MLKEMPublicKeyParameters checked(byte[] encapsulationKey) throws TlsException {
        // FIPS 203 §7.2: the type check.
        if (encapsulationKey.length != encapsulationKeyLength) {
            throw bad(
                    "an encapsulation key of " + encapsulationKey.length + " bytes; " + encapsulationKeyLength
                            + " allowed",
                    null);
        }
        try {
            // FIPS 203 §7.2: the modulus check, which the constructor makes.
            return new MLKEMPublicKeyParameters(parameters, encapsulationKey);
        } catch (IllegalArgumentException e) {
            throw bad("a coefficient of the encapsulation key is not below 3,329", e);
        }
    }

    private static void destroy(SecretWithEncapsulation made) {
        try {
            made.destroy();
        } catch (DestroyFailedException e) {
            throw new IllegalStateException("a secret of ML-KEM cannot be wiped", e); // Bouncy Castle's can
        }
    }

    private TlsException bad(String what, Throwable cause) {
        return new TlsException(
                AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE, parameters.getName() + ": " + what, cause);
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
            // FIPS 203 §7.3: the ciphertext type check. One of the right length always gives a secret, a useless one if
            // it was tampered with.
            if (ciphertext.length != ciphertextLength) {
                throw bad("a ciphertext of " + ciphertext.length + " bytes; " + ciphertextLength + " allowed", null);
            }
            return Secret.of(new MLKEMExtractor(key).extractSecret(ciphertext));
        }

        @Override
        public void close() {
            key.destroy();
        }
    }
}
