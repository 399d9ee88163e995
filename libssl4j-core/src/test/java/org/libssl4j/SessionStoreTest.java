// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;
import org.libssl4j.session.TicketSealer;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** What the settings of a context give to the handshakes of its connections: a store, a sealer, an id context. */
class SessionStoreTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_307_300);

    private final SslCtx ctx = new SslCtx(TlsMethod.TLS);
    private Ssl ssl;

    @BeforeEach
    void atTheTimeOfTheSessions() {
        ctx.setClock(Clock.fixed(NOW, ZoneOffset.UTC));
        ssl = new Ssl(ctx);
    }

    private SessionStore store() {
        return ssl.config().sessions().store();
    }

    private static SessionState named(int n) {
        byte[] id = new byte[32];
        id[0] = (byte) n;
        return SslSessionTest.session("tls1-2-id").withId(id).state();
    }

    private Lookup find(int n) {
        return store().find(named(n).id());
    }

    // ---- the cache mode --------------------------------------------------------------------------------------------

    @Test
    void byDefaultAServersSessionsAreKeptInTheContext() {
        assertEquals(Set.of(SessionCacheMode.SERVER), ctx.getSessionCacheMode());
        assertTrue(store().keepsServerSessions());
        store().created(named(1));
        assertEquals(1, ctx.sessNumber());
        assertArrayEquals(named(1).id(), find(1).session().id());
        assertArrayEquals(
                named(1).id(),
                new Ssl(ctx)
                        .config()
                        .sessions()
                        .store()
                        .find(named(1).id())
                        .session()
                        .id());
    }

    @Test
    void aClientsSessionsAreNotKeptUnlessTheModeSaysSo() {
        ssl.setConnectState();
        store().created(named(1));
        assertEquals(0, ctx.sessNumber());
        assertEquals(
                EnumSet.of(SessionCacheMode.SERVER),
                ctx.setSessionCacheMode(SessionCacheMode.CLIENT, SessionCacheMode.SERVER));
        store().created(named(1));
        assertEquals(1, ctx.sessNumber());
    }

    @Test
    void withoutAModeNothingIsKept() {
        ctx.setSessionCacheMode();
        assertFalse(store().keepsServerSessions());
        List<SslSession> given = new ArrayList<>();
        ctx.sessSetNewCb((s, session) -> given.add(session));
        store().created(named(1));
        assertEquals(0, ctx.sessNumber());
        assertEquals(List.of(), given);
    }

    @Test
    void withoutTheInternalCacheTheCallbacksAreAskedAlone() {
        ctx.setSessionCacheMode(
                SessionCacheMode.SERVER, SessionCacheMode.NO_INTERNAL_LOOKUP, SessionCacheMode.NO_INTERNAL_STORE);
        Map<String, SslSession> outside = new HashMap<>();
        ctx.sessSetNewCb((s, session) -> outside.put(hex(session.getId()), session) == null);
        ctx.sessSetGetCb((s, id) -> outside.containsKey(hex(id)) ? GetSessionCb.Answer.of(outside.get(hex(id))) : null);
        store().created(named(1));
        assertEquals(0, ctx.sessNumber());
        assertEquals(1, outside.size());
        assertArrayEquals(named(1).id(), find(1).session().id());
        assertSame(Lookup.NONE, find(2));
        assertEquals(0, ctx.sessNumber());
        assertEquals(0, ctx.sessMisses());
        assertEquals(1, ctx.sessCbHits());
        assertEquals(48, outside.values().iterator().next().getMasterKey().length, "it stays the application's");
    }

    @Test
    void whatTheCallbackFindsGoesIntoTheCache() {
        ctx.sessSetGetCb((s, id) ->
                GetSessionCb.Answer.of(SslSessionTest.session("tls1-2-id").withId(id)));
        assertNotNull(find(1).session());
        ctx.sessSetGetCb(null);
        assertNotNull(find(1).session());
        assertEquals(1, ctx.sessMisses());
        assertEquals(1, ctx.sessCbHits());
    }

    @Test
    void aCallbackThatAnswersLaterIsAskedAgainAndIsOneMiss() {
        List<GetSessionCb.Answer> answers = new ArrayList<>(
                List.of(GetSessionCb.Answer.LATER, GetSessionCb.Answer.LATER, GetSessionCb.Answer.NONE));
        ctx.sessSetGetCb((s, id) -> answers.remove(0));
        assertSame(Lookup.LATER, find(1));
        assertSame(Lookup.LATER, find(1));
        assertSame(Lookup.NONE, find(1));
        assertEquals(1, ctx.sessMisses());
        assertEquals(0, ctx.sessCbHits());
    }

    @Test
    void aSessionThatTheNewCallbackDoesNotKeepIsWiped() {
        List<SslSession> given = new ArrayList<>();
        ctx.sessSetNewCb((s, session) -> {
            assertSame(ssl, s);
            given.add(session);
            return given.size() == 1;
        });
        store().created(named(1));
        store().created(named(2));
        assertEquals(48, given.get(0).getMasterKey().length);
        assertThrows(IllegalStateException.class, () -> given.get(1).getMasterKey());
    }

    @Test
    void theCallbacksAreThoseThatWereSet() {
        assertNull(ctx.sessGetNewCb());
        assertNull(ctx.sessGetGetCb());
        assertNull(ctx.sessGetRemoveCb());
        NewSessionCb n = (s, session) -> false;
        GetSessionCb g = (s, id) -> null;
        RemoveSessionCb r = (c, session) -> {};
        ctx.sessSetNewCb(n);
        ctx.sessSetGetCb(g);
        ctx.sessSetRemoveCb(r);
        assertSame(n, ctx.sessGetNewCb());
        assertSame(g, ctx.sessGetGetCb());
        assertSame(r, ctx.sessGetRemoveCb());
    }

    @Test
    void aServersSessionThatItsTicketHoldsIsNotKept() {
        List<SslSession> given = new ArrayList<>();
        ctx.sessSetNewCb((s, session) -> given.add(session));
        store().created(SslSessionTest.session("tls1-2").state());
        assertEquals(0, given.size(), "before TLS 1.3 the callback has nothing to do with it");
        store().created(SslSessionTest.session("tls1-3").state());
        assertEquals(1, given.size());
        assertEquals(0, ctx.sessNumber());
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    @Test
    void aSessionWhoseTimeIsOverIsRemovedWhenItIsAskedFor() {
        List<String> removed = new ArrayList<>();
        ctx.sessSetRemoveCb((c, session) -> {
            assertSame(ctx, c);
            removed.add(hex(session.getId()).substring(0, 2));
        });
        store().created(named(1));
        ctx.setClock(Clock.fixed(NOW.plusSeconds(7200), ZoneOffset.UTC));
        ssl = new Ssl(ctx);
        assertSame(Lookup.NONE, find(1));
        assertEquals(1, ctx.sessTimeouts());
        assertEquals(0, ctx.sessMisses());
        assertEquals(List.of("01"), removed);
        assertEquals(0, ctx.sessNumber());
    }

    @Test
    void everyTwoHundredAndFiftySixthSessionFlushesTheOldOnes() {
        for (int i = 0; i < 254; i++) {
            assertTrue(ctx.addSession(new SslSession(numbered(i)).withTime(NOW.minusSeconds(7200))));
        }
        assertEquals(254, ctx.sessNumber());
        ctx.addSession(new SslSession(numbered(254)));
        assertEquals(1, ctx.sessNumber());
        ctx.setSessionCacheMode(SessionCacheMode.SERVER, SessionCacheMode.NO_AUTO_CLEAR);
        for (int i = 1000; i < 1600; i++) {
            ctx.addSession(new SslSession(numbered(i)).withTime(NOW.minusSeconds(7200)));
        }
        assertEquals(601, ctx.sessNumber());
        ctx.flushSessions(NOW);
        assertEquals(1, ctx.sessNumber());
        ctx.flushSessions(null);
        assertEquals(0, ctx.sessNumber());
    }

    private static SessionState numbered(int n) {
        return SslSessionTest.session("tls1-2-id")
                .withId(new byte[] {(byte) (n >> 8), (byte) n})
                .state();
    }

    @Test
    void theSizeOfTheCacheIsBounded() {
        assertEquals(20_480, ctx.sessGetCacheSize());
        assertEquals(20_480, ctx.sessSetCacheSize(2));
        for (int i = 1; i <= 5; i++) {
            store().created(named(i));
        }
        assertEquals(2, ctx.sessNumber());
        assertEquals(3, ctx.sessCacheFull());
        assertEquals(32L << 20, ctx.sessSetCacheBytes(1000));
        assertFalse(ctx.addSession(
                new SslSession(named(1).toBuilder().appData(new byte[2000]).build())));
        assertThrows(IllegalArgumentException.class, () -> ctx.sessSetCacheSize(-1));
        assertThrows(IllegalArgumentException.class, () -> ctx.sessSetCacheBytes(0));
    }

    @Test
    void aSessionThatIsAddedIsFoundAndOneThatIsRemovedIsNot() {
        List<String> removed = new ArrayList<>();
        ctx.sessSetRemoveCb((c, session) -> removed.add(hex(session.getId()).substring(0, 2)));
        SslSession s = new SslSession(named(7));
        assertTrue(ctx.addSession(s));
        assertNotNull(find(7).session());
        assertTrue(ctx.removeSession(s));
        assertSame(Lookup.NONE, find(7));
        assertFalse(ctx.removeSession(s));
        assertEquals(List.of("07", "07"), removed, "the application may have one that the cache does not have");
        assertFalse(ctx.addSession(s.withId(new byte[0])));
    }

    // ---- settings --------------------------------------------------------------------------------------------------

    @Test
    void settersHaveOpensslsDefaultsAndReachConnections() {
        assertEquals(7200, ctx.setTimeout(100));
        assertEquals(100, ctx.getTimeout());
        assertEquals(2, ctx.getNumTickets());
        ctx.setNumTickets(5);
        ctx.setOptions(SslOption.ALLOW_NO_DHE_KEX, SslOption.NO_SESSION_RESUMPTION_ON_RENEGOTIATION);
        Ssl s = new Ssl(ctx);
        assertEquals(100, s.config().sessions().timeout());
        assertEquals(5, s.getNumTickets());
        assertTrue(s.config().sessions().allowNoDhe());
        assertFalse(s.config().sessions().resumedOnRenegotiation());
        assertFalse(ssl.config().sessions().allowNoDhe());
        s.setNumTickets(0);
        assertEquals(0, s.getNumTickets());
        assertThrows(IllegalArgumentException.class, () -> ctx.setTimeout(-1));
        assertThrows(IllegalArgumentException.class, () -> ctx.setNumTickets(256));
        assertThrows(IllegalArgumentException.class, () -> s.setNumTickets(-1));
    }

    @Test
    void withNoTicketThereIsNoSealerUntilItIsOffAgain() {
        assertNotNull(ssl.config().sessions().sealer());
        ssl.setOptions(SslOption.NO_TICKET);
        assertNull(ssl.config().sessions().sealer());
        ssl.clearOptions(SslOption.NO_TICKET);
        assertNotNull(ssl.config().sessions().sealer());
    }

    @Test
    void aSessionThatIsSetIsOfferedAndIsWhatTheConnectionHas() {
        SslSession s = SslSessionTest.session("tls1-3");
        assertNull(ssl.getSession());
        ssl.setSession(s);
        s.close();
        assertEquals(1, ssl.config().sessions().offered().size());
        assertEquals(208, ssl.getSession().getTicket().length);
        assertFalse(ssl.sessionReused());
        Ssl other = new Ssl(ctx);
        other.copySessionId(ssl);
        assertEquals(208, other.getSession().getTicket().length);
        ssl.setSession(null);
        assertNull(ssl.getSession());
        assertEquals(0, ssl.config().sessions().offered().size());
        assertEquals(48, other.getSession().getMasterKey().length);
        SessionState inside = other.config().sessions().offered().get(0);
        other.close();
        assertNull(other.getSession());
        assertThrows(IllegalStateException.class, () -> inside.secret().getEncoded());
    }

    @Test
    void aChainTakesOverTheSessionOfAnother() {
        ssl.setSession(SslSessionTest.session("tls1-3"));
        SslBio to = new SslBio(new Ssl(ctx), true);
        SslBio.copySessionId(to, new BufferBio().push(new SslBio(ssl, true)));
        assertEquals(208, to.getSsl().getSession().getTicket().length);
        assertThrows(IllegalArgumentException.class, () -> SslBio.copySessionId(to, new SslBio()));
    }

    // ---- the id context --------------------------------------------------------------------------------------------

    private static String contextOf(Ssl ssl) {
        return hex(ssl.config().sessions().idContext());
    }

    @Test
    void serversThatDoNotVerifyClientsHaveNoContext() {
        assertEquals("", contextOf(ssl));
    }

    @Test
    void serversThatVerifyClientsAlikeHaveTheSameContextAndOthersAnother() throws Exception {
        SslCtx alike = new SslCtx(TlsMethod.TLS_SERVER);
        SslCtx stricter = new SslCtx(TlsMethod.TLS_SERVER);
        SslCtx trusting = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.setVerify(VerifyMode.PEER, null);
        alike.setVerify(VerifyMode.PEER, null);
        stricter.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        trusting.setVerify(VerifyMode.PEER, null);
        trusting.addTrusted(List.of(SslSessionTest.session("tls1-3").getPeer()));
        String own = contextOf(new Ssl(ctx));
        assertEquals(64, own.length());
        assertEquals(own, contextOf(new Ssl(alike)));
        assertFalse(own.equals(contextOf(new Ssl(stricter))));
        assertFalse(own.equals(contextOf(new Ssl(trusting))));
        alike.addTrusted(List.of(SslSessionTest.session("tls1-3").getPeer()));
        assertEquals(contextOf(new Ssl(trusting)), contextOf(new Ssl(alike)));
    }

    @Test
    void aCallbackThatJudgesMakesTheContextOnesOwn() {
        SslCtx other = new SslCtx(TlsMethod.TLS_SERVER);
        VerifyCb callback = (ok, v) -> VerifyCb.Answer.REJECT;
        ctx.setVerify(VerifyMode.PEER, callback);
        other.setVerify(VerifyMode.PEER, callback);
        assertEquals(contextOf(new Ssl(ctx)), contextOf(new Ssl(ctx)));
        assertFalse(contextOf(new Ssl(ctx)).equals(contextOf(new Ssl(other))));
    }

    @Test
    void whatIsSetOnTheConnectionCounts() {
        ssl.setVerify(VerifyMode.PEER, null);
        assertEquals(64, contextOf(ssl).length());
        ctx.setVerify(VerifyMode.PEER, null);
        assertEquals(contextOf(new Ssl(ctx)), contextOf(ssl));
        ssl.setVerify(VerifyMode.NONE, null);
        assertEquals("", contextOf(ssl));
    }

    @Test
    void aContextThatIsSetGoesBeforeTheDerivedOne() {
        byte[] given = {1, 2};
        ctx.setVerify(VerifyMode.PEER, null);
        ctx.setSessionIdContext(given);
        given[0] = 9;
        assertEquals("0102", contextOf(new Ssl(ctx)));
        Ssl s = new Ssl(ctx);
        s.setVerify(VerifyMode.NONE, null);
        assertEquals("0102", contextOf(s));
        s.setSessionIdContext(new byte[] {3});
        assertEquals("03", contextOf(s));
        ssl.copySessionId(s);
        assertEquals("03", contextOf(ssl));
        assertThrows(IllegalArgumentException.class, () -> ctx.setSessionIdContext(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> s.setSessionIdContext(new byte[33]));
    }

    // ---- keys of tickets -------------------------------------------------------------------------------------------

    private static TicketSealer sealer(SslCtx c) {
        return new Ssl(c).config().sessions().sealer();
    }

    @Test
    void contextsDoNotOpenEachOthersTicketsUntilTheyShareAKey() {
        SslCtx other = new SslCtx(TlsMethod.TLS_SERVER);
        byte[] ticket = sealer(ctx).seal(named(1));
        assertNotNull(sealer(ctx).unseal(ticket).session());
        assertSame(Lookup.NONE, sealer(other).unseal(ticket));
        byte[] key = ctx.getTlsextTicketKeys();
        assertEquals(80, key.length);
        other.setTlsextTicketKeys(key);
        assertNotNull(sealer(other).unseal(ticket).session());
        assertArrayEquals(key, other.getTlsextTicketKeys());
        assertThrows(IllegalArgumentException.class, () -> ctx.setTlsextTicketKeys(new byte[48]));
    }

    @Test
    void contextsShareKeysThatRotate() {
        SslCtx other = new SslCtx(TlsMethod.TLS_SERVER);
        SslTicketKeys keys = new SslTicketKeys(Duration.ofHours(1));
        ctx.setTicketKeys(keys);
        other.setTicketKeys(keys);
        byte[] ticket = sealer(ctx).seal(named(1));
        assertFalse(sealer(other).unseal(ticket).renew());
        keys.rotate();
        assertTrue(sealer(other).unseal(ticket).renew());
        keys.rotate();
        assertSame(Lookup.NONE, sealer(other).unseal(ticket));
        byte[] next = filled(1);
        keys.set(next, filled(2), filled(3));
        assertArrayEquals(filled(2), other.getTlsextTicketKeys());
        keys.rotate();
        assertArrayEquals(next, other.getTlsextTicketKeys());
        assertThrows(IllegalArgumentException.class, () -> new SslTicketKeys(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> keys.set(new byte[1], filled(1), null));
    }

    private static byte[] filled(int n) {
        byte[] b = new byte[SslTicketKeys.KEY_LENGTH];
        Arrays.fill(b, (byte) n);
        return b;
    }

    @Test
    void theCallbackKnowsKeysByTheirNames() {
        List<TicketKeyCb.Answer> answers = new ArrayList<>();
        ctx.setTlsextTicketKeyCb(new TicketKeyCb() {
            @Override
            public byte[] sealingKey(Ssl s) {
                return answers.isEmpty() ? null : filled(4);
            }

            @Override
            public Answer openingKey(Ssl s, byte[] name) {
                assertArrayEquals(Arrays.copyOf(filled(4), 16), name);
                return answers.remove(0);
            }
        });
        assertNull(sealer(ctx).seal(named(1)), "no key, no ticket");
        answers.add(TicketKeyCb.Answer.LATER);
        byte[] ticket = sealer(ctx).seal(named(1));
        assertSame(Lookup.LATER, sealer(ctx).unseal(ticket));
        answers.add(TicketKeyCb.Answer.use(filled(4)));
        answers.add(TicketKeyCb.Answer.useAndRenew(filled(4)));
        answers.add(TicketKeyCb.Answer.NONE);
        answers.add(null);
        answers.add(TicketKeyCb.Answer.use(filled(5)));
        assertFalse(sealer(ctx).unseal(ticket).renew());
        assertTrue(sealer(ctx).unseal(ticket).renew());
        assertSame(Lookup.NONE, sealer(ctx).unseal(ticket));
        assertSame(Lookup.NONE, sealer(ctx).unseal(ticket));
        assertSame(Lookup.NONE, sealer(ctx).unseal(ticket), "another key");
        assertThrows(IllegalArgumentException.class, () -> TicketKeyCb.Answer.use(new byte[79]));
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b);
    }
}
