// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

class PrfTest {
    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    /** The first three are those of the TLS working group's mailing list (2009); all were made again by {@code openssl kdf TLS1-PRF} 3.0.19. */
    @ParameterizedTest
    @CsvSource({
        "TLS1_2, SHA256, 9bbe436ba940f017b17652849a71db35, a0ba9f936cda311827a6f796ffd5198c, e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
        "TLS1_2, SHA384, b80b733d6ceefcdc71566ea48e5567df, cd665cf6a8447dd6ff8b27555edb7465, 7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f",
        "TLS1_2, SHA512, b0323523c1853599584d88568bbb05eb, d4640e12e4bcdbfb437f03e6ae418ee5, 1261f588c798c5c201ff036e7a9cb5edcd7fe3f94c669a122a4638d7d508b283042df6789875c7147e906d868bc75c45e20eb40c1cf4a1713b27371f68432592f7dc8ea8ef223e12ea8507841311bf68653d0cfc4056d811f025c45ddfa6e6fec702f054b409d6f28dd0a3233e498da41a3e75c5630eedbe22fe254e33a1b0e9f6b9826675bec7d01a845658dc9c397545401d40b9f46c7a400ee1b8f81ca0a60d1a397a1028bff5d2ef5066126842fb8da4197632bdb54ff6633f86bbc836e640d4d898",
        "TLS1_1, SHA256, b80b733d6ceefcdc71566ea48e5567df, cd665cf6a8447dd6ff8b27555edb7465, 9289c1c6c85b5bc9cbdeb255e32a9978f38e9decdf0cbef6a0f979168f3b0362da2328160fd5394b40f43410e09f14bdcd2973672767cc2fee3a26961eff0ac2aba6a38ae80a37f2e6fa9a6ab3f7cec347932bc73b3b43111d4bfed2f3ce2db9408b8b7753399832",
        "TLS1_0, SHA384, b80b733d6ceefcdc71566ea48e5567, cd665cf6a8447dd6ff8b27555edb7465, aa9ff6b3016d38d649c25042e7df2741d0cb5c99e857e577af8f659e2d3e87cf82329f43f6"
    })
    void answersOfOpenssl(ProtocolVersion version, HashAlgorithm hash, String secret, String seed, String expected) {
        byte[] out = HexFormat.of().parseHex(expected);
        Prf prf = Prf.of(crypto, version, hash);
        try (Secret s = Secret.of(HexFormat.of().parseHex(secret))) {
            byte[] salt = HexFormat.of().parseHex(seed);
            for (int length : new int[] {0, 1, 12, 16, 20, 32, 37, out.length}) {
                if (length <= out.length) {
                    assertArrayEquals(
                            Arrays.copyOf(out, length),
                            prf.expand(s, "test label", salt, length).getEncoded());
                }
            }
        }
    }

    @Test
    void theSecretStaysTheCallers() {
        try (Secret s = Secret.of(new byte[] {1, 2, 3})) {
            for (ProtocolVersion v : new ProtocolVersion[] {ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_2}) {
                Prf.of(crypto, v, HashAlgorithm.SHA256).expand(s, "label", new byte[4], 50);
                assertArrayEquals(new byte[] {1, 2, 3}, s.getEncoded());
            }
        }
    }

    /** Of JCA's MACs the key that was set last is kept: it is a harmless one. */
    @ParameterizedTest
    @EnumSource(names = {"TLS1_0", "TLS1_1", "TLS1_2"})
    void nothingOfTheSecretIsKept(ProtocolVersion version) {
        List<Secret> keys = new ArrayList<>(); // the last one of each MAC
        Crypto watched = (Crypto) Proxy.newProxyInstance(
                Crypto.class.getClassLoader(), new Class<?>[] {Crypto.class}, (p, m, args) -> {
                    keys.add(null);
                    return new LastKey(crypto.hmac((HashAlgorithm) args[0]), keys);
                });
        try (Secret s = Secret.of(new byte[] {1, 2, 3})) {
            Prf.of(watched, version, HashAlgorithm.SHA384).expand(s, "label", new byte[4], 50);
        }
        assertEquals(version == ProtocolVersion.TLS1_2 ? 1 : 2, keys.size());
        for (Secret last : keys) {
            assertArrayEquals(new byte[last.getEncoded().length], last.getEncoded());
        }
    }

    private static final class LastKey implements Hmac {
        private final Hmac hmac;
        private final List<Secret> keys;
        private final int at;

        LastKey(Hmac hmac, List<Secret> keys) {
            this.hmac = hmac;
            this.keys = keys;
            this.at = keys.size() - 1;
        }

        @Override
        public void init(Secret key) {
            keys.set(at, Secret.of(key.getEncoded()));
            hmac.init(key);
        }

        @Override
        public void update(byte[] in, int off, int len) {
            hmac.update(in, off, len);
        }

        @Override
        public void doFinal(byte[] out, int off) {
            hmac.doFinal(out, off);
        }

        @Override
        public int length() {
            return hmac.length();
        }
    }

    @Test
    void tls13HasNone() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Prf.of(crypto, ProtocolVersion.TLS1_3, HashAlgorithm.SHA256));
        assertEquals("TLS 1.3 has HKDF; a PRF has TLS 1.2 and before", e.getMessage());
    }
}
