// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/** The hybrid groups that the core puts together of our ML-KEM. */
class HybridTest {
    private static final JcaCrypto CRYPTO =
            JcaCrypto.of(CryptoPolicy.DEFAULT, List.of(), List.of(new BouncyCastleSource()));

    @Test
    void theSourceIsFoundAsAService() {
        assertTrue(JcaCrypto.of(CryptoPolicy.DEFAULT).supports(NamedGroup.X25519MLKEM768));
    }

    @ParameterizedTest
    @EnumSource(names = {"X25519MLKEM768", "SECP256R1MLKEM768", "SECP384R1MLKEM1024"})
    void bothSidesHaveTheSameSecret(NamedGroup group) throws TlsException {
        try (KeyExchange client = CRYPTO.keyExchange(group).start()) {
            KeyExchange.Answer server = CRYPTO.keyExchange(group).answer(client.share());
            assertEquals(group.clientShareLength(), client.share().length);
            assertEquals(group.serverShareLength(), server.share().length);
            assertEquals(server.secret(), client.finish(server.share()));
        }
    }

    /** draft-ietf-tls-ecdhe-mlkem §4: ML-KEM first beside X25519, last beside a NIST curve, in shares and secret alike. */
    @ParameterizedTest
    @CsvSource({
        "X25519MLKEM768, ML-KEM-768, X25519, true",
        "SECP256R1MLKEM768, ML-KEM-768, SECP256R1, false",
        "SECP384R1MLKEM1024, ML-KEM-1024, SECP384R1, false"
    })
    void theOrderIsThatOfTheDraft(NamedGroup group, String kemName, NamedGroup dhGroup, boolean kemFirst)
            throws TlsException {
        Kem kem = new BouncyCastleSource().kem(kemName);
        try (KeyExchange client = CRYPTO.keyExchange(group).start()) {
            byte[] share = client.share();
            int first = kemFirst ? kem.encapsulationKeyLength() : dhGroup.clientShareLength();
            byte[] head = Arrays.copyOf(share, first);
            byte[] tail = Arrays.copyOfRange(share, first, share.length);
            KeyExchange.Answer forKem = kem.encapsulate(kemFirst ? head : tail);
            KeyExchange.Answer forDh = CRYPTO.keyExchange(dhGroup).answer(kemFirst ? tail : head);
            List<KeyExchange.Answer> order = kemFirst ? List.of(forKem, forDh) : List.of(forDh, forKem);
            byte[] answer = joined(order.get(0).share(), order.get(1).share());
            byte[] secret = joined(
                    order.get(0).secret().getEncoded(), order.get(1).secret().getEncoded());
            assertArrayEquals(secret, client.finish(answer).getEncoded());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"X25519MLKEM768", "SECP256R1MLKEM768", "SECP384R1MLKEM1024"})
    void aShareOfAnotherLengthIsIllegal(NamedGroup group) throws TlsException {
        try (KeyExchange client = CRYPTO.keyExchange(group).start()) {
            byte[] answer = CRYPTO.keyExchange(group).answer(client.share()).share();
            for (int d : new int[] {-1, 1}) {
                illegal(assertThrows(
                        TlsException.class,
                        () -> CRYPTO.keyExchange(group)
                                .answer(Arrays.copyOf(client.share(), client.share().length + d))));
                illegal(assertThrows(
                        TlsException.class, () -> client.finish(Arrays.copyOf(answer, answer.length + d))));
            }
            illegal(assertThrows(
                    TlsException.class, () -> CRYPTO.keyExchange(group).answer(new byte[0])));
            illegal(assertThrows(TlsException.class, () -> client.finish(new byte[0])));
        }
    }

    @ParameterizedTest
    @CsvSource({"X25519MLKEM768, 1184, 32", "SECP256R1MLKEM768, 0, 65", "SECP384R1MLKEM1024, 0, 97"})
    void aBadDiffieHellmanPartIsIllegal(NamedGroup group, int offset, int length) throws TlsException {
        try (KeyExchange client = CRYPTO.keyExchange(group).start()) {
            byte[] share = client.share().clone();
            Arrays.fill(share, offset, offset + length, (byte) 0);
            illegal(assertThrows(
                    TlsException.class, () -> CRYPTO.keyExchange(group).answer(share)));
        }
    }

    @ParameterizedTest
    @CsvSource({"X25519MLKEM768, 0", "SECP256R1MLKEM768, 65", "SECP384R1MLKEM1024, 97"})
    void aBadKemPartIsIllegal(NamedGroup group, int offset) throws TlsException {
        try (KeyExchange client = CRYPTO.keyExchange(group).start()) {
            byte[] share = client.share().clone();
            Arrays.fill(share, offset, offset + 3, (byte) 0xff);
            illegal(assertThrows(
                    TlsException.class, () -> CRYPTO.keyExchange(group).answer(share)));
        }
    }

    private static void illegal(TlsException e) {
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_ECPOINT, e.reason());
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
