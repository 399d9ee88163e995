// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

class BcX25519Test {
    private final KeyExchange.Factory factory = new BouncyCastleSource().keyExchange(NamedGroup.X25519);

    /** RFC 7748 §5.2; the second has the unused top bit set. */
    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4, e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c, c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d, e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493, 95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
    })
    void answersOfRfc7748(String scalar, String u, String expected) throws TlsException {
        try (KeyExchange x = BcX25519.exchange(hex(scalar));
                Secret secret = x.finish(hex(u))) {
            assertArrayEquals(hex(expected), secret.getEncoded());
        }
    }

    /** RFC 8448 §3: the client's key pair, the server's share and the secret that comes of them. */
    @Test
    void theExchangeOfRfc8448() throws TlsException {
        try (KeyExchange client =
                        BcX25519.exchange(hex("49af42ba7f7994852d713ef2784bcbcaa7911de26adc5642cb634540e7ea5005"));
                Secret secret =
                        client.finish(hex("c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f"))) {
            assertArrayEquals(hex("99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c"), client.share());
            assertArrayEquals(
                    hex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"), secret.getEncoded());
        }
    }

    @Test
    void theJdkAgrees() throws TlsException {
        KeyExchange.Factory jdk = JcaCrypto.of(CryptoPolicy.JDK_ONLY).keyExchange(NamedGroup.X25519);
        for (List<KeyExchange.Factory> sides : List.of(List.of(jdk, factory), List.of(factory, jdk))) {
            for (int i = 0; i < 20; i++) {
                try (KeyExchange client = sides.get(0).start()) {
                    KeyExchange.Answer server = sides.get(1).answer(client.share());
                    assertEquals(server.secret(), client.finish(server.share()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void aShareOfSmallOrderIsIllegal(String share) {
        refused(hex(share));
    }

    @Test
    void aShareOfAnotherLengthIsIllegal() {
        for (int length : new int[] {0, 31, 33, 64}) {
            refused(Arrays.copyOf(factory.start().share(), length));
        }
    }

    @Test
    void closingWipesTheScalar() {
        byte[] scalar = hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
        BcX25519.exchange(scalar).close();
        assertArrayEquals(new byte[32], scalar);
    }

    private void refused(byte[] share) {
        for (TlsException e : List.of(
                assertThrows(TlsException.class, () -> factory.answer(share)),
                assertThrows(TlsException.class, () -> factory.start().finish(share)))) {
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
            assertEquals(Reason.BAD_ECPOINT, e.reason());
        }
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
