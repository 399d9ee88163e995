// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Cipher;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.crypto.RawSignature;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/** Tries an implementation out before it is taken; throws what speaks against it. */
final class SelfCheck {
    private SelfCheck() {}

    /** A known answer, and a tag that has to be refused. */
    static void aead(AeadAlgorithm algorithm, Function<Secret, Aead> maker) {
        byte[] expected = switch (algorithm) {
            case AES_128_GCM -> KnownAnswers.AES_128_GCM;
            case AES_256_GCM -> KnownAnswers.AES_256_GCM;
            case CHACHA20_POLY1305 -> KnownAnswers.CHACHA20_POLY1305;
            case AES_128_CCM -> KnownAnswers.AES_128_CCM;
            case AES_128_CCM_8 -> KnownAnswers.AES_128_CCM_8;
            case AES_256_CCM -> KnownAnswers.AES_256_CCM;
            case AES_256_CCM_8 -> KnownAnswers.AES_256_CCM_8;
        };
        byte[] nonce = new byte[algorithm.nonceLength()];
        byte[] header = KnownAnswers.HEADER;
        byte[] record = new byte[expected.length];
        byte[] opened = new byte[expected.length - algorithm.tagLength()];
        try (Secret key = Secret.zeros(algorithm.keyLength());
                Aead seals = maker.apply(key);
                Aead opens = maker.apply(key)) {
            int sealed = seals.seal(nonce, header, 0, header.length, record, 0, opened.length, record, 0);
            require(sealed == expected.length && Arrays.equals(record, expected), "a wrong ciphertext");
            record[0] ^= 1;
            require(
                    opens.open(nonce, header, 0, header.length, record, 0, record.length, opened, 0) < 0,
                    "a wrong tag accepted");
            record[0] ^= 1;
            require(
                    opens.open(nonce, header, 0, header.length, record, 0, record.length, opened, 0) == opened.length,
                    "a right tag refused");
            require(Arrays.equals(opened, new byte[opened.length]), "a wrong plaintext");
        }
    }

    /** A known answer, there and back. */
    static void cbc(CbcAlgorithm algorithm, Function<Secret, Cbc> maker) {
        byte[] expected = algorithm == CbcAlgorithm.AES_128_CBC ? KnownAnswers.AES_128_CBC : KnownAnswers.AES_256_CBC;
        byte[] iv = new byte[algorithm.blockLength()];
        byte[] blocks = new byte[expected.length];
        try (Secret key = Secret.zeros(algorithm.keyLength());
                Cbc cipher = maker.apply(key)) {
            cipher.encrypt(iv, 0, blocks, 0, blocks.length);
            require(Arrays.equals(blocks, expected), "a wrong ciphertext");
            cipher.decrypt(iv, 0, blocks, 0, blocks.length);
            require(Arrays.equals(blocks, new byte[blocks.length]), "a wrong plaintext");
        }
    }

    /** To exchange with the generator 2 gives one's own share, without its leading zeros. */
    static void finiteField(KeyExchange.Factory factory) throws TlsException {
        try (KeyExchange own = factory.start();
                Secret secret = own.finish(new byte[] {2});
                Secret end = Secret.copyOf(own.share(), own.share().length - secret.length(), secret.length())) {
            require(secret.equals(end), "a wrong secret");
        }
    }

    /** A premaster secret there and back, a padding that is wrong, and a signature of the kind that has no name in JCA. */
    static void rsa(JcaRsa rsa) throws GeneralSecurityException, TlsException {
        KeyFactory f = KeyFactory.getInstance("RSA");
        PrivateKey own = f.generatePrivate(new PKCS8EncodedKeySpec(KnownAnswers.RSA_PRIVATE_KEY));
        PublicKey peer = f.generatePublic(new X509EncodedKeySpec(KnownAnswers.RSA_KEY));
        byte[] premaster = new byte[JcaRsa.PREMASTER];
        premaster[0] = 3;
        premaster[1] = 3;
        try (Secret sent = Secret.of(premaster);
                Secret got = rsa.decryptPremaster(own, rsa.encryptPremaster(peer, sent), 0x0303);
                Secret other = rsa.decryptPremaster(own, rsa.encryptPremaster(peer, sent), 0x0302)) {
            require(got.equals(sent), "a wrong premaster secret");
            require(!other.equals(sent), "a premaster secret of another version");
        }
        byte[] hash = new byte[36];
        byte[] signature = rsa.cipher(JcaRsa.PADDED, Cipher.ENCRYPT_MODE, own).doFinal(hash);
        byte[] shown = rsa.cipher(JcaRsa.RAW, Cipher.ENCRYPT_MODE, peer).doFinal(signature);
        require(shown[shown.length - 38] == -1 && shown[shown.length - 37] == 0, "a signature with another padding");
    }

    /** To exchange with the base point gives one's own share: what makes keys and what agrees on secrets confirm each other. */
    static void exchange(NamedGroup group, KeyExchange.Factory factory) throws TlsException, GeneralSecurityException {
        byte[] base = basePoint(group);
        try (KeyExchange own = factory.start();
                Secret secret = own.finish(base)) {
            byte[] share = own.share();
            require(share.length == group.clientShareLength(), "a share of wrong length");
            boolean point = secret.length() != share.length; // x and y after the format byte; the secret is x
            byte[] x = point ? Arrays.copyOfRange(share, 1, 1 + secret.length()) : share;
            try (Secret expected = Secret.of(x.clone())) {
                require(secret.equals(expected), "a wrong secret");
            }
        }
    }

    /** A round trip. */
    static void kem(Kem kem) throws TlsException {
        try (KeyExchange own = kem.generate()) {
            require(own.share().length == kem.encapsulationKeyLength(), "a key of wrong length");
            KeyExchange.Answer answer = kem.encapsulate(own.share());
            require(answer.share().length == kem.ciphertextLength(), "a ciphertext of wrong length");
            try (Secret theirs = answer.secret();
                    Secret ours = own.finish(answer.share())) {
                require(ours.equals(theirs), "two different secrets");
            }
        }
    }

    /** A signature of the scheme's family that is right, and one that is wrong. */
    static void verifying(SignatureScheme scheme, Provider provider) throws GeneralSecurityException {
        SignatureScheme known = representative(scheme);
        if (known == null) {
            return; // Ed448, ML-DSA: a round trip when it signs
        }
        byte[] message = known == SignatureScheme.ED25519 ? new byte[0] : KnownAnswers.MESSAGE;
        byte[] signature = switch (known) {
            case ECDSA_SECP256R1_SHA256 -> KnownAnswers.ECDSA_P256_SHA256;
            case RSA_PKCS1_SHA256 -> KnownAnswers.RSA_PKCS1_SHA256;
            case ED25519 -> KnownAnswers.ED25519;
            default -> KnownAnswers.RSA_PSS_SHA256;
        };
        byte[] spki = switch (known) {
            case ECDSA_SECP256R1_SHA256 -> KnownAnswers.P256_KEY;
            case ED25519 -> KnownAnswers.ED25519_KEY;
            case RSA_PSS_PSS_SHA256 -> KnownAnswers.RSASSA_PSS_KEY;
            default -> KnownAnswers.RSA_KEY;
        };
        PublicKey key = factory(known.keyType(), provider).generatePublic(new X509EncodedKeySpec(spki));
        JcaVerifier verifier = new JcaVerifier(JcaScheme.of(known, provider));
        require(verifier.verify(key, message, signature), "a right signature refused");
        require(!verifier.verify(key, new byte[] {1}, signature), "a wrong signature accepted");
    }

    /** A known signature of the smallest set, which stands for the others too. */
    static void mlDsa(RawSignature signature) throws GeneralSecurityException {
        require(signature != null, "not the smallest set of parameters");
        MlDsaPublicKey key = MlDsaPublicKey.of(MlDsaKnownAnswer.KEY);
        byte[] known = MlDsaKnownAnswer.SIGNATURE;
        require(signature.verify(key, KnownAnswers.MESSAGE, known), "a right signature refused");
        require(!signature.verify(key, new byte[] {1}, known), "a wrong signature accepted");
    }

    /** A signature by the key whose seed is zeros: of the smallest set it has to verify by the known key, of the others to have the right length. */
    static void signing(SourceMlDsa scheme) throws GeneralSecurityException, TlsException {
        MlDsaPrivateKey key = MlDsaPrivateKey.ofSeed(scheme.parameters(), new byte[MlDsa.SEED_LENGTH]);
        byte[] signature = scheme.sign(key, KnownAnswers.MESSAGE);
        require(signature.length == scheme.parameters().signatureLength(), "a signature of wrong length");
        if (scheme.parameters() == MlDsa.ML_DSA_44) {
            require(
                    scheme.verify(MlDsaPublicKey.of(MlDsaKnownAnswer.KEY), KnownAnswers.MESSAGE, signature),
                    "it does not verify what it signed");
        }
    }

    /** A signature that the same provider then verifies. */
    static void signing(JcaScheme scheme) throws GeneralSecurityException, TlsException {
        KeyPair pair = pair(scheme);
        byte[] signature =
                new JcaSigner(scheme.scheme(), List.of(scheme)).sign(pair.getPrivate(), KnownAnswers.MESSAGE);
        require(
                new JcaVerifier(scheme).verify(pair.getPublic(), KnownAnswers.MESSAGE, signature),
                "it does not verify what it signed");
    }

    private static KeyPair pair(JcaScheme scheme) throws GeneralSecurityException {
        SignatureScheme s = scheme.scheme();
        if (s.keyType().equals("RSA")) {
            KeyFactory f = factory("RSA", scheme.provider());
            PrivateKey key = f.generatePrivate(new PKCS8EncodedKeySpec(KnownAnswers.RSA_PRIVATE_KEY));
            return new KeyPair(f.generatePublic(new X509EncodedKeySpec(KnownAnswers.RSA_KEY)), key);
        }
        KeyPairGenerator g = KeyPairGenerator.getInstance(s.keyType(), scheme.provider());
        if (s.keyType().equals("EC")) {
            g.initialize(EcCurve.of(s.curve() == null ? NamedGroup.SECP256R1 : s.curve())
                    .name());
        }
        return g.generateKeyPair();
    }

    private static SignatureScheme representative(SignatureScheme scheme) {
        return switch (scheme.keyType()) {
            case "EC" -> SignatureScheme.ECDSA_SECP256R1_SHA256;
            case "RSA" -> scheme.isPss() ? SignatureScheme.RSA_PSS_RSAE_SHA256 : SignatureScheme.RSA_PKCS1_SHA256;
            case "RSASSA-PSS" -> SignatureScheme.RSA_PSS_PSS_SHA256;
            case "Ed25519" -> SignatureScheme.ED25519;
            default -> null;
        };
    }

    /** The provider's KeyFactory, or anybody's: keys may be translated. */
    private static KeyFactory factory(String type, Provider provider) throws NoSuchAlgorithmException {
        return ProviderDirectory.has(provider, "KeyFactory", type)
                ? KeyFactory.getInstance(type, provider)
                : KeyFactory.getInstance(type);
    }

    private static byte[] basePoint(NamedGroup group) throws GeneralSecurityException {
        byte[] base = new byte[group.clientShareLength()];
        switch (group) {
            case X25519 -> base[0] = 9; // RFC 7748 §6.1, §6.2
            case X448 -> base[0] = 5;
            case FFDHE2048, FFDHE3072 -> base[base.length - 1] = 2;
            default -> {
                return EcCurve.of(group).generator();
            }
        }
        return base;
    }

    private static void require(boolean sound, String fault) {
        if (!sound) {
            throw new ProviderException(fault);
        }
    }
}
