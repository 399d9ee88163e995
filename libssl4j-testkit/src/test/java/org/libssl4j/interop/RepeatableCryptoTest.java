// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.testkit.crypto.RepeatableCrypto;

/** What is asked twice from one seed is the same, for every group and scheme, and real. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RepeatableCryptoTest {
    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);

    @ParameterizedTest
    @EnumSource(NamedGroup.class)
    void equalSeedsGiveEqualExchanges(NamedGroup group) throws Exception {
        byte[] share;
        try (KeyExchange first =
                        new RepeatableCrypto(REAL, 1).keyExchange(group).start();
                KeyExchange second =
                        new RepeatableCrypto(REAL, 1).keyExchange(group).start();
                KeyExchange other =
                        new RepeatableCrypto(REAL, 2).keyExchange(group).start()) {
            share = first.share();
            assertArrayEquals(share, second.share());
            assertFalse(Arrays.equals(share, other.share()));
        }
        KeyExchange.Answer first =
                new RepeatableCrypto(REAL, 3).keyExchange(group).answer(share);
        KeyExchange.Answer second =
                new RepeatableCrypto(REAL, 3).keyExchange(group).answer(share);
        KeyExchange.Answer other =
                new RepeatableCrypto(REAL, 4).keyExchange(group).answer(share);
        assertArrayEquals(first.share(), second.share());
        assertEquals(first.secret(), second.secret());
        assertFalse(Arrays.equals(first.share(), other.share()));
        first.secret().close();
        try (KeyExchange x = new RepeatableCrypto(REAL, 1).keyExchange(group).start()) {
            assertEquals(second.secret(), x.finish(second.share()), "one that was wiped does not wipe what is kept");
        }
    }

    @ParameterizedTest
    @EnumSource(NamedGroup.class)
    void exchangesAgreeWithRealOnes(NamedGroup group) throws Exception {
        Crypto repeatable = new RepeatableCrypto(REAL, 1);
        try (KeyExchange x = repeatable.keyExchange(group).start()) {
            KeyExchange.Answer a = REAL.keyExchange(group).answer(x.share());
            assertEquals(a.secret(), x.finish(a.share()));
        }
        try (KeyExchange x = REAL.keyExchange(group).start()) {
            KeyExchange.Answer a = repeatable.keyExchange(group).answer(x.share());
            assertEquals(a.secret(), x.finish(a.share()));
        }
    }

    @Test
    void aPartOfAnExchangeIsClosedWithTheWhole() throws Exception {
        Crypto repeatable = new RepeatableCrypto(REAL, 1);
        KeyExchange whole = repeatable.keyExchange(NamedGroup.X25519MLKEM768).start();
        KeyExchange part = whole.part(NamedGroup.X25519);
        KeyExchange.Answer a = REAL.keyExchange(NamedGroup.X25519).answer(part.share());
        assertEquals(a.secret(), part.finish(a.share()));
        whole.close();
        assertThrows(IllegalStateException.class, () -> part.finish(a.share()));
    }

    @ParameterizedTest
    @EnumSource(NamedGroup.class)
    void aShareThatIsNoneIsRefusedEachTime(NamedGroup g) {
        for (byte[] bad : new byte[][] {{}, new byte[g.clientShareLength() - 1], new byte[g.clientShareLength() + 1]}) {
            for (int i = 0; i < 2; i++) {
                Crypto repeatable = new RepeatableCrypto(REAL, 1);
                assertThrows(TlsException.class, () -> repeatable.keyExchange(g).answer(bad));
            }
        }
    }

    @Test
    void aRandomisedSignatureIsRepeated() throws Exception {
        byte[] input = {1, 2, 3};
        SignatureScheme ecdsa = SignatureScheme.ECDSA_SECP256R1_SHA256;
        byte[] signature = new RepeatableCrypto(REAL, 1).sign(Identity.ECDSA.key(), ecdsa, input);
        assertArrayEquals(signature, new RepeatableCrypto(REAL, 2).sign(Identity.ECDSA.key(), ecdsa, input));
        assertTrue(REAL.verify(Identity.ECDSA.certificate().getPublicKey(), ecdsa, input, signature));
        byte[] other = new RepeatableCrypto(REAL, 1).sign(Identity.ECDSA.key(), ecdsa, new byte[] {1, 2, 4});
        assertFalse(Arrays.equals(signature, other));
    }
}
