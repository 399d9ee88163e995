// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.libssl4j.spi.VerifyResult;

class SessionCacheTest {
    private final List<Integer> gone = new ArrayList<>();
    private final SessionCache cache =
            new SessionCache(s -> gone.add((int) s.secret().getEncoded()[0]));

    private boolean has(int number) {
        try (SessionState id = Sessions.withId(number);
                SessionState s = cache.find(id.id())) {
            return s != null;
        }
    }

    @Test
    void whatIsFoundIsACopyWithASecretOfItsOwn() {
        cache.add(Sessions.withId(1));
        SessionState s = cache.find(Sessions.withId(1).id());
        s.close();
        assertEquals(
                Sessions.withId(1).secret(), cache.find(Sessions.withId(1).id()).secret());
    }

    @Test
    void theOneThatWasUsedLongestAgoGoes() {
        cache.bound(3, SessionCache.DEFAULT_BYTES);
        for (int i = 1; i <= 3; i++) {
            assertEquals(0, cache.add(Sessions.withId(i)));
        }
        assertTrue(has(1));
        assertEquals(1, cache.add(Sessions.withId(4)));
        assertEquals(List.of(2), gone);
        assertEquals(1, cache.add(Sessions.withId(5)));
        assertEquals(List.of(2, 3), gone);
        assertTrue(has(1) && has(4) && has(5));
        assertEquals(3, cache.size());
    }

    @Test
    void oneIdIsThereOnce() {
        cache.add(Sessions.withId(1));
        long bytes = cache.bytes();
        cache.add(Sessions.withId(1));
        assertEquals(1, cache.size());
        assertEquals(bytes, cache.bytes());
        assertEquals(List.of(), gone);
    }

    @Test
    void removedOnesAreTold() {
        cache.add(Sessions.withId(1));
        assertTrue(cache.remove(Sessions.withId(1).id()));
        assertFalse(cache.remove(Sessions.withId(1).id()));
        assertEquals(List.of(1), gone);
        assertEquals(0, cache.size());
        assertEquals(0, cache.bytes());
    }

    @Test
    void flushTakesThoseWhoseTimeIsOver() {
        cache.add(Sessions.small(1).created(Sessions.NOW, 10).build());
        cache.add(Sessions.small(2).created(Sessions.NOW, 20).build());
        cache.flush(Sessions.NOW.plusSeconds(9));
        assertEquals(2, cache.size());
        cache.flush(Sessions.NOW.plusSeconds(10));
        assertEquals(List.of(1), gone);
        cache.clear();
        assertEquals(List.of(1, 2), gone);
        assertEquals(0, cache.bytes());
    }

    @Test
    void oneWithoutAnIdOrTooLargeForAllIsNotKept() {
        assertEquals(-1, cache.add(Sessions.small(1).id(new byte[0]).build()));
        cache.bound(0, 1000);
        assertEquals(
                -1,
                cache.add(Sessions.small(1)
                        .peer(Sessions.chain(1, 2000), VerifyResult.OK)
                        .build()));
        assertEquals(0, cache.size());
    }

    @Test
    void tenThousandSessionsStayWithinBothBounds() {
        for (int i = 0; i < 10_000; i++) {
            cache.add(Sessions.withId(i));
        }
        assertEquals(10_000, cache.size());
        long bytes = cache.bytes();
        cache.bound(1000, SessionCache.DEFAULT_BYTES);
        assertEquals(1000, cache.size());
        assertEquals(9000, gone.size());
        cache.bound(0, 100_000);
        assertTrue(cache.bytes() <= 100_000, cache.bytes() + " bytes");
        int few = cache.size();
        for (int i = 0; i < 10_000; i++) {
            cache.add(Sessions.small(i)
                    .peer(Sessions.chain(2, 1500), VerifyResult.OK)
                    .build());
            assertTrue(cache.bytes() <= 100_000, cache.bytes() + " bytes");
        }
        System.out.println("10,000 sessions: " + bytes + " bytes counted; within 100,000 bytes are " + few
                + " without certificates and " + cache.size() + " with two of 1,500 bytes");
        assertNotNull(cache.find(Sessions.withId(9999).id()));
        assertNull(cache.find(Sessions.withId(1).id()));
    }

    @Test
    void theCountedBytesAreAboutThoseThatTheHeapHas() {
        Runtime r = Runtime.getRuntime();
        SessionCache many = new SessionCache(s -> {});
        long before = used(r);
        for (int i = 0; i < 10_000; i++) {
            try (SessionState s = Sessions.small(i)
                    .peer(List.of(Sessions.chain(1, 1000).get(0).clone()), VerifyResult.OK)
                    .build()) {
                many.add(s);
            }
        }
        long heap = used(r) - before;
        System.out.println("10,000 sessions with a certificate of 1,000 bytes: " + many.bytes() + " bytes counted, "
                + heap + " on the heap");
        assertTrue(many.bytes() > heap * 0.7 && many.bytes() < heap * 1.6, many.bytes() + " counted, heap " + heap);
        assertEquals(10_000, many.size());
    }

    private static long used(Runtime r) {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return r.totalMemory() - r.freeMemory();
    }

    @Test
    void eightThreadsKeepTheBoundsAndLoseNoCount() throws Exception {
        AtomicInteger told = new AtomicInteger();
        SessionCache shared = new SessionCache(s -> told.incrementAndGet());
        shared.bound(500, SessionCache.DEFAULT_BYTES);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int base = t * 1000;
            all.add(pool.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    SessionState s = Sessions.withId(base + i);
                    shared.add(s);
                    try (SessionState found = shared.find(s.id())) {
                        if (found != null) {
                            assertEquals(s.secret(), found.secret());
                        }
                    }
                    if (i % 10 == 0) {
                        shared.remove(s.id());
                    }
                }
            }));
        }
        for (Future<?> f : all) {
            f.get();
        }
        pool.shutdown();
        assertEquals(500, shared.size());
        assertEquals(8000 - 500, told.get());
        shared.clear();
        assertEquals(0, shared.bytes());
    }
}
