// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Secret;

class PskPremasterTest {
    private static Secret secret(String hex) {
        return Secret.of(HexFormat.of().parseHex(hex));
    }

    private static void assertPremaster(String expected, Secret other, Secret key) {
        try (Secret s = PskPremaster.of(other, key)) {
            assertArrayEquals(HexFormat.of().parseHex(expected), s.getEncoded());
        }
        assertTrue(key.isDestroyed());
        assertTrue(other == null || other.isDestroyed());
    }

    @Test
    void withoutAnotherSecretThereAreZerosAsManyAsTheKeyHasBytes() {
        assertPremaster("0003000000" + "0003aabbcc", null, secret("aabbcc"));
    }

    @Test
    void theOtherSecretGoesFirst() {
        assertPremaster("000411223344" + "0002aabb", secret("11223344"), secret("aabb"));
    }

    @Test
    void lengthsHaveTwoBytes() {
        byte[] expected = new byte[4 + 2 * 0x0203];
        expected[0] = expected[2 + 0x0203] = 2;
        expected[1] = expected[3 + 0x0203] = 3;
        try (Secret s = PskPremaster.of(null, Secret.zeros(0x0203))) {
            assertArrayEquals(expected, s.getEncoded());
        }
        Secret key = Secret.zeros(0x10000);
        assertThrows(IllegalArgumentException.class, () -> PskPremaster.of(null, key));
        assertTrue(key.isDestroyed());
    }
}
