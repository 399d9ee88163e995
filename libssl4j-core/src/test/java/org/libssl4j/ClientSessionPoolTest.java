// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientSessionPoolTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_307_300);

    private final SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
    private final ClientSessionPool pool = new ClientSessionPool(3, 2);

    @BeforeEach
    void atTheTimeOfTheSessions() {
        ctx.setClock(Clock.fixed(NOW, ZoneOffset.UTC));
        ctx.setSessionCacheMode(SessionCacheMode.CLIENT, SessionCacheMode.NO_INTERNAL_STORE);
        ctx.sessSetNewCb(pool);
        ctx.sessSetRemoveCb(pool);
    }

    /** A connection to this server that is given sessions with these ids, as a handshake would give them. */
    private Ssl connected(String host, String file, int... ids) {
        Ssl ssl = new Ssl(ctx);
        pool.prepare(ssl, host, 443);
        for (int id : ids) {
            try (SslSession s = SslSessionTest.session(file).withId(new byte[] {(byte) id})) {
                ssl.config().sessions().store().created(s.state());
            }
        }
        return ssl;
    }

    /** The id of the session that a connection to this server resumes, or 0. */
    private int resumes(String host) {
        try (Ssl ssl = new Ssl(ctx)) {
            if (!pool.prepare(ssl, host, 443)) {
                return 0;
            }
            return ssl.getSession().getId()[0];
        }
    }

    @Test
    void aTicketOfTls13IsGivenOnceTheNewestFirst() {
        connected("a", "tls1-3", 1, 2);
        assertEquals(2, resumes("A"));
        assertEquals(1, resumes("a"));
        assertEquals(0, resumes("a"));
        assertEquals(0, pool.size());
    }

    @Test
    void aSessionOfTls12IsGivenAgain() {
        connected("a", "tls1-2", 1);
        connected("a", "tls1-2", 2);
        assertEquals(2, resumes("a"));
        assertEquals(2, resumes("a"));
        assertEquals(1, pool.size());
        connected("a", "tls1-3", 3);
        assertEquals(1, pool.size());
        assertEquals(3, resumes("a"));
    }

    @Test
    void eachServerHasItsOwnAndEachPort() {
        connected("a", "tls1-3", 1);
        connected("b", "tls1-3", 2);
        assertEquals(0, resumes("c"));
        assertEquals(2, resumes("b"));
        assertFalse(pool.prepare(new Ssl(ctx), "a", 444));
        assertEquals(1, resumes("a"));
    }

    @Test
    void thereAreNoMoreThanTheBoundsSay() {
        connected("a", "tls1-3", 1, 2, 3);
        assertEquals(2, pool.size());
        connected("b", "tls1-3", 4);
        connected("c", "tls1-3", 5);
        assertEquals(3, resumes("a"));
        connected("d", "tls1-3", 6);
        assertEquals(0, resumes("b"), "the one that was asked for longest ago");
        assertEquals(2, resumes("a"));
        assertEquals(5, resumes("c"));
        assertEquals(6, resumes("d"));
        assertThrows(IllegalArgumentException.class, () -> new ClientSessionPool(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ClientSessionPool(1, 0));
    }

    @Test
    void oneWhoseTimeIsOverIsNotGiven() {
        connected("a", "tls1-3", 1, 2);
        ctx.setClock(Clock.fixed(NOW.plusSeconds(7200), ZoneOffset.UTC));
        assertEquals(0, resumes("a"));
        assertEquals(0, pool.size());
    }

    @Test
    void aSessionOfAConnectionThatFailedIsForgotten() {
        Ssl ssl = connected("a", "tls1-3", 1, 2);
        try (SslSession s = SslSessionTest.session("tls1-3").withId(new byte[] {2})) {
            ssl.config().sessions().store().remove(s.state());
        }
        assertEquals(1, resumes("a"));
        assertEquals(0, resumes("a"));
    }

    @Test
    void aConnectionThatWasNotPreparedLeavesNothing() {
        Ssl ssl = new Ssl(ctx);
        ssl.setConnectState();
        ssl.config().sessions().store().created(SslSessionTest.session("tls1-3").state());
        assertEquals(0, pool.size());
    }

    @Test
    void closedItIsEmpty() {
        connected("a", "tls1-3", 1, 2);
        pool.close();
        assertEquals(0, pool.size());
        assertEquals(0, resumes("a"));
    }

    @Test
    void noTwoThreadsGetTheSameTicket() throws Exception {
        ClientSessionPool large = new ClientSessionPool(1, 200);
        Ssl ssl = new Ssl(ctx);
        large.prepare(ssl, "a", 443);
        for (int i = 0; i < 200; i++) {
            large.newSession(ssl, SslSessionTest.session("tls1-3").withId(new byte[] {(byte) (i + 1), (byte) (i >> 7)
            }));
        }
        Callable<List<String>> taker = () -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Ssl s = new Ssl(ctx);
                assertTrue(large.prepare(s, "a", 443));
                ids.add(Arrays.toString(s.getSession().getId()));
            }
            return ids;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Set<String> all = new HashSet<>();
        for (Future<List<String>> f : threads.invokeAll(List.of(taker, taker, taker, taker))) {
            all.addAll(f.get());
        }
        threads.shutdown();
        assertEquals(200, all.size());
    }
}
