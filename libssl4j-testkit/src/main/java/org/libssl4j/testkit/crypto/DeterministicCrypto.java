// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * A real {@link Crypto} whose random bytes and key exchanges come from a seed, so that two runs give the same bytes on the wire. Each side of a connection needs one of its own.
 *
 * <p>The salts of RSA-PSS come from the seed as well. How the JDK turns random bytes into the nonce of an ECDSA signature is its own affair: {@link #sign} refuses ECDSA, so that no test takes such a transcript for repeatable. Ed25519, Ed448 and RSA-PSS are what remains in TLS 1.3.
 */
public final class DeterministicCrypto implements Crypto {
    private final Crypto real;
    private final SecureRandom random;

    /**
     * @param real does the work
     * @param seed equal seeds, equal bytes
     */
    public DeterministicCrypto(Crypto real, long seed) {
        this.real = real;
        this.random = new SeededRandom(seed);
    }

    @Override
    public Hash hash(HashAlgorithm algorithm) {
        return real.hash(algorithm);
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm) {
        return real.hmac(algorithm);
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, Secret key) {
        return real.aead(algorithm, key);
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return real.supports(algorithm);
    }

    /** X25519 and P-256 alone: the others' private keys cannot be made to come from the seed. */
    @Override
    public boolean supports(NamedGroup group) {
        return SeededDh.supports(group);
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return real.supports(scheme);
    }

    @Override
    public boolean supportsInCertificates(SignatureScheme scheme) {
        return real.supportsInCertificates(scheme);
    }

    @Override
    public KeyExchange.Factory keyExchange(NamedGroup group) {
        return new SeededDh(group, random);
    }

    @Override
    public byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input) throws TlsException {
        if (scheme.isPss()) {
            return SeededPss.sign(key, scheme, input, random);
        }
        if (scheme != SignatureScheme.ED25519 && scheme != SignatureScheme.ED448) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.INTERNAL_ERROR,
                    scheme + " is randomised; Ed25519 and RSA-PSS are not");
        }
        return real.sign(key, scheme, input);
    }

    @Override
    public boolean verify(PublicKey key, SignatureScheme scheme, byte[] input, byte[] signature) {
        return real.verify(key, scheme, input, signature);
    }

    @Override
    public void random(byte[] out) {
        random.nextBytes(out);
    }

    @Override
    public EncodedCertificate certificate(byte[] der) {
        return real.certificate(der);
    }
}
