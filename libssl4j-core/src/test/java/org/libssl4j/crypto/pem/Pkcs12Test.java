// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs12Test {
    @ParameterizedTest
    @ValueSource(strings = {"pkcs12.base64", "pkcs12-legacy.base64"})
    void keyAndChainAreReadTheKeysCertificateFirst(String file) throws GeneralSecurityException {
        Pkcs12 read = Pkcs12.read(bytes(file), Fixtures.PASSWORD);
        assertEquals(PrivateKeys.read(Fixtures.bytes("rsa-pkcs8.pem"), null), read.key());
        assertEquals(2, read.chain().size());
        assertArrayEquals(
                Certificates.read(Fixtures.bytes("leaf.pem")).get(0),
                read.chain().get(0));
        assertArrayEquals(
                Certificates.read(Fixtures.bytes("ca.pem")).get(0), read.chain().get(1));
        assertFalse(read.toString().contains(read.key().toString()));
    }

    @Test
    void aWrongOrMissingPasswordIsNamedAsSuch() {
        for (char[] wrong : new char[][] {"Secret".toCharArray(), new char[0], null}) {
            Throwable e =
                    assertThrows(GeneralSecurityException.class, () -> Pkcs12.read(bytes("pkcs12.base64"), wrong));
            assertTrue(e.getMessage().contains("password does not fit"), e.getMessage());
        }
    }

    @Test
    void aFileWithoutAKeyIsRefused() {
        Throwable e = assertThrows(
                GeneralSecurityException.class, () -> Pkcs12.read(bytes("pkcs12-no-key.base64"), Fixtures.PASSWORD));
        assertTrue(e.getMessage().contains("without a private key"), e.getMessage());
    }

    @Test
    void damagedFilesLeadToNothingButGeneralSecurityExceptions() {
        byte[] good = bytes("pkcs12-legacy.base64");
        Random random = new Random(7292);
        for (int i = 0; i < 200; i++) {
            byte[] bad = i % 2 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            }
            assertThrows(GeneralSecurityException.class, () -> Pkcs12.read(bad, Fixtures.PASSWORD));
        }
    }

    @Test
    void aFileIsRead(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("a.p12"), bytes("pkcs12.base64"));
        assertEquals(2, Pkcs12.read(file, Fixtures.PASSWORD).chain().size());
    }

    private static byte[] bytes(String name) {
        return Base64.getMimeDecoder().decode(Fixtures.bytes(name));
    }
}
