// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import org.libssl4j.crypto.Crypto;

/** Tickets of TLS 1.3 that hold nothing but the id under which the session lies in a store (RFC 9846 §4.7.1; SSL_OP_NO_TICKET). */
public final class StatefulTickets implements TicketSealer {
    private static final int LENGTH = 32;

    private final SessionStore store;
    private final Crypto crypto;

    public StatefulTickets(SessionStore store, Crypto crypto) {
        this.store = store;
        this.crypto = crypto;
    }

    /** Keeps the session under a new id. */
    @Override
    public byte[] seal(SessionState session) {
        if (!store.keepsServerSessions()) {
            return null;
        }
        byte[] id = new byte[LENGTH];
        crypto.random(id);
        try (SessionState named = session.toBuilder().id(id).build()) {
            store.created(named);
        }
        return id;
    }

    @Override
    public Lookup unseal(byte[] ticket) {
        return ticket.length == LENGTH ? store.find(ticket) : Lookup.NONE;
    }
}
