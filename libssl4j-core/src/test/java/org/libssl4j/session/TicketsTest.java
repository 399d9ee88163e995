// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.spi.VerifyResult;

class TicketsTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    private Instant now = Sessions.NOW;
    private final TicketKeys keys = new TicketKeys(CRYPTO, Duration.ofHours(1));
    private final Tickets tickets = over(keys);

    private Tickets over(TicketKeys k) {
        return new Tickets(k.by(() -> Clock.fixed(now, ZoneOffset.UTC)), CRYPTO);
    }

    @Test
    void allOfASessionComesBackButTheTicketItself() {
        SessionState full = Sessions.full();
        byte[] ticket = tickets.seal(full);
        Lookup back = tickets.unseal(ticket);
        SessionState expected = full.toBuilder()
                .ticket(new byte[0], full.lifetimeHint(), full.ageAdd())
                .build();
        assertEquals(Sessions.text(expected), Sessions.text(back.session()));
        assertFalse(back.renew());
    }

    @Test
    void noTwoTicketsAreAlikeAndNoneShowsItsSecret() {
        SessionState s = Sessions.withId(0x55);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] t = tickets.seal(s);
            String latin = new String(t, StandardCharsets.ISO_8859_1);
            assertTrue(seen.add(latin));
            assertFalse(latin.contains("UUUUUUUU"));
        }
    }

    @Test
    void aTicketWithAnyByteChangedIsNone() {
        byte[] ticket = tickets.seal(Sessions.full());
        for (int i = 0; i < ticket.length; i++) {
            byte[] changed = ticket.clone();
            changed[i] ^= 1;
            assertSame(Lookup.NONE, tickets.unseal(changed), "byte " + i);
        }
        assertNotNull(tickets.unseal(ticket).session());
    }

    @Test
    void aTicketOfAnyOtherLengthIsNone() {
        byte[] ticket = tickets.seal(Sessions.withId(1));
        for (int n = 0; n < ticket.length; n++) {
            assertSame(Lookup.NONE, tickets.unseal(Arrays.copyOf(ticket, n)));
        }
        assertSame(Lookup.NONE, tickets.unseal(Arrays.copyOf(ticket, ticket.length + 1)));
        assertSame(Lookup.NONE, tickets.unseal(Arrays.copyOf(ticket, 65_535)));
    }

    @Test
    void aTicketOfForeignKeysIsNone() {
        assertSame(Lookup.NONE, tickets.unseal(over(new TicketKeys(CRYPTO)).seal(Sessions.withId(1))));
    }

    @Test
    void aKeyOfTheSameNameWithAnotherSecretOpensNothing() {
        byte[] bytes = keys.current(now).encoded();
        bytes[79] ^= 1;
        TicketKeys others = new TicketKeys(CRYPTO);
        others.set(null, TicketKey.of(bytes), null);
        assertSame(Lookup.NONE, tickets.unseal(over(others).seal(Sessions.withId(1))));
    }

    @Test
    void keysAreSharedByTheirBytes() {
        TicketKeys others = new TicketKeys(CRYPTO);
        others.set(null, TicketKey.of(keys.current(now).encoded()), null);
        assertNotNull(over(others).unseal(tickets.seal(Sessions.withId(1))).session());
        assertNotNull(tickets.unseal(over(others).seal(Sessions.withId(1))).session());
    }

    @Test
    void afterOneRotationATicketIsRenewedAndAfterTwoItIsNone() {
        byte[] ticket = tickets.seal(Sessions.withId(1));
        keys.rotate();
        Lookup once = tickets.unseal(ticket);
        assertNotNull(once.session());
        assertTrue(once.renew());
        keys.rotate();
        assertSame(Lookup.NONE, tickets.unseal(ticket));
    }

    @Test
    void keysRotateWithTheClock() {
        byte[] ticket = tickets.seal(Sessions.withId(1));
        byte[] first = keys.current(now).encoded();
        now = now.plus(Duration.ofMinutes(59));
        assertArrayEquals(first, keys.current(now).encoded());
        assertFalse(tickets.unseal(ticket).renew());
        now = now.plus(Duration.ofMinutes(1));
        assertFalse(Arrays.equals(first, keys.current(now).encoded()));
        assertTrue(tickets.unseal(ticket).renew());
        now = now.plus(Duration.ofHours(1));
        assertSame(Lookup.NONE, tickets.unseal(ticket));
    }

    @Test
    void aKeyThatNobodyAskedForDuringTwoPeriodsOpensNothing() {
        byte[] ticket = tickets.seal(Sessions.withId(1));
        now = now.plus(Duration.ofHours(2));
        assertSame(Lookup.NONE, tickets.unseal(ticket));
    }

    @Test
    void givenKeysDoNotRotateByThemselves() {
        keys.set(null, TicketKey.random(CRYPTO), null);
        byte[] ticket = tickets.seal(Sessions.withId(1));
        now = now.plus(Duration.ofDays(1000));
        assertFalse(tickets.unseal(ticket).renew());
    }

    @Test
    void theNextKeyOpensBeforeItSeals() {
        TicketKey next = TicketKey.random(CRYPTO);
        TicketKeys ahead = new TicketKeys(CRYPTO);
        ahead.set(null, next, null);
        byte[] ticket = over(ahead).seal(Sessions.withId(1));
        keys.set(next, TicketKey.random(CRYPTO), null);
        assertFalse(tickets.unseal(ticket).renew());
        assertFalse(Arrays.equals(next.encoded(), keys.current(now).encoded()));
        keys.rotate();
        assertArrayEquals(next.encoded(), keys.current(now).encoded());
    }

    @Test
    void aChainThatIsTooLongLosesItsIntermediates() {
        SessionState s =
                Sessions.small(1).peer(Sessions.chain(3, 7000), VerifyResult.OK).build();
        byte[] ticket = tickets.seal(s);
        assertTrue(ticket.length < Tickets.MOST_BYTES);
        assertEquals(1, tickets.unseal(ticket).session().peerChain().size());
        SessionState two =
                Sessions.small(1).peer(Sessions.chain(2, 7000), VerifyResult.OK).build();
        assertEquals(2, tickets.unseal(tickets.seal(two)).session().peerChain().size());
    }

    @Test
    void aCertificateThatIsTooLongGivesNoTicket() {
        SessionState s = Sessions.small(1)
                .peer(Sessions.chain(1, 17_000), VerifyResult.OK)
                .build();
        assertNull(tickets.seal(s));
    }

    @Test
    void aSourceMayHaveNoKeyOrAnswerLater() {
        TicketKeySource source = new TicketKeySource() {
            @Override
            public TicketKey sealing() {
                return null;
            }

            @Override
            public Found find(byte[] name) {
                return Found.LATER;
            }
        };
        Tickets t = new Tickets(source, CRYPTO);
        assertNull(t.seal(Sessions.withId(1)));
        assertSame(Lookup.LATER, t.unseal(tickets.seal(Sessions.withId(1))));
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TicketKey.of(new byte[48]));
        assertThrows(IllegalArgumentException.class, () -> TicketKey.of(new byte[81]));
    }

    @Test
    void eightThreadsSealAndUnsealWhileKeysRotate() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Integer>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            SessionState s = Sessions.withId(t);
            all.add(pool.submit(() -> {
                int opened = 0;
                for (int i = 0; i < 500; i++) {
                    Lookup l = tickets.unseal(tickets.seal(s));
                    if (l.session() != null) {
                        assertEquals(s.secret(), l.session().secret());
                        opened++;
                    }
                }
                return opened;
            }));
        }
        for (int i = 0; i < 50; i++) {
            keys.rotate();
            Thread.sleep(2);
        }
        int opened = 0;
        for (Future<Integer> f : all) {
            opened += f.get();
        }
        pool.shutdown();
        assertTrue(opened > 3000, "opened " + opened + " of 4000");
    }
}
