// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import javax.security.auth.DestroyFailedException;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/** Ephemeral Diffie-Hellman in one group by one JCA provider (RFC 9846 §7.4). The kinds of groups differ in the form of a share and in what is checked of a peer's. */
abstract class JcaDiffieHellman implements KeyExchange.Factory {
    private final NamedGroup group; // null for one that has no name
    private final String what;
    private final Reason reason;
    private final Provider provider;
    private final SecureRandom random;
    private volatile boolean undestroyable;

    JcaDiffieHellman(NamedGroup group, Provider provider, SecureRandom random) {
        this.group = group;
        this.what = "key_share of " + group.ianaName();
        this.reason = Reason.BAD_ECPOINT;
        this.provider = provider;
        this.random = random;
    }

    /**
     * In a group without a name.
     *
     * @param what is exchanged, for messages
     * @param reason why a share is refused
     */
    JcaDiffieHellman(String what, Reason reason, Provider provider, SecureRandom random) {
        this.group = null;
        this.what = what;
        this.reason = reason;
        this.provider = provider;
        this.random = random;
    }

    /** What the KeyPairGenerator is set up with, or null to leave it as it is. */
    abstract AlgorithmParameterSpec keyParameters();

    /** The provider's name for KeyPairGenerator and KeyFactory. */
    abstract String keyAlgorithm();

    /** The provider's name for KeyAgreement. */
    abstract String agreementAlgorithm();

    /** A key of our own in the form of key_share. */
    abstract byte[] share(PublicKey key);

    // RFC 9846 §4.3.8.1, §4.3.8.2 [8446 4.2.8.1, 4.2.8.2]: a share has one length, which its group fixes.
    /** Checks the length of a peer's share. */
    void checkLength(byte[] share) throws TlsException {
        if (share.length != group.clientShareLength()) {
            throw bad(share.length + " bytes; " + group.clientShareLength() + " allowed", null);
        }
    }

    /** Checks a peer's share, whose length is right, and makes a key of it. */
    abstract PublicKey peerKey(byte[] share, KeyFactory factory) throws TlsException, GeneralSecurityException;

    /** Length of the shared secret in bytes. */
    abstract int secretLength();

    /** Refuses a shared secret that shows a bad share. */
    void check(Secret secret) throws TlsException {}

    @Override
    public final KeyExchange start() {
        return exchange(generate());
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        PublicKey peer = peerKey(peerShare);
        try (Exchange own = exchange(generate())) {
            return new KeyExchange.Answer(own.share(), agree(own.key, peer));
        }
    }

    /** Begins with a key pair that stands already. */
    final Exchange exchange(KeyPair pair) {
        return new Exchange(pair.getPrivate(), share(pair.getPublic()));
    }

    final NamedGroup group() {
        return group;
    }

    /** A share that cannot be used. */
    final TlsException bad(String detail, Throwable cause) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, this.what + ": " + detail, cause);
    }

    /** A fresh key pair. */
    KeyPair generate() {
        try {
            KeyPairGenerator g = KeyPairGenerator.getInstance(keyAlgorithm(), provider);
            AlgorithmParameterSpec parameters = keyParameters();
            if (parameters != null) {
                g.initialize(parameters, random);
            }
            return g.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new ProviderException(provider.getName() + " makes no key for " + what, e);
        }
    }

    private PublicKey peerKey(byte[] share) throws TlsException {
        checkLength(share);
        try {
            return peerKey(share, KeyFactory.getInstance(keyAlgorithm(), provider));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw bad("refused by " + provider.getName(), e);
        }
    }

    private Secret agree(PrivateKey own, PublicKey peer) throws TlsException {
        byte[] secret;
        try {
            KeyAgreement k = KeyAgreement.getInstance(agreementAlgorithm(), provider);
            k.init(own);
            k.doPhase(peer, true);
            secret = k.generateSecret();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw bad(
                    "no secret can be agreed on by " + provider.getName(),
                    e); // our own key is sound, so it is the peer's
        }
        Secret formed = form(secret);
        try {
            check(formed);
            return formed;
        } catch (TlsException e) {
            formed.close();
            throw e;
        }
    }

    // RFC 9846 §7.4.1, §7.4.2: leading zeros of the secret stay.
    /** The secret as the key schedule takes it; takes the array over. */
    Secret form(byte[] secret) {
        if (secret.length == secretLength()) {
            return Secret.of(secret);
        }
        byte[] padded = new byte[secretLength()];
        System.arraycopy(secret, 0, padded, padded.length - secret.length, secret.length);
        Arrays.fill(secret, (byte) 0);
        return Secret.of(padded);
    }

    private void destroy(PrivateKey key) {
        if (undestroyable) {
            return; // most providers cannot; an exception for each handshake would tell no more
        }
        try {
            key.destroy();
        } catch (DestroyFailedException | RuntimeException e) {
            undestroyable = true;
        }
    }

    /** One key pair of ours. */
    final class Exchange implements KeyExchange {
        private final byte[] share;
        private PrivateKey key;

        Exchange(PrivateKey key, byte[] share) {
            this.key = key;
            this.share = share;
        }

        @Override
        public byte[] share() {
            return share;
        }

        @Override
        public Secret finish(byte[] peerShare) throws TlsException {
            if (key == null) {
                throw new IllegalStateException("this key exchange was closed");
            }
            return agree(key, peerKey(peerShare));
        }

        @Override
        public void close() {
            if (key != null) {
                destroy(key);
                key = null;
            }
        }
    }
}
