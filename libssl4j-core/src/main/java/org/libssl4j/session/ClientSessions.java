// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The tickets that a client keeps of one connection, the newest last; the oldest goes when there are too many. Not thread-safe. */
public final class ClientSessions implements AutoCloseable {
    private final int limit;
    private final Deque<SessionState> kept = new ArrayDeque<>();

    /** @param limit how many are kept */
    public ClientSessions(int limit) {
        this.limit = limit;
    }

    public void add(SessionState s) {
        if (limit == 0) {
            s.close();
            return;
        }
        if (kept.size() == limit) {
            kept.removeFirst().close();
        }
        kept.addLast(s);
    }

    /** The newest, or null. */
    public SessionState newest() {
        return kept.peekLast();
    }

    public List<SessionState> all() {
        return new ArrayList<>(kept);
    }

    /** Wipes their keys. */
    @Override
    public void close() {
        kept.forEach(SessionState::close);
        kept.clear();
    }
}
