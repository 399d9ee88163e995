// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.List;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.handshake.Role;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;

/** What one {@link Ssl} has to do with sessions: the one that it would resume, what becomes of its own when it fails, and the counts of its context. Not thread-safe. */
final class OwnSessions {
    private final Settings settings;
    private SessionState offered; // ours; null for none

    OwnSessions(Settings settings) {
        this.settings = settings;
    }

    /** The session that is to be resumed; null for none. */
    SessionState offered() {
        return offered;
    }

    /** Resumes a copy of this one; null for none. */
    void offer(SessionState s) {
        SessionState before = offered;
        offered = s == null ? null : s.copy();
        List<SessionState> all = offered == null ? List.of() : List.of(offered);
        settings.set("session", c -> c.with(c.sessions().withOffered(all)));
        if (before != null) {
            before.close();
        }
    }

    /** The session of a connection, or the newest of its tickets; null if there is none, or none that is worth keeping. */
    SessionState of(TlsConnection c) {
        if (c == null) {
            return offered;
        }
        if (c.failure() != null) {
            return null;
        }
        SessionState ticket = c.sessions().newest();
        return ticket != null ? ticket : c.negotiated().session();
    }

    // ---- what is counted -------------------------------------------------------------------------------------------

    void begun(Role role) {
        CtxSessions s = settings.first().sessions();
        (role == Role.CLIENT ? s.connects : s.accepts).increment();
    }

    void completed(Role role, TlsConnection c) {
        CtxSessions s = settings.first().sessions();
        (role == Role.CLIENT ? s.connectsGood : s.acceptsGood).increment();
        if (c.negotiated().resumed()) {
            s.hits.increment();
        }
    }

    // ---- what is not to be resumed ---------------------------------------------------------------------------------

    /**
     * Forgets the sessions of a connection that failed.
     *
     * <p>RFC 5246 §7.2.2: after a fatal alert the session is not resumed. RFC 9846 §6.2: tickets of a failed connection are better thrown away.
     */
    void spoil(TlsConnection c) {
        SessionStore store = settings.config().sessions().store();
        if (store == null) {
            return;
        }
        SessionState own = c.negotiated().session();
        if (own != null) {
            store.remove(own);
        } else if (offered != null) {
            store.remove(offered);
        }
        for (SessionState ticket : c.sessions().all()) {
            if (ticket != own) {
                store.remove(ticket);
            }
        }
    }

    /** Wipes the secret of the one that was to be resumed. */
    void close() {
        if (offered != null) {
            offered.close();
            offered = null;
            settings.set("session", c -> c.with(c.sessions().withOffered(List.of())));
        }
    }
}
