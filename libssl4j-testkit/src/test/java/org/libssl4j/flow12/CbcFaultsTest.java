// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Rogue;
import org.libssl4j.flow13.RogueCarrier;
import org.libssl4j.flow13.RogueCbc;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * Whatever is wrong with a record of a block cipher, in a Finished or in application data, its peer and a log see one and the same (RFC 5246 §6.2.3.2): who could tell padding from MAC would decrypt by it (Vaudenay 2002). A record that is too short for its MAC is told by its length, which everybody sees.
 */
class CbcFaultsTest {
    /** A connection, and where in it the record comes. */
    private record Place(Role victim, ProtocolVersion version, CipherSuite suite, boolean encryptThenMac, String kind) {
        @Override
        public String toString() {
            return victim + ", " + version + ", " + suite + (encryptThenMac ? ", EtM, " : ", ") + kind;
        }
    }

    private static final String DATA = "application data";

    private static Stream<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Role r : Role.values()) {
            for (boolean etm : new boolean[] {false, true}) {
                for (String kind : List.of("finished", DATA)) {
                    for (ProtocolVersion v :
                            List.of(ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_2)) {
                        places.add(new Place(r, v, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, etm, kind));
                    }
                    places.add(new Place(
                            r, ProtocolVersion.TLS1_2, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, etm, kind));
                }
            }
        }
        return places.stream();
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    /** What a receiver takes: shows that the faults are in what they name, and nowhere else. */
    private static Map<String, RogueCbc.Shape> sound(boolean encryptThenMac) {
        Map<String, RogueCbc.Shape> all = new LinkedHashMap<>();
        all.put("as it has to be", RogueCbc::sound);
        all.put(
                "with ten blocks more of padding than needed",
                encryptThenMac
                        ? (c, t, b) -> c.authenticated(t, c.encrypted(RogueCbc.padded(b, 10)))
                        : (c, t, b) -> c.encrypted(RogueCbc.padded(inner(c, t, b), 10)));
        return all;
    }

    private static byte[] inner(RogueCbc c, int type, byte[] content) {
        return RogueCbc.joined(content, c.mac(0, type, content.length, content));
    }

    /** A record that has the right MAC and this done to it before it is encrypted. */
    private static RogueCbc.Shape padding(java.util.function.UnaryOperator<byte[]> change) {
        return (c, t, b) -> c.encrypted(change.apply(RogueCbc.padded(inner(c, t, b), 1)));
    }

    private static RogueCbc.Shape mac(RogueCbc.Shape mac) {
        return (c, t, b) -> c.encrypted(RogueCbc.padded(RogueCbc.joined(b, mac.body(c, t, b)), 1));
    }

    private static Map<String, RogueCbc.Shape> macThenEncrypt() {
        Map<String, RogueCbc.Shape> all = new LinkedHashMap<>();
        all.put("the first byte of the padding", padding(b -> flipped(b, b.length - 17)));
        all.put("the last byte of the padding but one", padding(b -> flipped(b, b.length - 2)));
        all.put("the length of the padding, one less", padding(b -> less(b, 1)));
        all.put("the length of the padding, one more", padding(b -> less(b, -1)));
        all.put("padding of 256 bytes that is not there", padding(b -> filled(b, 0, 255)));
        all.put("padding of all there is", padding(b -> filled(b, 0, b.length - 1)));
        all.put("padding that leaves a byte less than a MAC", (c, t, b) -> {
            byte[] all1 = RogueCbc.padded(inner(c, t, b), 1);
            return c.encrypted(filled(all1, c.macLength() - 1, all1.length - c.macLength()));
        });
        all.put("padding that leaves a MAC of no content", (c, t, b) -> {
            byte[] all1 = RogueCbc.padded(inner(c, t, b), 1);
            return c.encrypted(filled(all1, c.macLength(), all1.length - c.macLength() - 1));
        });
        all.put("the padding of SSL 3.0", padding(b -> filled(b, b.length - 17, 0, 16)));
        all.put("zeros", padding(b -> new byte[b.length]));
        all.put("the first byte of the MAC", mac((c, t, b) -> flipped(c.mac(0, t, b.length, b), 0)));
        all.put("the last byte of the MAC", mac((c, t, b) -> flipped(c.mac(0, t, b.length, b), c.macLength() - 1)));
        all.put("a MAC of zeros", mac((c, t, b) -> new byte[c.macLength()]));
        all.put("a MAC over a length one more", mac((c, t, b) -> c.mac(0, t, b.length + 1, b)));
        all.put("a MAC over no length", mac((c, t, b) -> c.mac(0, t, 0, b)));
        all.put("a MAC over another type", mac((c, t, b) -> c.mac(0, t ^ 1, b.length, b)));
        all.put("a MAC over the number of the next record", mac((c, t, b) -> c.mac(1, t, b.length, b)));
        all.put("a MAC over the number of the record before", mac((c, t, b) -> c.mac(-1, t, b.length, b)));
        all.put("a MAC over a byte less", mac((c, t, b) -> c.mac(0, t, b.length, Arrays.copyOf(b, b.length - 1))));
        all.put("MAC and padding", (c, t, b) -> {
            byte[] all1 = RogueCbc.padded(RogueCbc.joined(b, new byte[c.macLength()]), 1);
            return c.encrypted(flipped(all1, all1.length - 2));
        });
        all.put("a flipped bit in its first block", (c, t, b) -> flipped(c.sound(t, b), 0));
        all.put("a flipped bit in its last block", (c, t, b) -> {
            byte[] body = c.sound(t, b);
            return flipped(body, body.length - 1);
        });
        all.put("no whole blocks", (c, t, b) -> {
            byte[] body = c.sound(t, b);
            return Arrays.copyOf(body, body.length + 1);
        });
        all.put("the MAC outside", (c, t, b) -> c.authenticated(t, c.encrypted(RogueCbc.padded(b, 4))));
        return all;
    }

    private static Map<String, RogueCbc.Shape> encryptThenMac() {
        Map<String, RogueCbc.Shape> all = new LinkedHashMap<>();
        all.put("the first byte of the MAC", outside((c, t, e) -> flipped(c.mac(0, t, e.length, e), 0)));
        all.put("the last byte of the MAC", outside((c, t, e) -> flipped(c.mac(0, t, e.length, e), c.macLength() - 1)));
        all.put("a MAC of zeros", outside((c, t, e) -> new byte[c.macLength()]));
        all.put("a MAC over a length one more", outside((c, t, e) -> c.mac(0, t, e.length + 1, e)));
        all.put("a MAC over the length with the MAC", outside((c, t, e) -> c.mac(0, t, e.length + c.macLength(), e)));
        all.put("a MAC over another type", outside((c, t, e) -> c.mac(0, t ^ 1, e.length, e)));
        all.put("a MAC over the number of the next record", outside((c, t, e) -> c.mac(1, t, e.length, e)));
        all.put(
                "a MAC over all but the first block",
                outside((c, t, e) -> c.mac(0, t, e.length - 16, Arrays.copyOfRange(e, 16, e.length))));
        all.put(
                "a MAC over the content",
                (c, t, b) -> RogueCbc.joined(c.encrypted(RogueCbc.padded(b, 0)), c.mac(0, t, b.length, b)));
        all.put("a flipped bit in its first block", (c, t, b) -> flipped(c.sound(t, b), 0));
        all.put("the MAC inside", (c, t, b) -> c.encrypted(RogueCbc.padded(inner(c, t, b), 4)));
        all.put("no whole blocks under the right MAC", (c, t, b) -> {
            byte[] e = c.encrypted(RogueCbc.padded(b, 0));
            return c.authenticated(t, Arrays.copyOf(e, e.length + 1));
        });
        all.put("a wrong padding under the right MAC", (c, t, b) -> {
            byte[] p = RogueCbc.padded(b, 1);
            return c.authenticated(t, c.encrypted(flipped(p, p.length - 2)));
        });
        all.put(
                "a padding too long under the right MAC",
                (c, t, b) -> c.authenticated(t, c.encrypted(filled(RogueCbc.padded(b, 1), 0, 255))));
        return all;
    }

    private static RogueCbc.Shape outside(RogueCbc.Shape mac) {
        return (c, t, b) -> {
            byte[] e = c.encrypted(RogueCbc.padded(b, 0));
            return RogueCbc.joined(e, mac.body(c, t, e));
        };
    }

    private static byte[] flipped(byte[] b, int at) {
        b[at] ^= 1;
        return b;
    }

    private static byte[] less(byte[] b, int by) {
        b[b.length - 1] -= (byte) by;
        return b;
    }

    private static byte[] filled(byte[] b, int from, int value) {
        return filled(b, from, value, value);
    }

    private static byte[] filled(byte[] b, int from, int value, int last) {
        Arrays.fill(b, from, b.length, (byte) value);
        b[b.length - 1] = (byte) last;
        return b;
    }

    // ---- connections -----------------------------------------------------------------------------------------------

    private static HandshakeConfig at(Place p, HandshakeConfig c) {
        return c.with(SecurityLevel.of(p.version() == ProtocolVersion.TLS1_2 ? 2 : 0))
                .with(new Versions(p.version(), p.version()))
                .with(c.legacy().withEncryptThenMac(p.encryptThenMac()));
    }

    private static Rogue run(Place p, RogueCbc.Shape shape) {
        Rogue r = new Rogue(p.victim(), at(p, Configs12.client(p.suite())), at(p, Configs12.server(p.suite())));
        if (!p.kind().equals(DATA)) {
            return r.spoils(p.kind(), m -> r.carrier.cbc(RogueCarrier.HANDSHAKE, m.raw(), shape))
                    .run();
        }
        r.run();
        assertNull(r.failure, () -> "" + r.failure);
        r.carrier.cbc(RogueCarrier.DATA, new byte[] {1, 2, 3, 4, 5, 6, 7}, shape);
        return r.run();
    }

    @TestFactory
    Stream<DynamicTest> soundRecordsAreTaken() {
        return places().flatMap(p -> sound(p.encryptThenMac()).entrySet().stream()
                .map(s -> DynamicTest.dynamicTest(p + " " + s.getKey(), () -> {
                    Rogue r = run(p, s.getValue());
                    assertNull(r.failure, () -> "" + r.failure);
                    assertNull(r.heard, () -> "" + r.heard);
                    r.carrier.record(RogueCarrier.DATA, 8);
                    assertEquals(p.kind().equals(DATA) ? 8 : 1, r.run().read);
                })));
    }

    @TestFactory
    Stream<DynamicTest> allFaultsEndAlike() {
        return places().flatMap(p -> (p.encryptThenMac() ? encryptThenMac() : macThenEncrypt())
                .entrySet().stream()
                        .map(f ->
                                DynamicTest.dynamicTest(p + ": " + f.getKey(), () -> assertRefused(p, f.getValue()))));
    }

    private static void assertRefused(Place p, RogueCbc.Shape shape) {
        Rogue r = run(p, shape);
        assertNotNull(r.failure, "it was taken");
        TlsException e = r.failure;
        assertEquals(AlertDescription.BAD_RECORD_MAC, e.alert());
        assertEquals(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, e.reason());
        assertEquals(
                "decryption failed or bad record mac: a record of N bytes that does not authenticate",
                e.getMessage().replaceAll("\\d+", "N"));
        assertNull(e.getCause());
        assertEnds(r);
    }

    private static void assertEnds(Rogue r) {
        assertEquals(List.of(RogueCarrier.ALERT), r.lastRecords, "one alert");
        assertNotNull(r.heard);
        assertEquals(AlertDescription.BAD_RECORD_MAC, r.heard.alert());
        assertEquals(List.of(), Reachable.openSecrets(r.victim), "secrets are wiped");
        assertEquals(0, r.read, "nothing of it is handed out");
    }

    /** Here the length says it, to everybody, and nothing is decrypted. */
    @TestFactory
    Stream<DynamicTest> tooShortForItsMac() {
        return places().map(p -> DynamicTest.dynamicTest(p.toString(), () -> {
            for (int blocks = 0; blocks < 3; blocks++) {
                int bytes = blocks * 16;
                Rogue r = run(p, (c, t, b) -> new byte[Math.min(bytes, c.macLength())]);
                assertNotNull(r.failure, "it was taken");
                assertEquals(AlertDescription.BAD_RECORD_MAC, r.failure.alert());
                assertEquals(Reason.LENGTH_TOO_SHORT, r.failure.reason());
                assertEnds(r);
            }
        }));
    }
}
