// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.keyschedule.TrafficSecret;

/** The ciphers and HMAC of the JDK, directly, or {@link XorAead}; nothing else. */
final class TestCrypto implements Crypto {
    static final TestCrypto JDK = new TestCrypto(false);
    private static final Crypto JDK_CBC = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    static final TestCrypto XOR = new TestCrypto(true);

    private final boolean xor;

    private TestCrypto(boolean xor) {
        this.xor = xor;
    }

    /** A traffic secret made of one byte. */
    static TrafficSecret traffic(CipherSuite suite, int fill) {
        byte[] b = new byte[suite.hash() == HashAlgorithm.SHA384 ? 48 : 32];
        java.util.Arrays.fill(b, (byte) fill);
        return traffic(suite, b);
    }

    static TrafficSecret traffic(CipherSuite suite, byte[] secret) {
        return new TrafficSecret(new Hkdf(JDK.hmac(suite.hash())), Secret.of(secret));
    }

    /** Keys of TLS 1.2 made of one byte. */
    static KeyBlock.Half half(CipherSuite suite, int fill) {
        return half(suite, ProtocolVersion.TLS1_2, false, fill);
    }

    /** Keys of a version made of one byte. */
    static KeyBlock.Half half(CipherSuite suite, ProtocolVersion version, boolean encryptThenMac, int fill) {
        Secret macKey = suite.mac() == null ? null : filled(suite.mac().length(), fill + 50);
        int key = suite.aead() == null ? suite.cbc().keyLength() : suite.aead().keyLength();
        return new KeyBlock.Half(
                version, encryptThenMac, macKey, filled(key, fill), filled(ivLength(suite.aead()), fill + 100));
    }

    private static int ivLength(AeadAlgorithm aead) {
        return aead == null ? 16 : aead == AeadAlgorithm.CHACHA20_POLY1305 ? 12 : 4;
    }

    static Secret filled(int length, int fill) {
        byte[] b = new byte[length];
        java.util.Arrays.fill(b, (byte) fill);
        return Secret.of(b);
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, Secret key) {
        byte[] k = key.getEncoded();
        return xor ? new XorAead(k[0] ^ k[1] << 8) : new JdkAead(algorithm, k);
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm) {
        return new JdkHmac(algorithm.hmacName());
    }

    private static final class JdkHmac implements Hmac {
        private final Mac mac;

        JdkHmac(String name) {
            try {
                mac = Mac.getInstance(name);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void init(Secret key) {
            try {
                mac.init(new SecretKeySpec(key.getEncoded(), "HMAC"));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void update(byte[] b, int off, int len) {
            mac.update(b, off, len);
        }

        @Override
        public void doFinal(byte[] out, int off) {
            try {
                mac.doFinal(out, off);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public int length() {
            return mac.getMacLength();
        }
    }

    private static final class JdkAead implements Aead {
        private final boolean gcm;
        private final Cipher cipher;
        private final SecretKeySpec key;

        JdkAead(AeadAlgorithm algorithm, byte[] key) {
            this.gcm = algorithm != AeadAlgorithm.CHACHA20_POLY1305;
            this.key = new SecretKeySpec(key, gcm ? "AES" : "ChaCha20");
            try {
                this.cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        private void init(int mode, byte[] nonce) throws GeneralSecurityException {
            cipher.init(mode, key, gcm ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce));
        }

        @Override
        public int seal(
                byte[] nonce,
                byte[] aad,
                int aadOff,
                int aadLen,
                byte[] in,
                int inOff,
                int inLen,
                byte[] out,
                int outOff) {
            try {
                init(Cipher.ENCRYPT_MODE, nonce);
                cipher.updateAAD(aad, aadOff, aadLen);
                return cipher.doFinal(in, inOff, inLen, out, outOff);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int open(
                byte[] nonce,
                byte[] aad,
                int aadOff,
                int aadLen,
                byte[] in,
                int inOff,
                int inLen,
                byte[] out,
                int outOff) {
            try {
                init(Cipher.DECRYPT_MODE, nonce);
                cipher.updateAAD(aad, aadOff, aadLen);
                return cipher.doFinal(in, inOff, inLen, out, outOff);
            } catch (javax.crypto.AEADBadTagException e) {
                return -1;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int tagLength() {
            return 16;
        }

        @Override
        public void close() {
            // a test's key
        }
    }

    @Override
    public Hash hash(HashAlgorithm algorithm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return true;
    }

    @Override
    public Cbc cbc(CbcAlgorithm algorithm, Secret key) {
        return JDK_CBC.cbc(algorithm, key);
    }

    @Override
    public boolean supports(CbcAlgorithm algorithm) {
        return true;
    }

    @Override
    public boolean supports(NamedGroup group) {
        return false;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return false;
    }

    @Override
    public KeyExchange.Factory keyExchange(NamedGroup group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DhParameters field(NamedGroup ffdhe) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyExchange.Factory diffieHellman(DhParameters group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] encryptPremaster(PublicKey key, Secret premaster) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secret decryptPremaster(PrivateKey key, byte[] encrypted, int clientVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean verify(PublicKey key, SignatureScheme scheme, byte[] input, byte[] signature) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void random(byte[] out) {
        JDK_CBC.random(out);
    }

    @Override
    public EncodedCertificate certificate(byte[] der) {
        throw new UnsupportedOperationException();
    }
}
