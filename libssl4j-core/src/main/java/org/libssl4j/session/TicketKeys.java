// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.lang.invoke.VarHandle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.session.TicketKeySource.Found;

/**
 * The keys that a server's tickets are sealed with. The current one seals; it, the next one and the previous one open. They are either made here, and then replaced by themselves when their time is over, or given, and then replaced by whoever gives them, on all servers that share them: first as the next one, so that all can open its tickets before any seals one with it.
 *
 * <p>Thread-safe without a lock: what holds is one immutable value, which is swapped.
 */
public final class TicketKeys {
    /** How long a key seals that is made here; for as long again it opens. */
    public static final Duration PERIOD = Duration.ofHours(12);

    private final Crypto crypto;
    private final Duration period;
    private volatile Ring ring;
    private final List<TicketKey> retired = new ArrayList<>(); // guarded by this; wiped by the change after

    /**
     * What holds.
     *
     * @param next null for none
     * @param current never null
     * @param previous null for none
     * @param until when the keys are to be replaced; null for not by themselves
     */
    private record Ring(TicketKey next, TicketKey current, TicketKey previous, Instant until) {
        Found find(byte[] name) {
            if (current.isNamed(name)) {
                return Found.of(current, false);
            }
            if (next != null && next.isNamed(name)) {
                return Found.of(next, false);
            }
            return previous != null && previous.isNamed(name) ? Found.of(previous, true) : Found.NONE;
        }
    }

    /** The first key is made by the first ticket. */
    public TicketKeys(Crypto crypto) {
        this(crypto, PERIOD);
    }

    /** @param period how long a key seals that is made here; more than nothing */
    public TicketKeys(Crypto crypto, Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a period of " + period + " for ticket keys");
        }
        this.crypto = crypto;
        this.period = period;
    }

    /** Takes keys that somebody else has made and replaces, in place of all before. They are copied. */
    public synchronized void set(TicketKey next, TicketKey current, TicketKey previous) {
        Objects.requireNonNull(current, "current");
        replace(new Ring(copy(next), current.copy(), copy(previous), null));
    }

    private static TicketKey copy(TicketKey key) {
        return key == null ? null : key.copy();
    }

    /** A copy of the key that seals now, which is made now if there is none; the caller closes it. */
    public TicketKey current(Instant now) {
        return copied(now, r -> Found.of(r.current(), false)).key();
    }

    /** Goes on to the next key: the current one only opens from now on, the previous one is forgotten. Where there is no next one it is made. When keys are replaced by themselves stays as it was. */
    public synchronized void rotate() {
        Ring r = ring;
        if (r != null) { // else there is no ticket yet either
            TicketKey fresh = r.next() == null ? TicketKey.random(crypto) : r.next();
            replace(new Ring(null, fresh, r.current(), r.until()));
        }
    }

    /** Swaps what holds. What is dropped may still be in use by another thread, so it is wiped when the next one is. */
    private void replace(Ring r) {
        Ring old = ring;
        ring = r;
        retired.forEach(TicketKey::close);
        retired.clear();
        if (old != null) {
            for (TicketKey k : new TicketKey[] {old.next(), old.current(), old.previous()}) {
                if (k != null && k != r.next() && k != r.current() && k != r.previous()) {
                    retired.add(k);
                }
            }
        }
    }

    private Ring at(Instant now) {
        Ring r = ring;
        return r != null && (r.until() == null || now.isBefore(r.until())) ? r : renewed(now);
    }

    /** One thread makes the keys of a new period; the others wait for it this once. */
    private synchronized Ring renewed(Instant now) {
        Ring r = ring;
        if (r == null) {
            replace(new Ring(null, TicketKey.random(crypto), null, now.plus(period)));
        } else if (r.until() != null && !now.isBefore(r.until())) {
            // Nobody may have asked for longer than the previous key is good.
            boolean over = !now.isBefore(r.until().plus(period));
            replace(new Ring(null, TicketKey.random(crypto), over ? null : r.current(), now.plus(period)));
        }
        return ring;
    }

    /** These keys at the time that a clock tells. */
    public TicketKeySource by(Supplier<Clock> clock) {
        return new TicketKeySource() {
            @Override
            public TicketKey sealing() {
                return copied(clock.get().instant(), r -> Found.of(r.current(), false))
                        .key();
            }

            @Override
            public Found find(byte[] name) {
                return copied(clock.get().instant(), r -> r.find(name));
            }
        };
    }

    /**
     * What is found, with a copy of its key. Another thread may wipe a key while it is copied; but before it does that it has swapped what holds, twice even. So a copy is good if the same holds after it as before.
     */
    private Found copied(Instant now, Function<Ring, Found> question) {
        while (true) {
            Ring r = at(now);
            Found f = question.apply(r);
            if (f == Found.NONE) {
                return f;
            }
            TicketKey copy = null;
            try {
                copy = f.key().copy();
            } catch (IllegalStateException e) {
                // It was wiped already: once more, with what holds now.
            }
            VarHandle.acquireFence();
            if (ring == r && copy != null) {
                return Found.of(copy, f.renew());
            }
            if (copy != null) {
                copy.close();
            }
        }
    }
}
