// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * A real {@link Crypto} whose random bytes, key exchanges and signatures are the same for the same seed and input as long as the JVM lives, so that two runs within it give the same bytes on the wire. Each side of a connection needs one of its own.
 *
 * <p>Random bytes come from the seed. What providers draw for themselves, such as private keys, what a KEM encapsulates and the salt of a signature, is drawn once and kept. So this has every group and every signature scheme, unlike {@link DeterministicCrypto}, which gives the same bytes in the next JVM too.
 */
public final class RepeatableCrypto implements Crypto {
    private static final HexFormat HEX = HexFormat.of();

    private static final Kept<byte[]> SIGNATURES = new Kept<>();
    private static final Kept<byte[]> ENCRYPTED = new Kept<>();

    private final Crypto real;
    private final SecureRandom random;

    /**
     * @param real does the work
     * @param seed equal seeds, equal bytes
     */
    public RepeatableCrypto(Crypto real, long seed) {
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

    @Override
    public Cbc cbc(CbcAlgorithm algorithm, Secret key) {
        return real.cbc(algorithm, key);
    }

    @Override
    public boolean supports(CbcAlgorithm algorithm) {
        return real.supports(algorithm);
    }

    @Override
    public boolean supports(NamedGroup group) {
        return real.supports(group);
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
        return new RepeatedExchanges(group, real.keyExchange(group), random);
    }

    @Override
    public DhParameters field(NamedGroup ffdhe) {
        return real.field(ffdhe);
    }

    @Override
    public KeyExchange.Factory diffieHellman(DhParameters group) throws TlsException {
        return new RepeatedExchanges(group, real.diffieHellman(group), random);
    }

    @Override
    public byte[] encryptPremaster(PublicKey rsa, Secret premaster) throws TlsException {
        byte[] clear = premaster.getEncoded();
        return ENCRYPTED
                .get(List.of(rsa, HEX.formatHex(clear)), () -> real.encryptPremaster(rsa, premaster))
                .clone();
    }

    @Override
    public Secret decryptPremaster(PrivateKey rsa, byte[] encrypted, int clientVersion) throws TlsException {
        return real.decryptPremaster(rsa, encrypted, clientVersion);
    }

    @Override
    public byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input) throws TlsException {
        return SIGNATURES
                .get(List.of(key, scheme, HEX.formatHex(input)), () -> real.sign(key, scheme, input))
                .clone();
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
