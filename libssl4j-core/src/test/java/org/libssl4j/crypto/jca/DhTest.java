// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.FfdheGroup;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/** Diffie-Hellman in groups that a server names by their numbers. */
class DhTest {
    /** A safe prime of a length that the JDK's generator of keys does not take. */
    private static final DhParameters ODD_LENGTH = new DhParameters(
            new BigInteger(
                    "01b8b6d231b847ba25a0b67b5e50e9911dbb1c692dbb314a828a1a5d79784038"
                            + "28d62f872fd3fe1cc4506f42a0276ee6359d4e6cae25f8e98d36dd901f7e51e0"
                            + "6d7d74bb30b7c3c1abfc84716d6c6754e6c46b429b6bf5da0e08c55ccf58327f"
                            + "23b1f884a74606175778d8dd00e2ecbdaf18487ff08c7ee70a75e7b0c4f3",
                    16),
            BigInteger.TWO);

    /** 23 = 2 · 11 + 1; 5 generates all of it. */
    private static final DhParameters TINY = new DhParameters(BigInteger.valueOf(23), BigInteger.valueOf(5));

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    static List<DhParameters> groups() {
        return List.of(FfdheGroup.FFDHE2048.parameters(), FfdheGroup.FFDHE4096.parameters(), ODD_LENGTH);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void bothSidesHaveTheSameSecret(DhParameters group) throws TlsException {
        KeyExchange.Factory f = crypto.diffieHellman(group);
        try (KeyExchange server = f.start()) {
            KeyExchange.Answer client = f.answer(server.share());
            int length = (group.p().bitLength() + 7) / 8;
            assertEquals(length, server.share().length);
            assertEquals(length, client.share().length);
            assertEquals(client.secret(), server.finish(client.share()));
            assertFalse(Arrays.equals(server.share(), client.share()));
        }
    }

    // RFC 5246 §8.1.2: leading zeros of the secret go, so that about every 256th is shorter.

    @Test
    void leadingZerosOfTheSecretGo() throws TlsException {
        DhParameters group = new DhParameters(BigInteger.valueOf(0x10001), BigInteger.valueOf(3));
        boolean shorter = false;
        for (int i = 0; i < 10_000 && !shorter; i++) {
            KeyExchange.Factory f = crypto.diffieHellman(group);
            try (KeyExchange server = f.start()) {
                KeyExchange.Answer client;
                try {
                    client = f.answer(server.share());
                } catch (TlsException e) {
                    continue; // y was 1 or p-1
                }
                byte[] secret = client.secret().getEncoded();
                assertTrue(secret.length == 1 || secret[0] != 0);
                shorter = secret.length < 3;
                assertEquals(3, server.share().length);
            }
        }
        assertTrue(shorter);
    }

    @Test
    void aPeersValueMayComeWithLeadingZerosOrWithout() throws TlsException {
        KeyExchange.Factory f = crypto.diffieHellman(FfdheGroup.FFDHE2048.parameters());
        try (KeyExchange own = f.start()) {
            byte[] four = {4};
            Secret expected = own.finish(four);
            assertEquals(expected, own.finish(new byte[] {0, 0, 4}));
            BigInteger y = new BigInteger(1, own.share());
            BigInteger secret =
                    y.multiply(y).mod(FfdheGroup.FFDHE2048.parameters().p()); // g is 2
            assertEquals(secret, new BigInteger(1, expected.getEncoded()));
        }
    }

    // RFC 7919 §5.1: 1 < Y < p-1.
    @ParameterizedTest
    @MethodSource("groups")
    void aValueOutOfRangeIsIllegal(DhParameters group) throws TlsException {
        KeyExchange.Factory f = crypto.diffieHellman(group);
        BigInteger p = group.p();
        for (BigInteger y :
                List.of(BigInteger.ONE, p.subtract(BigInteger.ONE), p, p.add(BigInteger.TWO), p.shiftLeft(64))) {
            illegal(f, y.toByteArray());
        }
        illegal(f, new byte[0]);
        illegal(f, new byte[1]);
        illegal(f, new byte[500]);
        byte[] most = new byte[0xffff];
        Arrays.fill(most, (byte) 0xff);
        illegal(f, most);
    }

    /** Not every provider looks, as the JDK's does: with one that agrees on anything it is still refused. */
    @Test
    void aValueOutOfRangeIsIllegalWhateverTheProviderSays() {
        BigInteger p = ODD_LENGTH.p();
        KeyExchange.Factory f = new JcaDh(ODD_LENGTH, new Careless("DH", (byte) 4), new SecureRandom());
        for (BigInteger y : List.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE), p)) {
            illegal(f, y.toByteArray());
        }
    }

    /** The JDK refuses points of small order itself; a provider that computes with them gets zero. */
    @ParameterizedTest
    @EnumSource(names = {"X25519", "X448"})
    void aSecretOfZerosIsIllegalWhateverTheProviderSays(NamedGroup group) throws TlsException {
        String name = group.name();
        byte[] share = new byte[group.clientShareLength()];
        share[0] = 9;
        KeyExchange.Factory f = new JcaXdh(group, new Careless(name, new byte[share.length]), name, new SecureRandom());
        TlsException e = assertThrows(TlsException.class, () -> f.answer(share));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_ECPOINT, e.reason());
        assertTrue(e.getMessage().contains("its order is small"), e.getMessage());
    }

    @Test
    void anAbsurdlySmallGroupIsComputedWithAllTheSame() throws TlsException {
        KeyExchange.Factory f = crypto.diffieHellman(TINY);
        for (int i = 0; i < 50; i++) {
            try (KeyExchange own = f.start()) {
                int y = own.share()[0];
                assertTrue(y > 0 && y < 23);
                assertEquals(
                        y * y % 23, own.finish(new byte[] {(byte) (5 * 5 % 23)}).getEncoded()[0]);
            }
        }
    }

    /** 243 is no prime: all powers of 3 from the fifth on are 0. */
    @Test
    void aGroupInWhichNoKeyCanBeMadeIsIllegal() throws TlsException {
        KeyExchange.Factory f = crypto.diffieHellman(new DhParameters(BigInteger.valueOf(243), BigInteger.valueOf(3)));
        TlsException e = assertThrows(TlsException.class, () -> f.answer(new byte[] {7}));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_DH_VALUE, e.reason());
    }

    @ParameterizedTest
    @CsvSource({"23, 1", "23, 0", "23, -5", "23, 22", "23, 23", "23, 25", "24, 5", "3, 2", "1, 1", "0, 0", "-23, 5"})
    void numbersThatAreNoGroupAreIllegal(BigInteger p, BigInteger g) {
        illegal(new DhParameters(p, g));
    }

    @Test
    void thePrimeHasABound() throws TlsException {
        BigInteger two = BigInteger.TWO;
        illegal(new DhParameters(two.pow(10_000).add(BigInteger.ONE), two));
        new DhParameters(two.pow(9_999).add(BigInteger.ONE), two).check();
        TlsException e = illegal(new DhParameters(two.pow(524_000).add(BigInteger.ONE), two));
        assertTrue(e.getMessage().contains("a prime of 524001 bits; up to 10000 allowed"), e.getMessage());
    }

    @Test
    void aClosedExchangeIsOver() throws TlsException {
        KeyExchange own =
                crypto.diffieHellman(FfdheGroup.FFDHE2048.parameters()).start();
        own.close();
        own.close();
        assertThrows(IllegalStateException.class, () -> own.finish(new byte[] {4}));
    }

    /** SHA-256 of the primes as {@code openssl genpkey -algorithm DH -pkeyopt group:ffdhe2048} (3.0.19) and so on has them. */
    @ParameterizedTest
    @CsvSource({
        "FFDHE2048, 225, 9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966",
        "FFDHE3072, 275, 0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17",
        "FFDHE4096, 325, 4648414224ac881b3d0dc59b466f96d06a558278776807797ecf1f66ff397b3e",
        "FFDHE6144, 375, 227ac9066b3ddd9e193670cda2388fa884f65ba0cf98b742d1fe77a6687c79c7",
        "FFDHE8192, 400, 770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833"
    })
    void primesOfRfc7919(FfdheGroup group, int exponentBits, String digest) throws Exception {
        BigInteger p = group.parameters().p();
        assertEquals(group.bits(), p.bitLength());
        byte[] unsigned = Arrays.copyOfRange(p.toByteArray(), 1, 1 + group.bits() / 8);
        assertArrayEquals(
                HexFormat.of().parseHex(digest),
                MessageDigest.getInstance("SHA-256").digest(unsigned));
        assertEquals(exponentBits, group.parameters().exponentBits());
        assertEquals(exponentBits, new DhParameters(new BigInteger(1, unsigned), BigInteger.valueOf(4)).exponentBits());
        assertSame(group, FfdheGroup.of(new BigInteger(1, unsigned)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048, 2050})
    void ofOtherPrimesNothingIsKnown(int bits) {
        BigInteger p = BigInteger.TWO.pow(bits - 1).add(BigInteger.TEN);
        assertNull(FfdheGroup.of(p));
        assertEquals(bits - 1, new DhParameters(p, BigInteger.TWO).exponentBits());
        assertNotEquals(FfdheGroup.FFDHE2048.parameters(), new DhParameters(p, BigInteger.TWO));
    }

    private TlsException illegal(DhParameters group) {
        TlsException e = assertThrows(TlsException.class, () -> crypto.diffieHellman(group));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_DH_VALUE, e.reason());
        return e;
    }

    private static void illegal(KeyExchange.Factory f, byte[] share) {
        for (TlsException e : List.of(
                assertThrows(TlsException.class, () -> f.answer(share)),
                assertThrows(TlsException.class, () -> f.start().finish(share)))) {
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
            assertEquals(Reason.BAD_DH_VALUE, e.reason());
        }
    }
}
