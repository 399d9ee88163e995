// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.CryptoSource;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/** Who is taken for what. */
class SelectionTest {
    @Test
    void oneInstanceServesAPolicy() {
        assertSame(JcaCrypto.of(CryptoPolicy.JDK_ONLY), JcaCrypto.of(CryptoPolicy.JDK_ONLY));
    }

    @ParameterizedTest
    @EnumSource
    void everyPolicyHasWhatTheJdkHas(CryptoPolicy policy) {
        JcaCrypto c = JcaCrypto.of(policy);
        boolean quantum = Runtime.version().feature() >= 24; // ML-KEM and ML-DSA
        for (AeadAlgorithm a : AeadAlgorithm.values()) {
            assertEquals(!a.name().contains("CCM"), c.supports(a), a.name());
        }
        for (SignatureScheme s : SignatureScheme.values()) {
            assertEquals(quantum || !s.name().contains("MLDSA"), c.supports(s), s.name());
        }
        for (NamedGroup g : NamedGroup.values()) {
            assertEquals(quantum || !g.name().contains("MLKEM"), c.supports(g), g.name());
        }
        for (HashAlgorithm h : HashAlgorithm.values()) {
            assertEquals(h.length(), c.hash(h).digest().length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationIsRankedAndNoMakerTwice(CryptoPolicy policy) {
        for (int jdk : new int[] {17, 21, 25}) {
            for (Operation o : Operation.values()) {
                List<Maker> ranked = new ProviderRanking(policy, jdk).of(o);
                assertEquals(ranked.size(), new HashSet<>(ranked).size(), o.name());
                assertTrue(ranked.contains(Maker.JDK), o.name());
            }
        }
    }

    @Test
    void theJdkAloneUsesNoSource() {
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of(new Source("BouncyCastle", 0)));
        assertFalse(c.describe().contains("BouncyCastle"));
    }

    @Test
    void aSourceIsTakenAtItsRank() throws TlsException {
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new Source("BouncyCastle", 0)));
        assertTrue(c.describe().contains("BouncyCastle"), c.describe());
    }

    @Test
    void aSourceWithWrongSecretsIsPassedOver() throws TlsException {
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new Source("BouncyCastle", 1)));
        assertTrue(c.supports(NamedGroup.X25519));
        assertTrue(c.describe().contains("refused: x25519: BouncyCastle: a wrong secret"), c.describe());
        try (KeyExchange x = c.keyExchange(NamedGroup.X25519).start()) {
            assertEquals(
                    c.keyExchange(NamedGroup.X25519).answer(x.share()).secret().length(), 32);
        }
    }

    @Test
    void aProviderThatFailsItsCheckIsPassedOver() throws Exception {
        Provider broken = new Tokens("Broken");
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(broken), List.of());
        String who = c.describe();
        assertTrue(who.contains("refused: ecdsa_secp256r1_sha256: Broken"), who);
        KeyPair pair = pair();
        byte[] signature = c.sign(pair.getPrivate(), SignatureScheme.ECDSA_SECP256R1_SHA256, new byte[1]);
        assertTrue(c.verify(pair.getPublic(), SignatureScheme.ECDSA_SECP256R1_SHA256, new byte[1], signature));
    }

    /** As PKCS#11 does it: the key says nothing of itself, and only its own provider signs with it. */
    @Test
    void aKeyInATokenSignsThroughTheProviderThatKnowsIt() throws Exception {
        Provider tokens = new Tokens("Tokens");
        Security.addProvider(tokens);
        try {
            JcaCrypto c = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());
            KeyPair pair = pair();
            PrivateKey opaque = new OpaqueKey(pair.getPrivate());
            for (int i = 0; i < 2; i++) { // the second time by memory
                byte[] signature = c.sign(opaque, SignatureScheme.ECDSA_SECP256R1_SHA256, new byte[] {1});
                assertTrue(
                        c.verify(pair.getPublic(), SignatureScheme.ECDSA_SECP256R1_SHA256, new byte[] {1}, signature));
            }
        } finally {
            Security.removeProvider("Tokens");
        }
        JcaCrypto c = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());
        assertThrows(
                TlsException.class,
                () -> c.sign(new OpaqueKey(pair().getPrivate()), SignatureScheme.ECDSA_SECP256R1_SHA256, new byte[1]));
    }

    @Test
    void providersThatAreNotThereAreNoFault() {
        ProviderDirectory d = new ProviderDirectory(List.of());
        assertNotNull(d.of(Maker.ACCP));
        assertNotNull(d.of(Maker.CONSCRYPT));
        assertEquals(List.of(), d.of(Maker.BOUNCY_CASTLE));
        Set<Provider> installed = new HashSet<>(d.of(Maker.JDK));
        installed.addAll(d.of(Maker.INSTALLED));
        assertEquals(Set.of(Security.getProviders()), installed);
    }

    @Test
    void copiesOfADigestAreIndependent() {
        var h = JcaCrypto.of(CryptoPolicy.JDK_ONLY).hash(HashAlgorithm.SHA256);
        h.update(new byte[] {1}, 0, 1);
        var copy = h.copy();
        h.update(new byte[] {2}, 0, 1);
        var other = JcaCrypto.of(CryptoPolicy.JDK_ONLY).hash(HashAlgorithm.SHA256);
        other.update(new byte[] {1}, 0, 1);
        assertArrayEquals(other.digest(), copy.digest());
        other.update(new byte[] {1, 2}, 0, 2);
        assertArrayEquals(other.digest(), h.digest());
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(EcCurve.of(NamedGroup.SECP256R1).name());
        return g.generateKeyPair();
    }

    /** The JDK's X25519 under another name, with secrets off by so much. */
    private record Source(String name, int error) implements CryptoSource {
        @Override
        public KeyExchange.Factory keyExchange(NamedGroup group) {
            KeyExchange.Factory jdk = JcaCrypto.of(CryptoPolicy.JDK_ONLY).keyExchange(NamedGroup.X25519);
            return group != NamedGroup.X25519
                    ? null
                    : new KeyExchange.Factory() {
                        @Override
                        public KeyExchange start() {
                            KeyExchange x = jdk.start();
                            return new KeyExchange() {
                                @Override
                                public byte[] share() {
                                    return x.share();
                                }

                                @Override
                                public Secret finish(byte[] peerShare) throws TlsException {
                                    byte[] b = x.finish(peerShare).getEncoded();
                                    b[0] += (byte) error;
                                    return Secret.of(b);
                                }

                                @Override
                                public void close() {
                                    x.close();
                                }
                            };
                        }

                        @Override
                        public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
                            return jdk.answer(peerShare);
                        }
                    };
        }

        @Override
        public Kem kem(String name) {
            return null;
        }
    }

    private static final class OpaqueKey implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final transient PrivateKey inside;

        OpaqueKey(PrivateKey inside) {
            this.inside = inside;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    /** Signs with opaque keys only; verifies nothing. */
    private static final class Tokens extends Provider {
        private static final long serialVersionUID = 1L;

        Tokens(String name) {
            super(name, "1", "a token for tests");
            put("Signature.SHA256withECDSA", TokenSignature.class.getName());
            put("KeyFactory.EC", TokenKeys.class.getName());
        }
    }

    /** Made by {@link Tokens}: reads public keys, and no private ones. */
    public static final class TokenKeys extends KeyFactorySpi {
        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            try {
                return KeyFactory.getInstance("EC", "SunEC").generatePublic(spec);
            } catch (GeneralSecurityException e) {
                throw new InvalidKeySpecException(e);
            }
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("this token imports no keys");
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) throws InvalidKeySpecException {
            throw new InvalidKeySpecException("this token exports no keys");
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            throw new InvalidKeyException("this token imports no keys");
        }
    }

    /** Made by {@link Tokens}. */
    public static final class TokenSignature extends SignatureSpi {
        private Signature inside;

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            if (!(key instanceof OpaqueKey opaque)) {
                throw new InvalidKeyException("not of this token");
            }
            try {
                inside = Signature.getInstance("SHA256withECDSA", "SunEC");
            } catch (GeneralSecurityException e) {
                throw new InvalidKeyException(e);
            }
            inside.initSign(opaque.inside);
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            throw new InvalidKeyException("this token does not verify");
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            inside.update(b);
        }

        @Override
        protected void engineUpdate(byte[] b, int off, int len) throws SignatureException {
            inside.update(b, off, len);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return inside.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
