// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.time.Instant;
import java.util.Arrays;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;

/** Where one connection finds and leaves sessions: the cache of its context and the application's callbacks, as the cache mode has it. Not thread-safe. */
final class OwnStore implements SessionStore {
    private final CtxSessions sessions;
    private final Ssl ssl;
    private byte[] missed; // the id that the cache does not have, while the callback thinks

    OwnStore(CtxSessions sessions, Ssl ssl) {
        this.sessions = sessions;
        this.ssl = ssl;
    }

    private Instant now() {
        return ssl.config().clock().instant();
    }

    @Override
    public Lookup find(byte[] id) {
        if (!Arrays.equals(missed, id)) {
            missed = null;
            if (!sessions.has(SessionCacheMode.NO_INTERNAL_LOOKUP)) {
                SessionState s = sessions.cache().find(id);
                if (s != null) {
                    return current(s);
                }
                sessions.misses.increment();
            }
        }
        GetSessionCb cb = sessions.getCb();
        Lookup l = cb == null ? Lookup.NONE : asked(cb, id.clone());
        missed = l == Lookup.LATER ? id.clone() : null;
        return l;
    }

    private Lookup current(SessionState s) {
        if (!s.expired(now())) {
            return Lookup.of(s, false);
        }
        sessions.timeouts.increment();
        sessions.remove(s);
        s.close();
        return Lookup.NONE;
    }

    private Lookup asked(GetSessionCb cb, byte[] id) {
        GetSessionCb.Answer a = cb.getSession(ssl, id);
        Lookup l = a == null ? Lookup.NONE : a.inside();
        if (l.session() != null) {
            sessions.callbackHits.increment();
            if (!sessions.has(SessionCacheMode.NO_INTERNAL_STORE)) {
                sessions.add(l.session(), now());
            }
        }
        return l;
    }

    @Override
    public boolean keepsServerSessions() {
        return sessions.has(SessionCacheMode.SERVER);
    }

    @Override
    public void created(SessionState s) {
        boolean server = ssl.isServer();
        boolean sealed = server && s.ticket().length > 0; // the client has all of it
        boolean old = s.version() != ProtocolVersion.TLS1_3;
        if (!sessions.has(server ? SessionCacheMode.SERVER : SessionCacheMode.CLIENT)
                || server && old && (sealed || s.id().length == 0)) {
            return;
        }
        if (!sealed && !sessions.has(SessionCacheMode.NO_INTERNAL_STORE)) {
            sessions.add(s, now());
        }
        NewSessionCb cb = sessions.newCb();
        if (cb != null) {
            SslSession copy = new SslSession(s.copy());
            if (!cb.newSession(ssl, copy)) {
                copy.close();
            }
        }
    }

    @Override
    public void remove(SessionState s) {
        sessions.remove(s);
    }
}
