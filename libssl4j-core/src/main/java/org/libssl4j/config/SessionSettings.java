// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.Arrays;
import java.util.List;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;
import org.libssl4j.session.TicketSealer;

/** How sessions are resumed. Immutable. */
public final class SessionSettings {
    /** Nothing is kept, nothing is resumed. */
    public static final SessionSettings NONE = new SessionSettings();

    /** The most bytes of a session id, and of a session id context (SSL_MAX_SID_CTX_LENGTH). */
    public static final int MAX_ID = 32;

    private List<SessionState> offered = List.of();
    private SessionStore store;
    private TicketSealer sealer;
    private boolean tickets = true;
    private byte[] idContext = {};
    private boolean idContextGiven;
    private long timeout = 7200;
    private int numTickets = 2;
    private boolean allowNoDhe;
    private boolean resumedOnRenegotiation = true;
    private long maxEarlyData;

    private SessionSettings() {}

    private SessionSettings(SessionSettings o) {
        offered = o.offered;
        store = o.store;
        sealer = o.sealer;
        tickets = o.tickets;
        idContext = o.idContext;
        idContextGiven = o.idContextGiven;
        timeout = o.timeout;
        numTickets = o.numTickets;
        allowNoDhe = o.allowNoDhe;
        resumedOnRenegotiation = o.resumedOnRenegotiation;
        maxEarlyData = o.maxEarlyData;
    }

    /** The sessions that a client would resume, the best first; their secrets are closed by whoever set them, after the handshake. Of versions before TLS 1.3 the first one alone counts. */
    public List<SessionState> offered() {
        return offered;
    }

    public SessionSettings withOffered(List<SessionState> s) {
        SessionSettings next = new SessionSettings(this);
        next.offered = List.copyOf(s);
        return next;
    }

    /** Where sessions are kept; null for nowhere. */
    public SessionStore store() {
        return store;
    }

    public SessionSettings withStore(SessionStore s) {
        SessionSettings next = new SessionSettings(this);
        next.store = s;
        return next;
    }

    /** Makes a server's tickets; null for none: then sessions of TLS 1.3 are resumed by ids alone, where they are kept. */
    public TicketSealer sealer() {
        return tickets ? sealer : null;
    }

    /** Whether there are tickets that hold a session (SSL_OP_NO_TICKET). */
    public SessionSettings withTickets(boolean t) {
        if (tickets == t) {
            return this;
        }
        SessionSettings next = new SessionSettings(this);
        next.tickets = t;
        return next;
    }

    public SessionSettings withSealer(TicketSealer s) {
        SessionSettings next = new SessionSettings(this);
        next.sealer = s;
        return next;
    }

    /** Which sessions a server takes for its own; up to {@link #MAX_ID} bytes. Not to be changed. */
    public byte[] idContext() {
        return idContext;
    }

    /** Sets it, by somebody's will. */
    public SessionSettings withIdContext(byte[] c) {
        if (c.length > MAX_ID) {
            throw new IllegalArgumentException(
                    "a session id context of " + c.length + " bytes; up to " + MAX_ID + " allowed");
        }
        SessionSettings next = new SessionSettings(this);
        next.idContext = c;
        next.idContextGiven = true;
        return next;
    }

    /** Sets what follows from the rest of the configuration; only where nobody has set it. */
    public SessionSettings withDerivedIdContext(byte[] c) {
        if (Arrays.equals(idContext, c)) {
            return this;
        }
        SessionSettings next = new SessionSettings(this);
        next.idContext = c;
        return next;
    }

    /** Whether somebody has set it. */
    public boolean idContextGiven() {
        return idContextGiven;
    }

    /** How many seconds a session may be resumed. */
    public long timeout() {
        return timeout;
    }

    public SessionSettings withTimeout(long seconds) {
        SessionSettings next = new SessionSettings(this);
        next.timeout = seconds;
        return next;
    }

    /** How many tickets a server of TLS 1.3 gives after a full handshake; after a resumed one it is one, unless this is 0 (SSL_CTX_set_num_tickets(3)). */
    public int numTickets() {
        return numTickets;
    }

    public SessionSettings withNumTickets(int n) {
        SessionSettings next = new SessionSettings(this);
        next.numTickets = n;
        return next;
    }

    /** Whether a session of TLS 1.3 may be resumed without a key exchange besides, psk_ke (SSL_OP_ALLOW_NO_DHE_KEX). */
    public boolean allowNoDhe() {
        return allowNoDhe;
    }

    public SessionSettings withAllowNoDhe(boolean a) {
        if (allowNoDhe == a) {
            return this;
        }
        SessionSettings next = new SessionSettings(this);
        next.allowNoDhe = a;
        return next;
    }

    /** Whether a server resumes in a renegotiation too (SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION). */
    public boolean resumedOnRenegotiation() {
        return resumedOnRenegotiation;
    }

    public SessionSettings withResumedOnRenegotiation(boolean r) {
        if (resumedOnRenegotiation == r) {
            return this;
        }
        SessionSettings next = new SessionSettings(this);
        next.resumedOnRenegotiation = r;
        return next;
    }

    /** Bytes of early data that a server's tickets allow (SSL_CTX_set_max_early_data(3)); 0 for none. */
    public long maxEarlyData() {
        return maxEarlyData;
    }

    public SessionSettings withMaxEarlyData(long bytes) {
        SessionSettings next = new SessionSettings(this);
        next.maxEarlyData = bytes;
        return next;
    }
}
