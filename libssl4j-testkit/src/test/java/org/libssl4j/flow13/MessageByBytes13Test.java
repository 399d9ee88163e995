// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Each message of real connections, cut short, made longer, with wrong lengths inside, and changed at random: every one is refused with one alert, or leads to no connection whose ends have not seen the same. */
@Timeout(120)
class MessageByBytes13Test {
    private static final int MUTATIONS = 2000;

    /** One of each kind that each side reads. */
    private static final List<Place13> PLACES = places();

    private static List<Place13> places() {
        List<Place13> places = new ArrayList<>();
        Set<String> all = new HashSet<>();
        for (Walk.Variant v : Walk.variants()) {
            Set<String> had = new HashSet<>();
            for (Walk.Step s : Walk.all(v)) {
                String kind = Kinds.kind(s.message());
                boolean again = !had.add(s.to() + kind);
                String name = kind + " to " + s.to() + (again ? " again" : "");
                // What comes after the handshake is read by other states than what has the same name within.
                if (all.add(name + (v.afterwards().isEmpty() ? "" : v))) {
                    places.add(new Place13(v + ": " + name, "", v, s.to(), kind, again, 0));
                }
            }
        }
        return places;
    }

    static Stream<Place13> all() {
        return PLACES.stream();
    }

    // ---- shorter and longer ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("all")
    void noPrefixOfAMessageIsOne(Place13 p) {
        HandshakeMessage m = p.message();
        byte[] body = Arrays.copyOfRange(m.raw(), 4, m.raw().length);
        for (int n = 0; n < body.length; n++) {
            int length = n;
            TlsException e = p.show(Cut.message(m.type(), Arrays.copyOf(body, n)));
            assertNotNull(e, () -> p + ": the first " + length + " of " + body.length + " bytes were accepted");
            AlertDescription alert = m.is(HandshakeType.FINISHED)
                    ? AlertDescription.DECRYPT_ERROR // RFC 9846 §4.5.3: as any wrong Finished
                    : AlertDescription.DECODE_ERROR;
            // RFC 9846 §4.2.2, §4.2.3: a hello may end before its extensions, and is one of TLS 1.2 then; §4.2.4: the
            // version of a HelloRetryRequest stays.
            boolean old = isHello(m) && n == endOfOldHello(m);
            AlertDescription ofOld = m.is(HandshakeType.SERVER_HELLO) && p.retried()
                    ? AlertDescription.ILLEGAL_PARAMETER
                    : AlertDescription.PROTOCOL_VERSION;
            if (old && p.toString().contains(" again")) {
                continue; // and differs from the first one as well
            }
            assertEquals(
                    old ? ofOld : alert,
                    e.alert(),
                    () -> p + ": the first " + length + " of " + body.length + " bytes: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTrailingByteIsRefused(Place13 p) {
        HandshakeMessage m = p.message();
        TlsException e = p.show(Cut.message(m.type(), Arrays.copyOfRange(m.raw(), 4, m.raw().length + 1)));
        assertNotNull(e, "accepted");
        AlertDescription alert =
                m.is(HandshakeType.FINISHED) ? AlertDescription.DECRYPT_ERROR : AlertDescription.DECODE_ERROR;
        assertEquals(alert, e.alert(), e::getMessage);
    }

    private static boolean isHello(HandshakeMessage m) {
        return m.is(HandshakeType.CLIENT_HELLO) || m.is(HandshakeType.SERVER_HELLO);
    }

    private static int endOfOldHello(HandshakeMessage m) {
        return Cut.of(m, 0).before().length;
    }

    // ---- lengths ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("all")
    void aLengthThatIsOneOffIsRefused(Place13 p) {
        HandshakeMessage m = p.message();
        for (LengthField f : LengthField.of(m)) {
            for (int off : new int[] {-1, 1}) {
                HandshakeMessage wrong = f.changed(m, off);
                if (wrong == null) {
                    continue; // no length is below 0
                }
                TlsException e = p.show(wrong);
                String what = p + ": " + f + (off > 0 ? " one more" : " one less");
                assertNotNull(e, () -> what + " was accepted");
                assertFalse(e.alert() == AlertDescription.INTERNAL_ERROR, () -> what + ": " + e);
                if (!f.ofExtension()) {
                    assertEquals(AlertDescription.DECODE_ERROR, e.alert(), () -> what + ": " + e.getMessage());
                }
            }
        }
    }

    // ---- at random -------------------------------------------------------------------------------------------------

    @Test
    void noChangeOfAMessageIsAcceptedByBothEndsNorABugOfOurs() {
        int refusedAtOnce = 0;
        int accepted = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            Place13 p = PLACES.get(random.nextInt(PLACES.size()));
            HandshakeMessage m = p.message();
            byte[] raw = mutated(m.raw(), random);
            if (Arrays.equals(raw, m.raw())) {
                continue;
            }
            HandshakeMessage changed = HandshakeMessage.received(raw);
            TlsException e = p.show(changed);
            if (e != null) {
                assertNotEquals(Reason.INTERNAL_ERROR, e.reason(), p + ", seed " + seed + ": " + e);
                refusedAtOnce++;
            } else {
                accepted++;
                goOn(p, changed, seed);
            }
        }
        assertTrue(refusedAtOnce > MUTATIONS / 2, refusedAtOnce + " were refused at once");
        assertTrue(accepted > 20, accepted + " were not");
    }

    /** One side has accepted it: the other does not see the same, and that shows. */
    private static void goOn(Place13 p, HandshakeMessage changed, int seed) {
        Walk w = p.walkThere();
        boolean during = !w.side(p.reader()).negotiated.complete();
        w.lose();
        w.inject(p.reader(), changed);
        w.finish();
        for (Role r : Role.values()) {
            ScriptedPair.Side s = w.side(r);
            if (s.failure != null) {
                assertNotEquals(Reason.INTERNAL_ERROR, s.failure.reason(), p + ", seed " + seed + ": " + s.failure);
                assertEquals(List.of(s.failure.alert()), s.carrier.alerts(), p + ", seed " + seed);
            }
        }
        // After the handshake the transcript has no part in most messages; the record layer protects them.
        if (during) {
            assertFalse(
                    w.pair.client.negotiated.complete() && w.pair.server.negotiated.complete(),
                    p + ", seed " + seed + ": both ends are content");
        }
    }

    /** A message whose header fits its length. */
    private static byte[] mutated(byte[] raw, Random random) {
        byte[] body = Arrays.copyOfRange(raw, 4, raw.length);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            body = once(body, random);
        }
        return Cut.message(raw[0] & 0xff, body).raw();
    }

    private static byte[] once(byte[] b, Random random) {
        if (b.length == 0) {
            return new byte[random.nextInt(4)];
        }
        int at = random.nextInt(b.length);
        int n = Math.min(1 + random.nextInt(8), b.length - at);
        byte[] some = new byte[n];
        random.nextBytes(some);
        byte[] head = Arrays.copyOf(b, at);
        byte[] tail = Arrays.copyOfRange(b, at + n, b.length);
        byte[] piece = Arrays.copyOfRange(b, at, at + n);
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = b.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Cut.join(head, some, tail);
            case 2 -> Cut.join(head, tail);
            case 3 -> Cut.join(head, piece, piece, tail);
            case 4 -> Cut.join(head, some, piece, tail);
            case 5 -> {
                byte[] extreme = b.clone();
                extreme[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                yield extreme;
            }
            default -> Cut.join(head, piece);
        };
    }
}
