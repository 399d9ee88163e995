// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

class PrivateKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec-sec1.pem",
                "ec-sec1-no-public.pem",
                "ec-encrypted.pem",
                "ec-encrypted-aes128-sha1.pem",
                "ec-encrypted-des3.pem",
                "ec-encrypted-pbe-sha1-3des.pem"
            })
    void eachFormOfTheSameEcKeyGivesTheSameKey(String file) throws GeneralSecurityException {
        ECPrivateKey expected = (ECPrivateKey) read("ec-pkcs8.pem");
        ECPrivateKey key = (ECPrivateKey) PrivateKeys.read(Fixtures.bytes(file), Fixtures.PASSWORD);
        assertEquals(expected.getS(), key.getS());
        assertEquals(expected.getParams().getCurve(), key.getParams().getCurve());
    }

    @Test
    void aBlockOfParametersBeforeTheKeyIsNoHindrance() throws GeneralSecurityException {
        assertEquals("EC", read("ec-sec1-with-parameters-block.pem").getAlgorithm());
    }

    @Test
    void theCurveMayStandInTheBlockOfParametersAlone() throws GeneralSecurityException, DecodeException {
        byte[] bare = withoutParameters(der("ec-sec1-no-public.pem"));
        String parameters = PemWriter.block(
                "EC PARAMETERS", new DerWriter().oid("1.2.840.10045.3.1.7").toByteArray());
        String file = parameters + PemWriter.block("EC PRIVATE KEY", bare);
        ECPrivateKey key = (ECPrivateKey) PrivateKeys.read(Fixtures.ascii(file), null);
        assertEquals(((ECPrivateKey) read("ec-pkcs8.pem")).getS(), key.getS());
        refused(Fixtures.ascii(PemWriter.block("EC PRIVATE KEY", bare)), "on which curve");
    }

    @Test
    void pkcs1AndPkcs8OfTheSameRsaKeyAreTheSame() throws GeneralSecurityException {
        RSAPrivateCrtKey expected = (RSAPrivateCrtKey) read("rsa-pkcs8.pem");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) read("rsa-pkcs1.pem");
        assertEquals(expected.getPrivateExponent(), key.getPrivateExponent());
        assertEquals(expected.getCrtCoefficient(), key.getCrtCoefficient());
    }

    /** Made by OpenSSL of a seed of zeros; it writes seed and expanded key. */
    @ParameterizedTest
    @ValueSource(strings = {"ml-dsa-44-both.pem", "ml-dsa-44-encrypted.pem"})
    void aKeyOfMlDsaIsReadOnAnyJdk(String file) throws GeneralSecurityException {
        PrivateKey key = PrivateKeys.read(Fixtures.bytes(file), Fixtures.PASSWORD);
        assertEquals("ML-DSA-44", key.getAlgorithm());
        assertArrayEquals(new byte[32], ((MlDsaPrivateKey) key).seed());
        assertEquals(2_560, ((MlDsaPrivateKey) key).expanded().length);
    }

    @Test
    void aDamagedKeyOfMlDsaIsRefused() throws GeneralSecurityException {
        byte[] seed = MlDsaPrivateKey.ofSeed(MlDsa.ML_DSA_65, new byte[32]).getEncoded();
        assertEquals("ML-DSA-65", PrivateKeys.read(seed, null).getAlgorithm());
        byte[] other = seed.clone();
        other[20] = 4; // the seed's tag
        refused(other, "ML-DSA-65");
    }

    @Test
    void keysForPssAloneAreRead() throws GeneralSecurityException {
        assertEquals("RSASSA-PSS", read("rsa-pss-pkcs8.pem").getAlgorithm());
    }

    @ParameterizedTest
    @CsvSource({"ed25519-pkcs8.pem, Ed25519", "ed448-pkcs8.pem, Ed448"})
    void edwardsKeysAreReadAndSign(String file, String name) throws GeneralSecurityException {
        PrivateKey key = read(file);
        assertEquals(name, ((EdECKey) key).getParams().getName());
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        assertTrue(signature.sign().length > 0);
    }

    @Test
    void theSecondVersionOfPkcs8WithThePublicKeyInItIsRead() throws GeneralSecurityException, DecodeException {
        DerReader first = new DerReader(der("ed25519-pkcs8.pem")).read(DerReader.SEQUENCE);
        first.skip();
        byte[] second = new DerWriter()
                .integer(1)
                .raw(first.element())
                .raw(first.element())
                .element(0x81, new byte[33])
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        assertEquals(read("ed25519-pkcs8.pem"), PrivateKeys.read(second, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec-pkcs8.pem",
                "ec-sec1.pem",
                "ec-sec1-no-public.pem",
                "rsa-pkcs8.pem",
                "rsa-pkcs1.pem",
                "rsa-pss-pkcs8.pem",
                "ed25519-pkcs8.pem",
                "ed448-pkcs8.pem",
                "ec-encrypted.pem"
            })
    void derIsReadAsPemIs(String file) throws GeneralSecurityException {
        PrivateKey expected = PrivateKeys.read(Fixtures.bytes(file), Fixtures.PASSWORD);
        assertEquals(expected, PrivateKeys.read(der(file), Fixtures.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec-encrypted.pem",
                "ec-encrypted-aes128-sha1.pem",
                "ec-encrypted-des3.pem",
                "ec-encrypted-pbe-sha1-3des.pem"
            })
    void aWrongOrMissingPasswordIsNamedAsSuch(String file) {
        byte[] bytes = Fixtures.bytes(file);
        for (String wrong : List.of("", "Secret", "secret ", "a", "b", "c", "d", "e")) {
            Throwable e = assertThrows(
                    GeneralSecurityException.class, () -> PrivateKeys.read(bytes, wrong.toCharArray()), wrong);
            assertTrue(e.getMessage().contains("password does not fit"), e.getMessage());
        }
        refused(bytes, "no password was given");
    }

    @Test
    void noPasswordLeadsToAnythingButAClearRefusal() {
        byte[] bytes = Fixtures.bytes("ec-encrypted-aes128-sha1.pem");
        // One in 256 wrong passwords leaves what looks like padding: these are enough to meet some.
        for (int i = 0; i < 1_000; i++) {
            char[] wrong = ("wrong" + i).toCharArray();
            Throwable e = assertThrows(GeneralSecurityException.class, () -> PrivateKeys.read(bytes, wrong));
            assertTrue(e.getMessage().contains("password does not fit"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ec-encrypted-scrypt.pem, scrypt",
        "rsa-pkcs1-old-encryption.pem, before PKCS#8",
        "ec-pkcs8-explicit.pem, ''",
        "x25519-pkcs8.pem, cannot sign",
        "ca.pem, without a private key",
    })
    void whatCannotBeReadIsRefusedWithTheReason(String file, String reason) {
        Throwable e = assertThrows(
                GeneralSecurityException.class, () -> PrivateKeys.read(Fixtures.bytes(file), Fixtures.PASSWORD));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void tooManyRoundsAreRefusedBeforeTheyAreDone() {
        byte[] pbkdf2 = new DerWriter()
                .octets(new byte[8])
                .integer(Integer.MAX_VALUE)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] derivation = new DerWriter()
                .oid("1.2.840.113549.1.5.12")
                .raw(pbkdf2)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] scheme = new DerWriter()
                .oid("2.16.840.1.101.3.4.1.42")
                .octets(new byte[16])
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] parameters = new DerWriter()
                .raw(derivation)
                .raw(scheme)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] algorithm = new DerWriter()
                .oid("1.2.840.113549.1.5.13")
                .raw(parameters)
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        byte[] der = new DerWriter()
                .raw(algorithm)
                .octets(new byte[16])
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
        Throwable e = assertThrows(GeneralSecurityException.class, () -> PrivateKeys.read(der, Fixtures.PASSWORD));
        assertTrue(e.getMessage().contains("rounds"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ec-pkcs8.pem",
                "ec-sec1.pem",
                "rsa-pkcs8.pem",
                "rsa-pkcs1.pem",
                "ed25519-pkcs8.pem",
                "ec-encrypted.pem"
            })
    void everyCutOffKeyIsRefused(String file) {
        byte[] der = der(file);
        for (int n = 0; n < der.length; n += Math.max(1, der.length / 60)) {
            byte[] part = Arrays.copyOf(der, n);
            assertThrows(GeneralSecurityException.class, () -> PrivateKeys.read(part, Fixtures.PASSWORD));
        }
        byte[] pem = Fixtures.bytes(file);
        byte[] halfFile = Arrays.copyOf(pem, pem.length / 2);
        assertThrows(GeneralSecurityException.class, () -> PrivateKeys.read(halfFile, Fixtures.PASSWORD));
    }

    @Test
    void damagedKeysLeadToNothingButGeneralSecurityExceptions() {
        Random random = new Random(5958);
        int read = 0;
        int refused = 0;
        for (String file :
                List.of("ec-pkcs8.pem", "ec-sec1.pem", "rsa-pkcs1.pem", "rsa-pss-pkcs8.pem", "ed25519-pkcs8.pem")) {
            byte[] good = der(file);
            for (int i = 0; i < 1_000; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(i % 2 == 0 ? bad.length : 40)] ^= (byte) (1 + random.nextInt(255));
                try {
                    PrivateKeys.read(bad, Fixtures.PASSWORD);
                    read++;
                } catch (GeneralSecurityException e) {
                    refused++;
                }
            }
        }
        assertTrue(read > 0 && refused > 0);
    }

    @Test
    void theGivenBytesAndPasswordAreNotChanged() throws GeneralSecurityException {
        byte[] file = Fixtures.bytes("ec-encrypted.pem");
        byte[] copy = file.clone();
        PrivateKeys.read(file, Fixtures.PASSWORD);
        assertArrayEquals(copy, file);
        assertArrayEquals("secret".toCharArray(), Fixtures.PASSWORD);
    }

    @Test
    void aFileIsReadAndOneTooLargeIsNot(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("key.pem"), Fixtures.bytes("ec-pkcs8.pem"));
        assertEquals(read("ec-pkcs8.pem"), PrivateKeys.read(file, null));
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThrows(IOException.class, () -> PrivateKeys.read(file, null));
        assertThrows(IOException.class, () -> PrivateKeys.read(directory.resolve("missing"), null));
    }

    @Test
    void whatWasWrittenIsReadBack() throws GeneralSecurityException {
        for (String file : List.of("ec-pkcs8.pem", "rsa-pkcs8.pem", "ed448-pkcs8.pem")) {
            PrivateKey key = read(file);
            assertEquals(key, PrivateKeys.read(Fixtures.ascii(PemWriter.privateKey(key)), null));
            assertFalse(PemWriter.privateKey(key).lines().anyMatch(l -> l.length() > 64));
        }
    }

    private static PrivateKey read(String file) throws GeneralSecurityException {
        return PrivateKeys.read(Fixtures.bytes(file), null);
    }

    private static byte[] der(String file) {
        try {
            return PemReader.read(Fixtures.bytes(file)).get(0).bytes();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] withoutParameters(byte[] sec1) throws DecodeException {
        DerReader key = new DerReader(sec1).read(DerReader.SEQUENCE);
        return new DerWriter()
                .raw(key.element())
                .raw(key.element())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static void refused(byte[] file, String reason) {
        Throwable e = assertThrows(GeneralSecurityException.class, () -> PrivateKeys.read(file, null));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}
