// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.libssl4j.crypto.MlDsaPrivateKey;

/** Brings a private key of ML-DSA into the form of a JCA provider. */
final class JcaMlDsaKey {
    private JcaMlDsaKey() {}

    /**
     * The provider's own key. JDK 24 and 25 read expanded keys alone: where there is a seed, the key is generated anew from it.
     *
     * @throws GeneralSecurityException if the provider does not take it, or seed and expanded key are not of one key
     */
    static PrivateKey of(MlDsaPrivateKey key, Provider provider) throws GeneralSecurityException {
        byte[] seed = key.seed();
        if (seed == null) {
            return read(key.expandedPkcs8(), key, provider);
        }
        try {
            PrivateKey own = ProviderDirectory.isOfJdk(provider)
                    ? expanded(seed, key, provider)
                    : read(key.getEncoded(), key, provider);
            requireOneKey(key, own);
            return own;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private static PrivateKey read(byte[] pkcs8, MlDsaPrivateKey key, Provider provider)
            throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (RuntimeException e) {
            throw new InvalidKeySpecException("a damaged private key of " + key.getAlgorithm(), e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /** FIPS 204, algorithm 1: the seed is all that is drawn at random. */
    private static PrivateKey expanded(byte[] seed, MlDsaPrivateKey key, Provider provider)
            throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance(key.getAlgorithm(), provider);
        g.initialize(new NamedParameterSpec(key.getAlgorithm()), new OnlyThis(seed));
        return g.generateKeyPair().getPrivate();
    }

    // RFC 9881 §8.2: where both are given, they have to be of one key.
    private static void requireOneKey(MlDsaPrivateKey given, PrivateKey own) throws InvalidKeyException {
        byte[] expanded = given.expanded();
        if (expanded == null) {
            return;
        }
        byte[] encoded = own.getEncoded();
        MlDsaPrivateKey made = MlDsaPrivateKey.of(encoded);
        byte[] known = made.expanded();
        boolean one = known == null || MessageDigest.isEqual(expanded, known);
        made.destroy();
        for (byte[] b : new byte[][] {expanded, encoded, known}) {
            if (b != null) {
                Arrays.fill(b, (byte) 0);
            }
        }
        if (!one) {
            throw new InvalidKeyException("the seed and the expanded key are not of one key");
        }
    }

    /** Gives out a seed, once, and nothing else. */
    private static final class OnlyThis extends SecureRandom {
        private static final long serialVersionUID = 1L;

        OnlyThis(byte[] seed) {
            super(new Once(seed), null);
        }

        private void writeObject(ObjectOutputStream out) throws NotSerializableException {
            throw new NotSerializableException("seeds are never serialised");
        }
    }

    private static final class Once extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient byte[] seed;
        private transient boolean taken;

        Once(byte[] seed) {
            this.seed = seed;
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            if (taken || bytes.length != seed.length) {
                throw new IllegalStateException("a generator of keys that draws more than the seed");
            }
            taken = true;
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }

        @Override
        protected void engineSetSeed(byte[] ignored) {
            // nothing may change it
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            throw new IllegalStateException("this is the seed of one key");
        }
    }
}
