// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.Rfc8448Test;
import org.libssl4j.message.ext.PreSharedKey;

/** The binder of the trace in RFC 8448 §4, whose key is the ticket's of §3. */
class PskBinderTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private static final byte[] HELLO = HexFormat.of().parseHex(Rfc8448Test.RESUMING_CLIENT_HELLO);
    private static final Secret KEY =
            Secret.of(HexFormat.of().parseHex("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3"));

    private static byte[] binder() throws Exception {
        ClientHello hello = HandshakeMessage.received(HELLO).parse(ClientHello::read);
        return hello.extensions()
                .get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read)
                .binders()
                .get(0);
    }

    /** Of all before the list of binders, which here takes 35 bytes: its length, the length of one, and that one. */
    private static byte[] truncatedHash() {
        Hash h = CRYPTO.hash(HashAlgorithm.SHA256);
        h.update(HELLO, 0, HELLO.length - 35);
        return h.digest();
    }

    @Test
    void theBinderIsTheTraces() throws Exception {
        try (EarlyKeys early = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256, KEY);
                PskBinder b = early.binder(false)) {
            assertArrayEquals(binder(), b.over(truncatedHash()));
            assertTrue(b.matches(truncatedHash(), binder()));
        }
    }

    @Test
    void aBitMoreOrAByteLessDoesNotMatch() throws Exception {
        try (EarlyKeys early = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256, KEY);
                PskBinder b = early.binder(false)) {
            for (int bit = 0; bit < 256; bit++) {
                byte[] wrong = binder().clone();
                wrong[bit / 8] ^= (byte) (1 << bit % 8);
                assertFalse(b.matches(truncatedHash(), wrong));
            }
            assertFalse(b.matches(truncatedHash(), Arrays.copyOf(binder(), 31)));
            assertFalse(b.matches(truncatedHash(), Arrays.copyOf(binder(), 33)));
        }
    }

    @Test
    void anExternalKeyHasAnotherOne() throws Exception {
        try (EarlyKeys early = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256, KEY);
                PskBinder b = early.binder(true)) {
            assertFalse(b.matches(truncatedHash(), binder()));
        }
    }

    @Test
    void itsKeyIsWiped() {
        PskBinder b;
        try (EarlyKeys early = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256, KEY)) {
            b = early.binder(false);
        }
        b.over(truncatedHash()); // it is its own
        b.close();
        assertThrows(IllegalStateException.class, () -> b.over(truncatedHash()));
    }
}
