// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.RetryReason;
import org.libssl4j.config.Verification;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.ProtocolMessage;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** The delays delay, and the harness finds what depends on them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HarnessTest {
    private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private final Log log = new Log();

    private Brake brake(Delays d) {
        Brake b = new Brake(d, log);
        b.on(new MemoryBio(), new MemoryBio());
        return b;
    }

    @Test
    void eachHasEveryCombinationOnce() {
        List<Delays> each = Delays.each();
        assertEquals(31 + Delays.odd().size(), each.size());
        assertEquals(each.size(), new HashSet<>(each).size());
        assertFalse(each.contains(Delays.none()));
        assertTrue(each.contains(Delays.none()
                .bytesAtATime(1)
                .roomAtATime(1)
                .later(2)
                .pendingFor(2)
                .everyParkedStateTwice()));
        assertTrue(each.containsAll(Delays.fewest()));
    }

    @Test
    void everyOtherReadAndWriteMovesAFewBytes() throws Exception {
        MemoryBio behind = new MemoryBio();
        Brake brake = new Brake(Delays.none().bytesAtATime(2).roomAtATime(3), log);
        brake.on(behind, behind);
        Bio b = brake.out();
        assertEquals(-1, b.write(TEN, 0, 10));
        assertTrue(b.shouldWrite());
        assertEquals(3, b.write(TEN, 0, 10));
        assertEquals(-1, b.write(TEN, 3, 7));
        byte[] in = new byte[10];
        assertEquals(-1, b.read(in, 0, 10));
        assertTrue(b.shouldRead());
        assertEquals(2, b.read(in, 0, 10));
        assertArrayEquals(new byte[] {0, 1, 2}, brake.wire());
        assertEquals(5, brake.moved());
    }

    @Test
    void aCallbackAnswersLaterAsOftenAsItIsTo() {
        VerifyCb cb = brake(Delays.none().later(2)).verify(Verification.DEFAULT, Role.CLIENT);
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()));
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()));
        assertEquals(VerifyCb.Answer.ACCEPT, cb.verify(VerifyResult.OK, List.of()));
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()), "so it does the next time");
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()));
        assertEquals(VerifyCb.Answer.REJECT, cb.verify(VerifyResult.CERT_HAS_EXPIRED, List.of()));
        VerifyCb lax = brake(Delays.none().later(1)).verify(Verification.DEFAULT.with(VerifyMode.NONE), Role.CLIENT);
        assertEquals(VerifyCb.Answer.LATER, lax.verify(VerifyResult.CERT_HAS_EXPIRED, List.of()));
        assertEquals(VerifyCb.Answer.ACCEPT, lax.verify(VerifyResult.CERT_HAS_EXPIRED, List.of()));
    }

    @Test
    void lentWorkEndsAtTheLookThatWasSaid() {
        Brake brake = brake(Delays.none().pendingFor(2));
        List<String> done = new ArrayList<>();
        brake.executor().execute(() -> done.add("work"));
        brake.look();
        assertEquals(List.of(), done);
        brake.look();
        brake.look();
        assertEquals(List.of("work"), done);
    }

    @Test
    void whatIsLockedWaitsWhateverTheDelaysAre() {
        Brake brake = brake(Delays.none());
        VerifyCb cb = brake.asked(VerifyCb.class, (result, chain) -> VerifyCb.Answer.ACCEPT);
        List<String> done = new ArrayList<>();
        Executor executor = brake.executorAlways();
        brake.lock(Brake.Lock.CALLBACKS);
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()));
        executor.execute(() -> done.add("at once"));
        brake.lock(Brake.Lock.WORK);
        assertEquals(VerifyCb.Answer.ACCEPT, cb.verify(VerifyResult.OK, List.of()));
        executor.execute(() -> done.add("when it is unlocked"));
        brake.look();
        assertEquals(List.of("at once"), done);
        brake.lock(Brake.Lock.NOTHING);
        assertEquals(List.of("at once", "when it is unlocked"), done);
        assertEquals(Set.of("Executor", "VerifyCb", "VerifyCb later"), brake.asked());
    }

    @Test
    void aCallbackThatThrowsThrowsItself() {
        KeylogCb cb = brake(Delays.none()).asked(KeylogCb.class, line -> {
            throw new IllegalStateException(line);
        });
        assertEquals(
                "x",
                assertThrows(IllegalStateException.class, () -> cb.line("x")).getMessage());
    }

    @Test
    void aSecondCallThatWaitsForSomethingElseIsFound() throws Exception {
        Brake brake = brake(Delays.none().everyParkedStateTwice());
        brake.again("READ", () -> "READ");
        assertEquals(1, brake.repeated());
        assertThrows(AssertionError.class, () -> brake.again("READ", () -> "WRITE"));
    }

    @Test
    void aSecondCallThatSendsIsFound() {
        Brake brake = brake(Delays.none().everyParkedStateTwice());
        assertThrows(
                AssertionError.class,
                () -> brake.again("READ", () -> {
                    log.message(new ProtocolMessage(true, 22, "INITIAL", TEN));
                    return "READ";
                }));
    }

    @Test
    void duringASecondCallNothingMoves() throws Exception {
        Brake brake = brake(Delays.none().later(1).everyParkedStateTwice());
        VerifyCb cb = brake.verify(Verification.DEFAULT, Role.CLIENT);
        brake.again(-1, () -> write(brake.out()));
        brake.again(VerifyCb.Answer.LATER, () -> cb.verify(VerifyResult.OK, List.of()));
        assertEquals(VerifyCb.Answer.LATER, cb.verify(VerifyResult.OK, List.of()), "the one before does not count");
        assertEquals(10, write(brake.out()), "and the Bio is free again");
    }

    @Test
    void whatABioWaitsForItStillWaitsForWhenItIsHeld() throws Exception {
        Bio unconnected = new FilterBio() {
            @Override
            public int write(byte[] b, int off, int len) {
                return retrySpecial(RetryReason.CONNECT);
            }
        };
        Brake brake = new Brake(Delays.none().everyParkedStateTwice(), log);
        brake.on(unconnected, unconnected);
        assertEquals(-1, write(brake.out()));
        assertEquals(RetryReason.CONNECT, brake.out().retryReason());
        brake.again(-1, () -> write(brake.out()));
        assertEquals(RetryReason.CONNECT, brake.out().retryReason());
    }

    private static int write(Bio b) {
        try {
            return b.write(TEN, 0, TEN.length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outcomesAreToldApartByEachOfTheirParts() {
        Outcome o = outcome(Map.of("a", "1"), List.of("x"), TEN);
        assertEquals(List.of(), o.differences(outcome(Map.of("a", "1"), List.of("x"), TEN.clone())));
        assertEquals(List.of("b: null / 2"), o.differences(outcome(Map.of("a", "1", "b", "2"), List.of("x"), TEN)));
        assertEquals(List.of("a: 1 / 2"), o.differences(outcome(Map.of("a", "2"), List.of("x"), TEN)));
        assertEquals(5, o.differences(outcome(Map.of("a", "1"), List.of(), TEN)).size(), "each of the lists");
        assertEquals(
                2,
                o.differences(outcome(Map.of("a", "1"), List.of("x"), new byte[9]))
                        .size(),
                "data and wire");
    }

    private static Outcome outcome(Map<String, String> facts, List<String> list, byte[] bytes) {
        return new Outcome(facts, list, list, list, list, list, bytes, bytes, Set.of(), Set.of(), 0);
    }

    @Test
    void whatACallReturnsOnItsWayIsNotNoted() {
        log.info(InfoCb.EXIT | InfoCb.ST_CONNECT, -1, "before");
        log.info(InfoCb.LOOP | InfoCb.ST_CONNECT, 1, "next");
        assertEquals(List.of("1001 1 next"), log.states());
    }

    @Test
    void twoEndsThatWaitForEachOtherAreFound() throws Exception {
        try (Link link = Links.MEMORY.open()) {
            AssertionError e = assertThrows(
                    AssertionError.class,
                    () -> Pair.run(
                            link,
                            new Waiting(brake(Delays.none())),
                            List.of(Op.handshake()),
                            new Waiting(brake(Delays.none())),
                            List.of(Op.handshake())));
            assertTrue(e.getMessage().contains("handshake"), e::getMessage);
        }
    }

    private final class Waiting implements End {
        private final Brake brake;

        Waiting(Brake brake) {
            this.brake = brake;
        }

        @Override
        public int handshake() {
            return WAIT;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            return WAIT;
        }

        @Override
        public int write(byte[] b, int off, int len) {
            return WAIT;
        }

        @Override
        public int keyUpdate(boolean updateRequested) {
            return 1;
        }

        @Override
        public int shutdown() {
            return WAIT;
        }

        @Override
        public Want localWant() {
            return Want.NOTHING;
        }

        @Override
        public void linger() {}

        @Override
        public Map<String, String> facts() {
            return Map.of();
        }

        @Override
        public Log log() {
            return log;
        }

        @Override
        public Brake brake() {
            return brake;
        }

        @Override
        public void close() {}
    }
}
