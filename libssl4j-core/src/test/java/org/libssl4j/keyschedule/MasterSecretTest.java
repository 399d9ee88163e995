// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/** Master secret, key block, Finished and exporter against handshakes of OpenSSL. */
class MasterSecretTest {
    private static final byte[] C = random(1);
    private static final byte[] S = random(2);
    private static final String[] HELLO_TO_KEY = {
        "clientHello", "serverHello", "certificate", "serverHelloDone", "clientKeyExchange"
    };

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    static List<OpensslTrace> traces() {
        return OpensslTrace.all();
    }

    @ParameterizedTest
    @MethodSource("traces")
    void isMadeOfThePremasterSecret(OpensslTrace t) {
        Secret premaster = Secret.of(t.bytes("premaster"));
        try (MasterSecret m = t.extended()
                ? MasterSecret.extended(prf(t), premaster, t.hash(crypto, HELLO_TO_KEY))
                : MasterSecret.of(prf(t), premaster, t.bytes("clientRandom"), t.bytes("serverRandom"))) {
            assertArrayEquals(t.bytes("master"), m.secret().getEncoded());
            assertTrue(premaster.isDestroyed());
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void makesFinished(OpensslTrace t) {
        try (MasterSecret m = master(t)) {
            byte[] toClient = t.hash(crypto, HELLO_TO_KEY);
            String[] more = Arrays.copyOf(HELLO_TO_KEY, HELLO_TO_KEY.length + 1);
            more[HELLO_TO_KEY.length] = "clientFinished";
            byte[] client = body(t.bytes("clientFinished"));
            assertArrayEquals(client, m.verifyData(true, toClient));
            assertArrayEquals(body(t.bytes("serverFinished")), m.verifyData(false, t.hash(crypto, more)));
            assertTrue(m.matches(true, toClient, client));
            assertFalse(m.matches(false, toClient, client));
            assertFalse(m.matches(true, toClient, Arrays.copyOf(client, 11)));
            client[11] ^= 1;
            assertFalse(m.matches(true, toClient, client));
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void makesTheKeyBlock(OpensslTrace t) {
        try (MasterSecret m = master(t);
                KeyBlock b =
                        m.keyBlock(t.suite(), t.version(), true, t.bytes("clientRandom"), t.bytes("serverRandom"))) {
            assertArrayEquals(t.bytes("keyBlock"), whole(b));
            assertEquals(t.version(), b.client().version());
            assertTrue(b.server().encryptThenMac());
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void exports(OpensslTrace t) {
        try (MasterSecret m = master(t)) {
            Exporter e = m.exporter(t.bytes("clientRandom"), t.bytes("serverRandom"));
            byte[] expected = t.bytes("exported");
            assertArrayEquals(expected, e.export("EXPERIMENTAL libssl4j", null, expected.length));
        }
    }

    /** RFC 5246 §6.3 and §C; RFC 5288 §3, RFC 6655 §3, RFC 7905 §2. */
    @ParameterizedTest
    @EnumSource
    void everySuiteHasItsKeys(CipherSuite suite) {
        for (ProtocolVersion v : ProtocolVersion.values()) {
            if (v == ProtocolVersion.TLS1_3 || !suite.fits(v)) {
                continue;
            }
            try (MasterSecret m = MasterSecret.of(Prf.of(crypto, v, suite.hash()), Secret.zeros(48), C, S);
                    KeyBlock b = m.keyBlock(suite, v, false, C, S)) {
                for (KeyBlock.Half h : List.of(b.client(), b.server())) {
                    String name = suite.name();
                    int iv = name.contains("CHACHA20")
                            ? 12
                            : !name.contains("CBC") ? 4 : v == ProtocolVersion.TLS1_0 ? 16 : 0;
                    int mac = !name.contains("CBC") ? 0 : name.endsWith("384") ? 48 : name.endsWith("256") ? 32 : 20;
                    assertEquals(name.contains("AES_128") ? 16 : 32, h.key().length(), name);
                    assertEquals(iv, length(h.iv()), name + " " + v);
                    assertEquals(mac, length(h.macKey()), name);
                    assertFalse(h.encryptThenMac());
                }
            }
        }
    }

    @Test
    void theHalvesOutliveNothing() {
        MasterSecret m = MasterSecret.of(prf12(), Secret.zeros(48), C, S);
        KeyBlock b = m.keyBlock(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, ProtocolVersion.TLS1_2, false, C, S);
        Exporter e = m.exporter(C, S);
        assertFalse(e.isWiped());
        b.close();
        m.close();
        m.close();
        assertTrue(b.client().key().isDestroyed() && b.client().macKey().isDestroyed());
        assertTrue(b.server().key().isDestroyed() && b.server().macKey().isDestroyed());
        assertTrue(m.secret().isDestroyed() && e.isWiped());
    }

    @Test
    void aResumedOneIsACopy() {
        Secret kept = Secret.of(new byte[48]);
        MasterSecret m = MasterSecret.resumed(prf12(), kept);
        assertEquals(kept, m.secret());
        m.close();
        assertFalse(kept.isDestroyed());
    }

    // RFC 5705 §4: no context and one without bytes differ, by two bytes of length.
    @Test
    void anEmptyContextIsNotNone() {
        try (MasterSecret m = MasterSecret.of(prf12(), Secret.zeros(48), C, S)) {
            Exporter e = m.exporter(C, S);
            byte[] seed = joined(C, S);
            for (byte[] context : new byte[][] {null, {}, {7}, new byte[300]}) {
                byte[] expected = context == null ? seed : joined(seed, joined(length16(context), context));
                assertArrayEquals(
                        prf12().expand(m.secret(), "EXPORTER-x", expected, 33).getEncoded(),
                        e.export("EXPORTER-x", context, 33));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client finished",
                "server finished",
                "master secret",
                "extended master secret",
                "key expansion",
                "key expansion of mine"
            })
    void labelsOfTlsItselfAreKept(String label) {
        try (MasterSecret m = MasterSecret.of(prf12(), Secret.zeros(48), C, S)) {
            Exporter e = m.exporter(C, S);
            String message = assertThrows(IllegalArgumentException.class, () -> e.export(label, null, 12))
                    .getMessage();
            assertTrue(message.contains(label), message);
        }
    }

    @Test
    void aContextHasABound() {
        try (MasterSecret m = MasterSecret.of(prf12(), Secret.zeros(48), C, S)) {
            Exporter e = m.exporter(C, S);
            assertEquals(5, e.export("x", new byte[0xffff], 5).length);
            assertThrows(IllegalArgumentException.class, () -> e.export("x", new byte[0x10000], 5));
        }
    }

    private Prf prf(OpensslTrace t) {
        return Prf.of(crypto, t.version(), t.suite().hash());
    }

    private Prf prf12() {
        return Prf.of(crypto, ProtocolVersion.TLS1_2, HashAlgorithm.SHA256);
    }

    private MasterSecret master(OpensslTrace t) {
        try (Secret s = Secret.of(t.bytes("master"))) {
            return MasterSecret.resumed(prf(t), s);
        }
    }

    private static byte[] whole(KeyBlock b) {
        return Stream.of(
                        b.client().macKey(),
                        b.server().macKey(),
                        b.client().key(),
                        b.server().key(),
                        b.client().iv(),
                        b.server().iv())
                .map(s -> s == null ? new byte[0] : s.getEncoded())
                .reduce(new byte[0], MasterSecretTest::joined);
    }

    private static byte[] body(byte[] finished) {
        return Arrays.copyOfRange(finished, 4, finished.length);
    }

    private static int length(Secret s) {
        return s == null ? 0 : s.length();
    }

    private static byte[] length16(byte[] b) {
        return new byte[] {(byte) (b.length >> 8), (byte) b.length};
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] random(int fill) {
        byte[] b = new byte[32];
        Arrays.fill(b, (byte) fill);
        return b;
    }
}
