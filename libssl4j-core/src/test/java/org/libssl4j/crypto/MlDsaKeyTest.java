// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** Private and public keys of ML-DSA by their encodings; the arithmetic is others'. */
class MlDsaKeyTest {
    private static final byte[] SEED = bytes(1, 32);

    @ParameterizedTest
    @EnumSource
    void theSeedAloneIsRead(MlDsa p) throws InvalidKeyException {
        byte[] pkcs8 = pkcs8(p, new DerWriter().element(0x80, SEED));
        MlDsaPrivateKey key = MlDsaPrivateKey.of(pkcs8);
        assertEquals(p, key.parameters());
        assertArrayEquals(SEED, key.seed());
        assertNull(key.expanded());
        assertNull(key.expandedPkcs8());
        assertArrayEquals(pkcs8, key.getEncoded());
        assertArrayEquals(pkcs8, MlDsaPrivateKey.ofSeed(p, SEED).getEncoded());
    }

    @ParameterizedTest
    @EnumSource
    void theExpandedKeyAloneIsRead(MlDsa p) throws InvalidKeyException {
        byte[] expanded = bytes(2, p.expandedKeyLength());
        byte[] pkcs8 = pkcs8(p, new DerWriter().octets(expanded));
        MlDsaPrivateKey key = MlDsaPrivateKey.of(pkcs8);
        assertNull(key.seed());
        assertArrayEquals(expanded, key.expanded());
        assertArrayEquals(pkcs8, key.getEncoded());
        assertArrayEquals(pkcs8, key.expandedPkcs8());
    }

    @ParameterizedTest
    @EnumSource
    void bothAreRead(MlDsa p) throws InvalidKeyException {
        byte[] expanded = bytes(3, p.expandedKeyLength());
        byte[] pkcs8 = pkcs8(p, new DerWriter().octets(SEED).octets(expanded).wrap(DerReader.SEQUENCE));
        MlDsaPrivateKey key = MlDsaPrivateKey.of(pkcs8);
        assertArrayEquals(SEED, key.seed());
        assertArrayEquals(expanded, key.expanded());
        assertArrayEquals(pkcs8, key.getEncoded());
        assertArrayEquals(pkcs8(p, new DerWriter().octets(expanded)), key.expandedPkcs8());
    }

    @ParameterizedTest
    @EnumSource
    void aPartOfAnotherLengthIsNoKey(MlDsa p) {
        for (int d : new int[] {-1, 1}) {
            byte[] seed = bytes(1, 32 + d);
            byte[] expanded = bytes(2, p.expandedKeyLength() + d);
            refused(pkcs8(p, new DerWriter().element(0x80, seed)));
            refused(pkcs8(p, new DerWriter().octets(expanded)));
            refused(pkcs8(p, new DerWriter().octets(SEED).octets(expanded).wrap(DerReader.SEQUENCE)));
        }
        refused(pkcs8(p, new DerWriter()));
        refused(pkcs8(p, new DerWriter().octets(SEED).wrap(DerReader.SEQUENCE)));
        refused(pkcs8(p, new DerWriter().element(0x80, SEED).element(0x80, SEED)));
        refused(pkcs8(p, new DerWriter().raw(SEED))); // neither tag nor length
    }

    @Test
    void everyPrefixOfAKeyIsNoKey() {
        byte[] pkcs8 = pkcs8(MlDsa.ML_DSA_65, new DerWriter().element(0x80, SEED));
        for (int i = 0; i < pkcs8.length; i++) {
            refused(Arrays.copyOf(pkcs8, i));
        }
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        refused(HexFormat.of().parseHex("302e020100300506032b657004220420").clone());
        refused(new DerWriter()
                .integer(0)
                .raw(new DerWriter()
                        .oid("2.16.840.1.101.3.4.3.20") // SLH-DSA
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .octets(new DerWriter().element(0x80, SEED).toByteArray())
                .wrap(DerReader.SEQUENCE)
                .toByteArray());
    }

    @Test
    void aDestroyedKeyGivesNothing() {
        MlDsaPrivateKey key = MlDsaPrivateKey.ofSeed(MlDsa.ML_DSA_44, SEED);
        byte[] kept = key.seed();
        assertFalse(key.isDestroyed());
        key.destroy();
        key.destroy();
        assertTrue(key.isDestroyed());
        assertThrows(IllegalStateException.class, key::seed);
        assertThrows(IllegalStateException.class, key::expanded);
        assertThrows(IllegalStateException.class, key::getEncoded);
        assertThrows(IllegalStateException.class, key::expandedPkcs8);
        assertArrayEquals(SEED, kept);
        assertEquals("private key of ML-DSA-44, wiped", key.toString());
    }

    @Test
    void noKeyIsSerialised() throws Exception {
        for (Object key : new Object[] {
            MlDsaPrivateKey.ofSeed(MlDsa.ML_DSA_44, SEED),
            MlDsaPublicKey.of(spki(MlDsa.ML_DSA_44, bytes(4, MlDsa.ML_DSA_44.publicKeyLength())))
        }) {
            try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                assertThrows(NotSerializableException.class, () -> out.writeObject(key));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPublicKeyIsReadFromItsInfo(MlDsa p) throws InvalidKeyException {
        byte[] raw = bytes(4, p.publicKeyLength());
        byte[] spki = spki(p, raw);
        MlDsaPublicKey key = MlDsaPublicKey.of(spki);
        assertEquals(p, key.parameters());
        assertEquals(p.fipsName(), key.getAlgorithm());
        assertArrayEquals(raw, key.raw());
        assertArrayEquals(spki, key.getEncoded());
        assertEquals(key, MlDsaPublicKey.of(spki));
        assertEquals(key.hashCode(), MlDsaPublicKey.of(spki).hashCode());
    }

    @ParameterizedTest
    @EnumSource
    void aPublicKeyOfAnotherFormIsRefused(MlDsa p) {
        byte[] good = spki(p, bytes(4, p.publicKeyLength()));
        for (int i = 0; i < good.length; i += 13) {
            byte[] prefix = Arrays.copyOf(good, i);
            assertThrows(InvalidKeyException.class, () -> MlDsaPublicKey.of(prefix));
        }
        assertThrows(InvalidKeyException.class, () -> MlDsaPublicKey.of(Arrays.copyOf(good, good.length + 1)));
        for (int d : new int[] {-1, 1}) {
            assertThrows(
                    InvalidKeyException.class, () -> MlDsaPublicKey.of(spki(p, bytes(4, p.publicKeyLength() + d))));
        }
        byte[] withNull = new DerWriter()
                .raw(new DerWriter()
                        .element(DerReader.OID, p.oid())
                        .nul()
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .bits(bytes(4, p.publicKeyLength()))
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        assertThrows(InvalidKeyException.class, () -> MlDsaPublicKey.of(withNull));
        assertThrows(
                InvalidKeyException.class,
                () -> MlDsaPublicKey.of(HexFormat.of().parseHex("302a300506032b6570032100" + "00".repeat(32))));
    }

    private static void refused(byte[] pkcs8) {
        assertThrows(InvalidKeyException.class, () -> MlDsaPrivateKey.of(pkcs8));
    }

    private static byte[] pkcs8(MlDsa p, DerWriter key) {
        return new DerWriter()
                .integer(0)
                .raw(new DerWriter()
                        .element(DerReader.OID, p.oid())
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .octets(key.toByteArray())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static byte[] spki(MlDsa p, byte[] raw) {
        return new DerWriter()
                .raw(new DerWriter()
                        .element(DerReader.OID, p.oid())
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .bits(raw)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static byte[] bytes(long seed, int length) {
        byte[] b = new byte[length];
        new Random(seed).nextBytes(b);
        return b;
    }
}
