// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/**
 * Diffie-Hellman in a finite field that a server of TLS 1.2 named (RFC 5246 §7.4.3, §8.1.2), by a JCA provider.
 *
 * <p>The secret loses its leading zeros, which takes a time that tells how many there were; whoever measures that learns nothing of a second exchange, since each has a key pair of its own (the Raccoon attack needs one that stays).
 */
final class JcaDh extends JcaDiffieHellman {
    private static final int MOST_TRIES = 8;

    private final DhParameters group;
    private final Provider provider;
    private final SecureRandom random;

    JcaDh(DhParameters group, Provider provider, SecureRandom random) {
        super(
                "a key exchange with a prime of " + group.p().bitLength() + " bits",
                Reason.BAD_DH_VALUE,
                provider,
                random);
        this.group = group;
        this.provider = provider;
        this.random = random;
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        try {
            return super.answer(peerShare);
        } catch (ProviderException e) {
            throw bad("no key can be made in the server's group", e); // the prime is none, or the generator of no use
        }
    }

    /** By an exponent of our own: the JDK's generator takes no primes but of 512 to 8,192 bits in steps of 64. */
    @Override
    KeyPair generate() {
        try {
            KeyFactory f = KeyFactory.getInstance("DH", provider);
            PublicKey generator = f.generatePublic(new DHPublicKeySpec(group.g(), group.p(), group.g()));
            KeyPair pair = null;
            for (int i = 0; pair == null && i < MOST_TRIES; i++) {
                pair = pair(f, generator);
            }
            if (pair != null) {
                return pair;
            }
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
        throw failed(null);
    }

    /** A pair, or null for one that no peer would take, which only a generator of small order makes twice in a row. */
    private KeyPair pair(KeyFactory f, PublicKey generator) throws GeneralSecurityException {
        int bits = group.exponentBits();
        BigInteger x = new BigInteger(bits, random).setBit(bits - 1);
        PrivateKey own = f.generatePrivate(new DHPrivateKeySpec(x, group.p(), group.g()));
        // To agree with the generator gives the public key.
        KeyAgreement k = KeyAgreement.getInstance("DH", provider);
        k.init(own);
        k.doPhase(generator, true);
        BigInteger y;
        try {
            y = new BigInteger(1, k.generateSecret());
        } catch (ProviderException e) {
            return null; // the JDK gives out neither 1 nor p-1
        }
        return isValue(y) ? new KeyPair(f.generatePublic(new DHPublicKeySpec(y, group.p(), group.g())), own) : null;
    }

    private ProviderException failed(Exception cause) {
        return new ProviderException(
                provider.getName() + " makes no key with a prime of "
                        + group.p().bitLength() + " bits",
                cause);
    }

    // RFC 7919 §5.1: 1 < Y < p-1, or the secret is known to everybody.
    private boolean isValue(BigInteger y) {
        return y.compareTo(BigInteger.ONE) > 0 && y.compareTo(group.p().subtract(BigInteger.ONE)) < 0;
    }

    @Override
    AlgorithmParameterSpec keyParameters() {
        return null;
    }

    @Override
    String keyAlgorithm() {
        return "DH";
    }

    @Override
    String agreementAlgorithm() {
        return "DH";
    }

    @Override
    byte[] share(PublicKey key) {
        byte[] y = ((DHPublicKey) key).getY().toByteArray();
        byte[] share = new byte[secretLength()];
        int sign = y[0] == 0 && y.length > 1 ? 1 : 0;
        System.arraycopy(y, sign, share, share.length - (y.length - sign), y.length - sign);
        return share;
    }

    /** Its number alone counts; the range of Y bounds that. */
    @Override
    void checkLength(byte[] share) {}

    @Override
    PublicKey peerKey(byte[] share, KeyFactory factory) throws TlsException, GeneralSecurityException {
        BigInteger y = new BigInteger(1, share);
        if (!isValue(y)) {
            throw bad("Y is out of range; 1 < Y < p-1 allowed", null);
        }
        return factory.generatePublic(new DHPublicKeySpec(y, group.p(), group.g()));
    }

    @Override
    int secretLength() {
        return (group.p().bitLength() + 7) / 8;
    }

    // RFC 5246 §8.1.2: leading bytes of the secret that are zero go.
    @Override
    Secret form(byte[] secret) {
        int zeros = 0;
        while (zeros < secret.length - 1 && secret[zeros] == 0) {
            zeros++;
        }
        Secret stripped = Secret.copyOf(secret, zeros, secret.length - zeros);
        Arrays.fill(secret, (byte) 0);
        return stripped;
    }
}
