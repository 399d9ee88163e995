// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sessions in memory, found by their ids, bounded in number and in bytes: when there are too many, the one goes that was used longest ago.
 *
 * <p>Thread-safe. The sessions lie in a few shelves by their ids, each with a lock of its own, so that two threads seldom meet; only to find out which one was used longest ago are all of them looked at, one after the other. Each use has a number, by which that is known across shelves.
 */
public final class SessionCache {
    /** How many sessions are kept unless it is set (SSL_SESSION_CACHE_MAX_SIZE_DEFAULT). */
    public static final int DEFAULT_COUNT = 20_480;

    /** How many bytes are kept unless it is set: as many sessions as above with room for 1,600 bytes each, where one without certificates of a client takes some 700. */
    public static final long DEFAULT_BYTES = 32L << 20;

    private static final int SHELVES = 16;
    /** Objects and arrays with their headers, and the entry, apart from what the arrays hold. */
    private static final int OVERHEAD = 512;

    private final Shelf[] shelves = new Shelf[SHELVES];
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong uses = new AtomicLong();
    private final Consumer<SessionState> removed;
    private volatile int mostCount = DEFAULT_COUNT;
    private volatile long mostBytes = DEFAULT_BYTES;

    private static final class Shelf {
        /** The one that was used longest ago comes first. */
        private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    }

    private static final class Entry {
        private final SessionState session;
        private final long weight;
        private long use;

        Entry(SessionState session, long weight) {
            this.session = session;
            this.weight = weight;
        }
    }

    /** @param removed is told of each session that goes, but for those that another one of the same id replaces; it is closed after that */
    public SessionCache(Consumer<SessionState> removed) {
        this.removed = removed;
        for (int i = 0; i < SHELVES; i++) {
            shelves[i] = new Shelf();
        }
    }

    // ---- bounds ----------------------------------------------------------------------------------------------------

    /** How many sessions are here. */
    public int size() {
        return count.get();
    }

    /** How many bytes they take, by and large. */
    public long bytes() {
        return bytes.get();
    }

    /** How many sessions there may be; 0 for any number. */
    public int mostCount() {
        return mostCount;
    }

    /** How many bytes they may take. */
    public long mostBytes() {
        return mostBytes;
    }

    /**
     * Bounds the cache; what is too much goes at once.
     *
     * @param most 0 for any number
     * @return how many had to go
     */
    public int bound(int most, long bytesAtMost) {
        mostCount = most;
        mostBytes = bytesAtMost;
        return shrink();
    }

    /** How many bytes a session takes, by and large. */
    static long weight(SessionState s) {
        long w = OVERHEAD
                + s.secret().length()
                + s.id().length * 2L
                + s.idContext().length
                + s.ticket().length
                + s.appData().length;
        for (byte[] certificate : s.peerChain()) {
            w += 32 + certificate.length;
        }
        return w + length(s.pskIdentity()) + length(s.pskIdentityHint());
    }

    private static int length(byte[] b) {
        return b == null ? 0 : b.length;
    }

    // ---- sessions --------------------------------------------------------------------------------------------------

    /**
     * Keeps a copy of a session, in place of one with the same id.
     *
     * @param session stays the caller's; one without an id is not kept
     * @return how many had to go for it; -1 if it was not kept, since it has no id or is larger than all may be together
     */
    public int add(SessionState session) {
        long weight = weight(session);
        if (session.id().length == 0 || weight > mostBytes) {
            return -1;
        }
        Entry e = new Entry(session.copy(), weight);
        ByteBuffer key = ByteBuffer.wrap(session.id().clone());
        Shelf shelf = shelf(key);
        Entry old;
        synchronized (shelf) {
            e.use = uses.incrementAndGet();
            old = shelf.entries.put(key, e);
            tally(e, 1);
            if (old != null) {
                tally(old, -1);
            }
        }
        if (old != null) {
            old.session.close();
        }
        return shrink();
    }

    /**
     * The session of an id.
     *
     * @param id stays the caller's
     * @return a copy, which the caller closes; null if there is none
     */
    public SessionState find(byte[] id) {
        ByteBuffer key = ByteBuffer.wrap(id);
        Shelf shelf = shelf(key);
        synchronized (shelf) {
            Entry e = shelf.entries.get(key);
            if (e == null) {
                return null;
            }
            e.use = uses.incrementAndGet();
            return e.session.copy();
        }
    }

    /** Whether there was one of this id; it is gone now. */
    public boolean remove(byte[] id) {
        ByteBuffer key = ByteBuffer.wrap(id);
        Shelf shelf = shelf(key);
        Entry e;
        synchronized (shelf) {
            e = shelf.entries.remove(key);
            if (e != null) {
                tally(e, -1);
            }
        }
        return gone(e);
    }

    /** Removes those whose time is over. */
    public void flush(Instant now) {
        take(now);
    }

    /** Removes all. */
    public void clear() {
        take(null);
    }

    /** @param now null for all */
    private void take(Instant now) {
        for (Shelf shelf : shelves) {
            List<Entry> out = new ArrayList<>();
            synchronized (shelf) {
                for (Iterator<Entry> i = shelf.entries.values().iterator(); i.hasNext(); ) {
                    Entry e = i.next();
                    if (now == null || e.session.expired(now)) {
                        i.remove();
                        tally(e, -1);
                        out.add(e);
                    }
                }
            }
            out.forEach(this::gone);
        }
    }

    private int shrink() {
        int n = 0;
        while (mostCount > 0 && count.get() > mostCount || bytes.get() > mostBytes) {
            if (!gone(oldest())) {
                return n;
            }
            n++;
        }
        return n;
    }

    /** Takes out the one that was used longest ago; null if there is none. */
    private Entry oldest() {
        Shelf where = null;
        long least = Long.MAX_VALUE;
        for (Shelf shelf : shelves) {
            synchronized (shelf) {
                Iterator<Entry> i = shelf.entries.values().iterator();
                long use = i.hasNext() ? i.next().use : Long.MAX_VALUE;
                if (use < least) {
                    least = use;
                    where = shelf;
                }
            }
        }
        if (where == null) {
            return null;
        }
        synchronized (where) {
            Iterator<Entry> i = where.entries.values().iterator();
            if (!i.hasNext()) {
                return null; // another thread was here first, and made room
            }
            Entry e = i.next();
            i.remove();
            tally(e, -1);
            return e;
        }
    }

    private void tally(Entry e, int sign) {
        count.addAndGet(sign);
        bytes.addAndGet(sign * e.weight);
    }

    /** Nobody else knows it any more. */
    private boolean gone(Entry e) {
        if (e == null) {
            return false;
        }
        try {
            removed.accept(e.session);
        } finally {
            e.session.close();
        }
        return true;
    }

    private Shelf shelf(ByteBuffer key) {
        int h = key.hashCode();
        return shelves[(h ^ h >>> 16) & SHELVES - 1];
    }
}
