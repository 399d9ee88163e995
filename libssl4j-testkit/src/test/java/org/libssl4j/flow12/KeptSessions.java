// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;
import org.libssl4j.session.TicketSealer;

/** Where a side of a test keeps its sessions, and a sealer whose tickets are numbers of sessions that it has in a list. */
final class KeptSessions implements SessionStore, TicketSealer {
    final List<SessionState> created = new ArrayList<>();
    final List<SessionState> removed = new ArrayList<>();
    final List<SessionState> sealed = new ArrayList<>();

    /** How many lookups answer "later" first. */
    int late;

    /** Whether tickets are to be renewed, and whether none is made. */
    boolean renew;

    boolean emptyTickets;
    int lookups;

    @Override
    public Lookup find(byte[] id) {
        lookups++;
        if (late > 0) {
            late--;
            return Lookup.LATER;
        }
        return created.stream()
                .filter(s -> Arrays.equals(s.id(), id) && !contains(removed, s))
                .findFirst()
                .map(s -> Lookup.of(s.copy(), renew))
                .orElse(Lookup.NONE);
    }

    static boolean contains(List<SessionState> all, SessionState s) {
        return all.stream().anyMatch(x -> Arrays.equals(x.id(), s.id()) && Arrays.equals(x.ticket(), s.ticket()));
    }

    @Override
    public boolean keepsServerSessions() {
        return true;
    }

    @Override
    public void created(SessionState session) {
        created.add(session.copy());
    }

    @Override
    public void remove(SessionState session) {
        removed.add(session.copy());
    }

    @Override
    public byte[] seal(SessionState session) {
        if (emptyTickets) {
            return null;
        }
        sealed.add(session.copy());
        return ByteBuffer.allocate(8)
                .putLong(0x7469636b65740000L + sealed.size())
                .array();
    }

    @Override
    public Lookup unseal(byte[] ticket) {
        lookups++;
        if (late > 0) {
            late--;
            return Lookup.LATER;
        }
        long n = ticket.length == 8 ? ByteBuffer.wrap(ticket).getLong() - 0x7469636b65740000L : 0;
        return n > 0 && n <= sealed.size() ? Lookup.of(sealed.get((int) n - 1).copy(), renew) : Lookup.NONE;
    }
}
