// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.HashAlgorithm;

class HkdfTest {
    private static final byte[] NOTHING = {};

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private final Hkdf hkdf = new Hkdf(crypto.hmac(HashAlgorithm.SHA256));

    @ParameterizedTest(name = "RFC 5869 appendix {0}")
    @CsvSource({
        "A.1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "A.2, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                + "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"
                + "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                + "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
                + "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "A.3, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
                + "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
                + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    })
    void answersOfTheRfc(String name, String keyMaterial, String salt, String info, String extracted, String expanded) {
        Secret key = hkdf.extract(secret(salt), secret(keyMaterial));
        assertArrayEquals(hex(extracted), key.getEncoded());
        Secret out = hkdf.expand(key, hex(info), expanded.length() / 2);
        assertArrayEquals(hex(expanded), out.getEncoded());
    }

    /** RFC 8448 §3, the server's key schedule up to the handshake secret, and keys of the client's handshake traffic. */
    @Test
    void theSecretsOfRfc8448() {
        Secret early = hkdf.extract(Secret.zeros(32), Secret.zeros(32));
        assertHex("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a", early);
        byte[] empty = crypto.hash(HashAlgorithm.SHA256).digest();
        Secret derived = hkdf.expandLabel(early, "derived", empty, 32);
        assertHex("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba", derived);
        Secret shared = secret("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");
        assertHex("1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac", hkdf.extract(derived, shared));

        Secret traffic = secret("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21");
        assertHex("dbfaa693d1762c5b666af5d950258d01", hkdf.expandLabel(traffic, "key", NOTHING, 16));
        assertHex("5bd3c71b836e0b76bb73265f", hkdf.expandLabel(traffic, "iv", NOTHING, 12));
    }

    @Test
    void moreThan255BlocksAreRefused() {
        assertEquals(255 * 32, hkdf.expand(Secret.zeros(32), NOTHING, 255 * 32).length());
        assertThrows(IllegalArgumentException.class, () -> hkdf.expand(Secret.zeros(32), NOTHING, 255 * 32 + 1));
    }

    private static void assertHex(String expected, Secret actual) {
        assertEquals(expected, HexFormat.of().formatHex(actual.getEncoded()));
    }

    private static Secret secret(String hex) {
        return Secret.of(hex(hex));
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
