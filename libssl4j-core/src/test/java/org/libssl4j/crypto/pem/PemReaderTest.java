// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemReaderTest {
    private static final String BLOCK = "-----BEGIN X-----\nAAEC\nAwQF\n-----END X-----\n";
    private static final byte[] CONTENT = {0, 1, 2, 3, 4, 5};

    @ParameterizedTest
    @ValueSource(
            strings = {
                BLOCK,
                "some text\n" + BLOCK + "and more\n",
                "subject=CN = a: b\n\n" + BLOCK,
                "-----BEGIN X-----\r\nAAEC\r\nAwQF\r\n-----END X-----\r\n",
                "-----BEGIN X-----\rAAEC\rAwQF\r-----END X-----\r",
                "-----BEGIN X-----\nAAECAwQF\n-----END X-----",
                "-----BEGIN X-----\nAA EC\n\n \t AwQF  \n-----END X-----  \n",
                "-----BEGIN X-----  \nA\nA\nE\nC\nAwQF\n-----END X-----\n",
                "-----BEGIN X-----\nSome-Header: value\n\nAAECAwQF\n-----END X-----\n",
                "\n\n\n" + BLOCK,
                "-----BEGIN X\n" + BLOCK,
            })
    void oneBlockIsFoundHoweverItIsLaidOut(String file) throws GeneralSecurityException {
        List<PemReader.Block> blocks = PemReader.read(Fixtures.ascii(file));
        assertEquals(1, blocks.size());
        assertEquals("X", blocks.get(0).label());
        assertArrayEquals(CONTENT, blocks.get(0).bytes());
        assertFalse(blocks.get(0).encrypted());
        assertTrue(PemReader.isPem(Fixtures.ascii(file)));
    }

    @Test
    void blocksComeInTheOrderOfTheFile() throws GeneralSecurityException {
        String file = BLOCK + "-----BEGIN A LABEL WITH BLANKS-----\nAA==\n-----END A LABEL WITH BLANKS-----\n" + BLOCK;
        List<PemReader.Block> blocks = PemReader.read(Fixtures.ascii(file));
        assertEquals(
                List.of("X", "A LABEL WITH BLANKS", "X"),
                blocks.stream().map(PemReader.Block::label).toList());
        assertArrayEquals(new byte[1], blocks.get(1).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN X-----\nAAEC\n",
                "-----BEGIN X-----",
                "-----BEGIN X-----\nAAEC\n-----END Y-----\n",
                "-----BEGIN X-----\nAAEC\n-----END X\n",
                "-----BEGIN X-----\nAA=C\n-----END X-----\n",
                "-----BEGIN X-----\nAAECA\n-----END X-----\n",
                "-----BEGIN X-----\n!!!!\n-----END X-----\n",
                "-----BEGIN X-----\nAAEC\n-----BEGIN X-----\nAAEC\n-----END X-----\n",
            })
    void aDamagedBlockIsRefused(String file) {
        assertThrows(GeneralSecurityException.class, () -> PemReader.read(Fixtures.ascii(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "  -----BEGIN X-----", "text -----BEGIN X-----", "-----BEGIN"})
    void whatHasNoBlockIsNoPem(String file) throws GeneralSecurityException {
        assertFalse(PemReader.isPem(Fixtures.ascii(file)));
        assertEquals(List.of(), PemReader.read(Fixtures.ascii(file)));
    }

    @Test
    void theOldEncryptionIsSeen() throws GeneralSecurityException {
        assertTrue(PemReader.read(Fixtures.bytes("rsa-pkcs1-old-encryption.pem"))
                .get(0)
                .encrypted());
    }

    @Test
    void neitherMessageNorTextOfABlockQuotesIt() {
        String file = "-----BEGIN X-----\nSECRETS!\n-----END X-----\n";
        Throwable e = assertThrows(GeneralSecurityException.class, () -> PemReader.read(Fixtures.ascii(file)));
        assertFalse(e.toString().contains("SECRET"));
        assertEquals(null, e.getCause());
        assertEquals("PEM block 'X'", new PemReader.Block("X", CONTENT, false).toString());
    }

    @Test
    void aHugeFileOfBeginningsIsReadOnce() {
        String file = "-----BEGIN X-----\n".repeat(50_000);
        assertThrows(GeneralSecurityException.class, () -> PemReader.read(Fixtures.ascii(file)));
    }

    @Test
    void hostileTextLeadsToNothingButGeneralSecurityExceptions() {
        Random random = new Random(7468);
        byte[] good = Fixtures.bytes("ec-sec1-with-parameters-block.pem");
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                PemReader.read(bad);
                read++;
            } catch (GeneralSecurityException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertTrue(read > 0);
    }
}
