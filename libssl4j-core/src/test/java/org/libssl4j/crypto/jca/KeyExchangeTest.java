// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.ECKey;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

class KeyExchangeTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    @ParameterizedTest
    @EnumSource(names = {"X25519", "X448", "SECP256R1", "SECP384R1", "SECP521R1", "FFDHE2048", "FFDHE3072"})
    void bothSidesHaveTheSameSecret(NamedGroup group) throws TlsException {
        try (KeyExchange client = crypto.keyExchange(group).start()) {
            KeyExchange.Answer server = crypto.keyExchange(group).answer(client.share());
            assertEquals(group.clientShareLength(), client.share().length);
            assertEquals(group.serverShareLength(), server.share().length);
            Secret secret = client.finish(server.share());
            assertEquals(server.secret(), secret);
            assertNotEquals(Secret.zeros(secret.length()), secret);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"X25519", "X448", "SECP256R1", "SECP384R1", "SECP521R1", "FFDHE2048", "FFDHE3072"})
    void aShareOfAnotherLengthIsIllegal(NamedGroup group) throws TlsException {
        byte[] good = crypto.keyExchange(group).start().share();
        for (int length : new int[] {0, 1, good.length - 1, good.length + 1, 2 * good.length}) {
            refused(group, Arrays.copyOf(good, length));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"X25519", "X448", "SECP256R1", "SECP384R1", "SECP521R1", "FFDHE2048", "FFDHE3072"})
    void aClosedExchangeIsOver(NamedGroup group) throws TlsException {
        KeyExchange client = crypto.keyExchange(group).start();
        KeyExchange.Answer server = crypto.keyExchange(group).answer(client.share());
        client.close();
        client.close();
        assertThrows(IllegalStateException.class, () -> client.finish(server.share()));
    }

    /** RFC 7748 §5.2, first and second vector (the second has the unused top bit set), and X448's first. */
    @ParameterizedTest
    @CsvSource({
        "X25519, a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4, e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c, c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "X25519, 4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d, e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493, 95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        "X448, 3d262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121700a779c984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3, 06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9814dc031ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086, ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239fe14fbaadeb445fc66a01b0779d98223961111e21766282f73dd96b6f"
    })
    void answersOfRfc7748(NamedGroup group, String scalar, String u, String expected) throws Exception {
        assertAgreed(
                expected,
                new JcaXdh(group, provider("SunEC"), group == NamedGroup.X25519 ? "X25519" : "X448", RANDOM),
                xdh(group, hex(scalar)),
                hex(u));
    }

    /** Points of small order on the curve or its twist, reduced and not, for which the result is zero whatever the private key is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void anX25519ShareOfSmallOrderIsIllegal(String share) throws TlsException {
        refused(NamedGroup.X25519, hex(share));
    }

    @Test
    void anX448ShareOfSmallOrderIsIllegal() throws TlsException {
        refused(NamedGroup.X448, new byte[56]);
        byte[] one = new byte[56];
        one[0] = 1;
        refused(NamedGroup.X448, one);
    }

    /** NIST CAVP, ECC CDH primitive, P-256, count 0. */
    @Test
    void anAnswerOfEcdh() throws Exception {
        JcaEcdh ecdh = new JcaEcdh(NamedGroup.SECP256R1, provider("SunEC"), RANDOM);
        KeyFactory f = KeyFactory.getInstance("EC", provider("SunEC"));
        java.security.KeyPairGenerator g = java.security.KeyPairGenerator.getInstance("EC", provider("SunEC"));
        g.initialize(EcCurve.of(NamedGroup.SECP256R1).name());
        KeyPair any = g.generateKeyPair();
        BigInteger d = new BigInteger("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534", 16);
        PrivateKey key = f.generatePrivate(new ECPrivateKeySpec(d, ((ECKey) any.getPublic()).getParams()));
        byte[] peer = hex(
                "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac");
        assertAgreed(
                "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
                ecdh,
                new KeyPair(any.getPublic(), key),
                peer);
    }

    @ParameterizedTest
    @EnumSource(names = {"SECP256R1", "SECP384R1", "SECP521R1"})
    void aPointOffTheCurveIsIllegal(NamedGroup group) throws TlsException {
        byte[] point = crypto.keyExchange(group).start().share();
        for (int i : new int[] {point.length - 1, point.length / 2, 5}) {
            byte[] off = point.clone();
            off[i] ^= 1;
            refused(group, off);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SECP256R1", "SECP384R1", "SECP521R1"})
    void anotherPointFormatIsIllegal(NamedGroup group) throws TlsException {
        byte[] point = crypto.keyExchange(group).start().share();
        for (int format : new int[] {0, 1, 2, 3, 5, 6, 7, 0x84, 255}) {
            byte[] other = point.clone();
            other[0] = (byte) format;
            refused(group, other);
        }
        refused(group, new byte[] {0}); // infinity
        byte[] compressed = Arrays.copyOf(point, 1 + point.length / 2);
        compressed[0] = (byte) (2 + (point[point.length - 1] & 1));
        refused(group, compressed);
    }

    @ParameterizedTest
    @EnumSource(names = {"SECP256R1", "SECP384R1", "SECP521R1"})
    void coordinatesThatAreNoElementsOfTheFieldAreIllegal(NamedGroup group) throws TlsException {
        byte[] zeros = new byte[group.clientShareLength()];
        zeros[0] = 4;
        refused(group, zeros); // 0, 0 is how some write infinity
        byte[] ones = new byte[group.clientShareLength()];
        Arrays.fill(ones, (byte) 0xff);
        ones[0] = 4;
        refused(group, ones);
    }

    /** x + p for a small x of the curve: the equation holds modulo p, but the coordinate is not reduced. */
    @Test
    void anUnreducedCoordinateIsIllegal() throws Exception {
        BigInteger p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        BigInteger b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        EcCurve curve = EcCurve.of(NamedGroup.SECP256R1);
        for (BigInteger x = BigInteger.ZERO; ; x = x.add(BigInteger.ONE)) {
            BigInteger square =
                    x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(p);
            BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
            if (y.multiply(y).mod(p).equals(square)) {
                assertTrue(curve.contains(point(x, y)));
                assertFalse(curve.contains(point(x.add(p), y)));
                refused(NamedGroup.SECP256R1, point(x.add(p), y));
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FFDHE2048", "FFDHE3072"})
    void aPublicValueOutOfRangeIsIllegal(NamedGroup group) throws Exception {
        BigInteger p = prime(group);
        for (BigInteger y : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE), p, p.add(BigInteger.ONE), p.add(BigInteger.TWO)
        }) {
            byte[] share = new byte[group.clientShareLength()];
            byte[] bytes = y.toByteArray();
            int sign = bytes.length > share.length ? 1 : 0;
            System.arraycopy(bytes, sign, share, share.length - bytes.length + sign, bytes.length - sign);
            refused(group, share);
        }
    }

    /** RFC 7919 appendix A: p = 2^b - 2^(b-64) + (⌊2^(b-130) e⌋ + X) 2^64 - 1, and (p-1)/2 is prime too. */
    @ParameterizedTest
    @CsvSource({"FFDHE2048, 560316", "FFDHE3072, 2625351"})
    void thePrimesAreThoseOfRfc7919(NamedGroup group, long x) throws Exception {
        int bits = 8 * group.clientShareLength();
        BigInteger term = BigInteger.ONE.shiftLeft(bits);
        BigInteger e = BigInteger.ZERO;
        for (int n = 1; term.signum() > 0; n++) {
            e = e.add(term);
            term = term.divide(BigInteger.valueOf(n));
        }
        BigInteger middle = e.shiftRight(130).add(BigInteger.valueOf(x)).shiftLeft(64);
        BigInteger p = BigInteger.ONE
                .shiftLeft(bits)
                .subtract(BigInteger.ONE.shiftLeft(bits - 64))
                .add(middle)
                .subtract(BigInteger.ONE);
        assertEquals(p, prime(group));
        assertTrue(p.isProbablePrime(20));
        assertTrue(p.shiftRight(1).isProbablePrime(20));
    }

    /** One exchange in 256 has a secret that begins with zero: its length must not tell. */
    @Test
    void leadingZerosOfASecretStay() throws TlsException {
        for (int i = 0; i < 2_000; i++) {
            try (KeyExchange client = crypto.keyExchange(NamedGroup.SECP256R1).start();
                    Secret secret = crypto.keyExchange(NamedGroup.SECP256R1)
                            .answer(client.share())
                            .secret()) {
                assertEquals(32, secret.length());
                if (secret.getEncoded()[0] == 0) {
                    return;
                }
            }
        }
        throw new AssertionError("none began with zero");
    }

    private void refused(NamedGroup group, byte[] share) throws TlsException {
        TlsException answering =
                assertThrows(TlsException.class, () -> crypto.keyExchange(group).answer(share));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, answering.alert());
        assertEquals(Reason.BAD_ECPOINT, answering.reason());
        try (KeyExchange own = crypto.keyExchange(group).start()) {
            TlsException finishing = assertThrows(TlsException.class, () -> own.finish(share));
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, finishing.alert());
            assertEquals(Reason.BAD_ECPOINT, finishing.reason());
        }
    }

    private static void assertAgreed(String expected, JcaDiffieHellman dh, KeyPair own, byte[] peer)
            throws TlsException {
        try (KeyExchange x = dh.exchange(own);
                Secret secret = x.finish(peer)) {
            assertArrayEquals(hex(expected), secret.getEncoded());
        }
    }

    /** A pair with this private key; its public key is that of another, which the tests do not use. */
    private static KeyPair xdh(NamedGroup group, byte[] scalar) throws Exception {
        String name = group == NamedGroup.X25519 ? "X25519" : "X448";
        PrivateKey key = KeyFactory.getInstance(name, provider("SunEC"))
                .generatePrivate(new XECPrivateKeySpec(new NamedParameterSpec(name), scalar));
        return new KeyPair(
                java.security.KeyPairGenerator.getInstance(name, provider("SunEC"))
                        .generateKeyPair()
                        .getPublic(),
                key);
    }

    private static BigInteger prime(NamedGroup group) {
        return ((javax.crypto.spec.DHParameterSpec) new JcaFfdh(group, provider("SunJCE"), RANDOM).keyParameters())
                .getP();
    }

    private static byte[] point(BigInteger x, BigInteger y) {
        return hex(String.format("04%064x%064x", x, y));
    }

    private static Provider provider(String name) {
        return Security.getProvider(name);
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
