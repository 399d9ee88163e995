// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;
import org.libssl4j.session.TicketSealer;

/** Tickets that are numbers of sessions kept here, and a store of sessions by id; both can be told to answer later. */
class KeptTickets implements TicketSealer, SessionStore {
    private final Map<ByteBuffer, SessionState> kept = new HashMap<>();
    final List<SessionState> created = new ArrayList<>();
    int laters;
    int asked;
    byte[] refused; // the ticket that is not known

    @Override
    public byte[] seal(SessionState session) {
        byte[] ticket = ("ticket " + kept.size()).getBytes();
        kept.put(ByteBuffer.wrap(ticket), session.copy());
        return ticket;
    }

    @Override
    public Lookup unseal(byte[] ticket) {
        asked++;
        if (laters > 0) {
            laters--;
            return Lookup.LATER;
        }
        SessionState s = Arrays.equals(ticket, refused) ? null : kept.get(ByteBuffer.wrap(ticket));
        return s == null ? Lookup.NONE : Lookup.of(s.copy(), false);
    }

    @Override
    public Lookup find(byte[] id) {
        return unseal(id);
    }

    @Override
    public boolean keepsServerSessions() {
        return true;
    }

    @Override
    public void created(SessionState session) {
        created.add(session.copy());
        kept.put(ByteBuffer.wrap(session.id()), session.copy());
    }

    @Override
    public void remove(SessionState session) {
        kept.remove(ByteBuffer.wrap(session.id()));
    }

    /** No session is known any more. */
    void forget() {
        kept.clear();
    }
}
