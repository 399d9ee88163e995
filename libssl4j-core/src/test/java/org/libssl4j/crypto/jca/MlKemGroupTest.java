// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/** Groups with the JDK's ML-KEM, which it has from 24 on; that one before has none is asserted, too. */
class MlKemGroupTest {
    private final JcaCrypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());

    private boolean absent(NamedGroup g) {
        boolean before = Runtime.version().feature() < 24;
        assertEquals(!before, crypto.supports(g));
        return before;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*MLKEM.*")
    void bothSidesHaveTheSameSecret(NamedGroup g) throws TlsException {
        if (absent(g)) {
            return;
        }
        try (KeyExchange client = crypto.keyExchange(g).start()) {
            KeyExchange.Answer server = crypto.keyExchange(g).answer(client.share());
            assertEquals(g.clientShareLength(), client.share().length);
            assertEquals(g.serverShareLength(), server.share().length);
            assertEquals(server.secret(), client.finish(server.share()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*MLKEM.*")
    void aShareOfAnotherLengthIsIllegal(NamedGroup g) throws TlsException {
        if (absent(g)) {
            return;
        }
        try (KeyExchange client = crypto.keyExchange(g).start()) {
            byte[] share = client.share();
            byte[] answer = crypto.keyExchange(g).answer(share).share();
            for (int d : new int[] {-1, 1, -32}) {
                illegal(assertThrows(
                        TlsException.class,
                        () -> crypto.keyExchange(g).answer(Arrays.copyOf(share, share.length + d))));
                illegal(assertThrows(
                        TlsException.class, () -> client.finish(Arrays.copyOf(answer, answer.length + d))));
            }
        }
    }

    /** FIPS 203 §7.2. */
    @ParameterizedTest
    @CsvSource({
        "MLKEM512, 0",
        "MLKEM768, 0",
        "MLKEM1024, 0",
        "X25519MLKEM768, 0",
        "SECP256R1MLKEM768, 65",
        "SECP384R1MLKEM1024, 97"
    })
    void anUnreducedKeyIsIllegal(NamedGroup g, int offset) throws TlsException {
        if (absent(g)) {
            return;
        }
        try (KeyExchange client = crypto.keyExchange(g).start()) {
            byte[] share = client.share().clone();
            Arrays.fill(share, offset, offset + 2, (byte) 0xff);
            illegal(assertThrows(TlsException.class, () -> crypto.keyExchange(g).answer(share)));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "MLKEM.*")
    void aChangedCiphertextGivesAnotherSecretAndAClosedExchangeNone(NamedGroup g) throws TlsException {
        if (absent(g)) {
            return;
        }
        KeyExchange client = crypto.keyExchange(g).start();
        KeyExchange.Answer server = crypto.keyExchange(g).answer(client.share());
        byte[] changed = server.share().clone();
        changed[7] ^= 1;
        assertNotEquals(server.secret(), client.finish(changed));
        client.close();
        client.close();
        assertThrows(IllegalStateException.class, () -> client.finish(server.share()));
    }

    private static void illegal(TlsException e) {
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_ECPOINT, e.reason());
    }
}
