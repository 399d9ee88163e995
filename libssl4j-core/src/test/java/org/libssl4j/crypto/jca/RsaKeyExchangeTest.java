// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.keyschedule.OpensslTrace;

/** Premaster secrets by RSA: what is right comes out, what is wrong gives random bytes and no exception. */
class RsaKeyExchangeTest {
    private static final int VERSION = 0x0303;
    private static final RSAPrivateCrtKey KEY = key();
    private static final RSAPublicKey PEER = peer();
    private static final int K = 256;

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    static List<OpensslTrace> traces() {
        return OpensslTrace.all();
    }

    /** What OpenSSL's client sent. */
    @ParameterizedTest
    @MethodSource("traces")
    void premasterSecretsOfOpenssl(OpensslTrace t) throws TlsException {
        byte[] message = t.bytes("clientKeyExchange"); // a header of 4, a length of 2
        byte[] encrypted = Arrays.copyOfRange(message, 6, message.length);
        byte[] expected = t.bytes("premaster");
        assertArrayEquals(
                expected,
                crypto.decryptPremaster(KEY, encrypted, t.version().code()).getEncoded());
        assertNotEquals(
                Secret.of(expected),
                crypto.decryptPremaster(KEY, encrypted, t.version().code() ^ 1));
    }

    @Test
    void whatIsEncryptedIsDecrypted() throws TlsException {
        try (Secret premaster = Secret.of(premaster())) {
            byte[] one = crypto.encryptPremaster(PEER, premaster);
            byte[] two = crypto.encryptPremaster(PEER, premaster);
            assertEquals(K, one.length);
            assertFalse(Arrays.equals(one, two), "the padding is random");
            assertEquals(premaster, crypto.decryptPremaster(KEY, one, VERSION));
            assertEquals(premaster, crypto.decryptPremaster(KEY, two, VERSION));
            assertFalse(premaster.isDestroyed());
        }
    }

    /** Each one fault in what was encrypted. */
    enum Fault {
        FIRST_BYTE(em -> with(em, 0, 1)), // just below the modulus, which begins with more
        BLOCK_TYPE_1(em -> with(em, 1, 1)),
        BLOCK_TYPE_0(em -> with(em, 1, 0)),
        BLOCK_TYPE_3(em -> with(em, 1, 3)),
        BLOCK_TYPE_0X82(em -> with(em, 1, 0x82)),
        ZERO_IN_FIRST_EIGHT(em -> with(em, 2, 0)),
        ZERO_AT_NINTH(em -> with(em, 10, 0)),
        ZERO_IN_THE_MIDDLE(em -> with(em, 100, 0)),
        ZERO_TOO_EARLY_BY_ONE(em -> with(em, K - 50, 0)),
        NO_ZERO(em -> with(em, K - 49, 7)),
        NO_ZERO_BUT_LATER(em -> with(with(em, K - 49, 7), K - 48, 0)),
        NEARLY_ZERO(em -> with(em, K - 49, 0x80)),
        MAJOR_VERSION(em -> with(em, K - 48, 2)),
        MINOR_VERSION(em -> with(em, K - 47, 2)),
        SSL_2(em -> with(with(em, K - 48, 0), K - 47, 2)),
        ALL_ZERO(em -> new byte[K]),
        EMPTY_MESSAGE(em -> with(with(filled(), 1, 2), K - 1, 0));

        private final UnaryOperator<byte[]> change;

        Fault(UnaryOperator<byte[]> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsWrongTheResultIsRandom(Fault fault) throws TlsException {
        byte[] encrypted = raw(fault.change.apply(padded()));
        random(encrypted);
    }

    @Test
    void aFaultlessOneIsNot() throws TlsException {
        assertArrayEquals(
                premaster(),
                crypto.decryptPremaster(KEY, raw(padded()), VERSION).getEncoded());
    }

    @Test
    void aCiphertextThatIsNoneIsNoDifferentCase() throws TlsException {
        byte[] good = raw(padded());
        random(new byte[0]);
        random(new byte[1]);
        random(Arrays.copyOf(good, K - 1));
        random(Arrays.copyOf(good, K + 1));
        random(new byte[0xffff]);
        byte[] withZero = new byte[K + 1];
        System.arraycopy(good, 0, withZero, 1, K);
        random(withZero);
        byte[] tooLarge = new byte[K];
        Arrays.fill(tooLarge, (byte) 0xff);
        random(tooLarge);
        random(bytes(KEY.getModulus()));
        random(new byte[K]);
    }

    /** The unpadding itself: the instead is taken whole, in no case a part of it. */
    @Test
    void theSubstituteIsTakenWholeOrNotAtAll() {
        for (int i = 0; i < K; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] em = padded();
                em[i] ^= (byte) (1 << bit);
                boolean padding = i >= 2 && i < K - 49;
                boolean right = padding ? em[i] != 0 : i >= K - 46;
                byte[] expected = right ? Arrays.copyOfRange(em, K - 48, K) : instead();
                byte[] instead = instead();
                assertArrayEquals(
                        expected, JcaRsa.unpadded(em, K, VERSION, instead).getEncoded(), i + ", " + bit);
                assertArrayEquals(new byte[48], instead);
                assertArrayEquals(new byte[K], em);
            }
        }
    }

    @Test
    void aProviderThatDropsLeadingZerosIsUnderstood() {
        byte[] dropped = Arrays.copyOfRange(padded(), 1, K);
        assertArrayEquals(
                premaster(), JcaRsa.unpadded(dropped, K, VERSION, instead()).getEncoded());
        byte[] two = Arrays.copyOfRange(padded(), 2, K);
        assertArrayEquals(instead(), JcaRsa.unpadded(two, K, VERSION, instead()).getEncoded());
        assertArrayEquals(
                instead(),
                JcaRsa.unpadded(new byte[K + 1], K, VERSION, instead()).getEncoded());
        assertArrayEquals(
                instead(), JcaRsa.unpadded(new byte[0], K, VERSION, instead()).getEncoded());
    }

    @Test
    void aKeyOfAnotherKindIsAFaultOfOurs() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(256);
        var ec = g.generateKeyPair();
        fault(() -> crypto.decryptPremaster(ec.getPrivate(), new byte[K], VERSION));
        fault(() -> crypto.encryptPremaster(ec.getPublic(), Secret.of(premaster())));
        KeyPairGenerator pss = KeyPairGenerator.getInstance("RSASSA-PSS");
        pss.initialize(1_024);
        var signing = pss.generateKeyPair();
        fault(() -> crypto.decryptPremaster(signing.getPrivate(), new byte[128], VERSION));
        fault(() -> crypto.encryptPremaster(signing.getPublic(), Secret.of(premaster())));
    }

    /** Which says nothing of any plaintext. */
    @Test
    void aKeyThatNoProviderDecryptsWithIsAFaultOfOurs() {
        PrivateKey unknown = new PrivateKey() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getAlgorithm() {
                return "RSA";
            }

            @Override
            public String getFormat() {
                return null;
            }

            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
        fault(() -> crypto.decryptPremaster(unknown, raw(padded()), VERSION));
        fault(() -> crypto.decryptPremaster(unknown, new byte[3], VERSION));
    }

    @Test
    void aKeyNeedsRoomForAPremasterSecret() throws Exception {
        BigInteger modulus = BigInteger.TWO.pow(511).add(BigInteger.valueOf(12345));
        PublicKey small =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
        assertEquals(64, crypto.encryptPremaster(small, Secret.of(premaster())).length);
        fault(() -> crypto.encryptPremaster(new Small(464), Secret.of(premaster())));
    }

    /** A key that the JDK would not make. */
    private record Small(int bits) implements RSAPublicKey {
        @Override
        public BigInteger getModulus() {
            return BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE);
        }

        @Override
        public BigInteger getPublicExponent() {
            return BigInteger.valueOf(3);
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
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

    private void random(byte[] encrypted) throws TlsException {
        Secret one = crypto.decryptPremaster(KEY, encrypted, VERSION);
        Secret two = crypto.decryptPremaster(KEY, encrypted, VERSION);
        assertEquals(48, one.length());
        assertNotEquals(one, two, "drawn anew each time");
        assertNotEquals(Secret.of(premaster()), one);
        assertNotEquals(Secret.zeros(48), one);
    }

    private static void fault(Executable e) {
        TlsException t = assertThrows(TlsException.class, e);
        assertEquals(AlertDescription.INTERNAL_ERROR, t.alert());
        assertNotNull(t.getMessage());
    }

    private static byte[] premaster() {
        byte[] p = new byte[48];
        for (int i = 0; i < p.length; i++) {
            p[i] = (byte) (i + 1);
        }
        p[0] = 3;
        p[1] = 3;
        return p;
    }

    private static byte[] instead() {
        byte[] b = new byte[48];
        Arrays.fill(b, (byte) 0xa5);
        return b;
    }

    private static byte[] padded() {
        byte[] em = with(filled(), 1, 2);
        em[K - 49] = 0;
        System.arraycopy(premaster(), 0, em, K - 48, 48);
        return em;
    }

    private static byte[] filled() {
        byte[] em = new byte[K];
        Arrays.fill(em, 1, K, (byte) 0x7f);
        return em;
    }

    private static byte[] with(byte[] em, int at, int value) {
        byte[] changed = em.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Encrypted without any padding but what is there. */
    private static byte[] raw(byte[] em) {
        return bytes(new BigInteger(1, em).modPow(PEER.getPublicExponent(), PEER.getModulus()));
    }

    private static byte[] bytes(BigInteger v) {
        byte[] b = v.toByteArray();
        byte[] out = new byte[K];
        int sign = b.length > K ? 1 : 0;
        System.arraycopy(b, sign, out, K - (b.length - sign), b.length - sign);
        return out;
    }

    private static RSAPrivateCrtKey key() {
        try {
            byte[] der = OpensslTrace.all().get(0).bytes("key");
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAPublicKey peer() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(KEY.getModulus(), KEY.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
