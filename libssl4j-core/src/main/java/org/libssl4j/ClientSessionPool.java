// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.SessionState;

/**
 * Keeps a client's sessions by the servers that they are of, and gives each new connection one (an extension of ours: OpenSSL leaves it to the application). A ticket of TLS 1.3 is given once, so that nobody who looks on can tell that two connections are of the same client (RFC 9846 §C.4); since a server gives several, there are some for connections that are made at the same time. A session of an older version is given again and again.
 *
 * <pre>{@code
 * ClientSessionPool pool = new ClientSessionPool(1000, 4);
 * ctx.setSessionCacheMode(SessionCacheMode.CLIENT, SessionCacheMode.NO_INTERNAL_STORE);
 * ctx.sessSetNewCb(pool);
 * ctx.sessSetRemoveCb(pool);
 *
 * Ssl ssl = new Ssl(ctx);
 * ssl.setHostname("server.example");
 * pool.prepare(ssl, "server.example", 443);
 * }</pre>
 *
 * <p>Bounded in servers and in sessions of each: what was kept longest goes. One pool is for connections that trust alike and show the same certificate; those that do not have pools of their own. Thread-safe.
 */
public final class ClientSessionPool implements NewSessionCb, RemoveSessionCb, AutoCloseable {
    private static final ExDataKey<String> PEER = new ExDataKey<>("the server, for the pool of sessions");

    private final int servers;
    private final int each;
    /** Of each server the newest first; the server that was asked for longest ago comes first. */
    private final Map<String, Deque<SessionState>> kept = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    /**
     * An empty pool.
     *
     * @param servers how many servers at most; 1 or more
     * @param each how many sessions of each at most; 1 or more
     * @throws IllegalArgumentException for less
     */
    public ClientSessionPool(int servers, int each) {
        if (servers < 1 || each < 1) {
            throw new IllegalArgumentException("a pool for " + servers + " servers with " + each + " sessions each");
        }
        this.servers = servers;
        this.each = each;
    }

    /**
     * Says which server a connection is made to: it resumes a session of that one's, if there is one, and what it is given goes to that one's.
     *
     * @param ssl the connection, before its handshake
     * @param host of the server, as the connection verifies it
     * @param port of the server
     * @return whether there was a session
     * @throws IllegalStateException if the handshake has begun
     */
    public boolean prepare(Ssl ssl, String host, int port) {
        String peer = host.toLowerCase(Locale.ROOT) + ":" + port;
        ssl.setExData(PEER, peer);
        try (SessionState s = take(peer, ssl.config().clock().instant())) {
            if (s == null) {
                return false;
            }
            try (SslSession session = new SslSession(s.copy())) {
                ssl.setSession(session);
            }
            return true;
        }
    }

    private synchronized SessionState take(String peer, Instant now) {
        Deque<SessionState> all = kept.get(peer);
        if (all == null) {
            return null;
        }
        SessionState found = null;
        while (found == null && !all.isEmpty()) {
            SessionState s = all.removeFirst();
            if (s.expired(now)) {
                s.close();
            } else {
                found = s;
            }
        }
        if (found != null && found.version() != ProtocolVersion.TLS1_3) {
            all.addFirst(found.copy());
        }
        if (all.isEmpty()) {
            kept.remove(peer);
        }
        return found;
    }

    @Override
    public boolean newSession(Ssl ssl, SslSession session) {
        String peer = ssl.getExData(PEER);
        if (peer == null || !session.isResumable()) {
            return false;
        }
        put(peer, session.state());
        return true;
    }

    /** @param s belongs to the pool from now on */
    private synchronized void put(String peer, SessionState s) {
        Deque<SessionState> all = kept.computeIfAbsent(peer, p -> new ArrayDeque<>(2));
        // One of an older version serves all connections: the newest will do.
        boolean one = s.version() != ProtocolVersion.TLS1_3;
        while (!all.isEmpty() && (one || all.size() >= each || all.peekLast().version() != s.version())) {
            all.removeLast().close();
        }
        all.addFirst(s);
        if (kept.size() > servers) {
            Iterator<Deque<SessionState>> eldest = kept.values().iterator();
            eldest.next().forEach(SessionState::close);
            eldest.remove();
        }
    }

    /** Forgets a session whose connection failed. */
    @Override
    public synchronized void removeSession(SslCtx ctx, SslSession session) {
        SessionState gone = session.state();
        for (Iterator<Deque<SessionState>> i = kept.values().iterator(); i.hasNext(); ) {
            Deque<SessionState> all = i.next();
            all.removeIf(s -> same(s, gone));
            if (all.isEmpty()) {
                i.remove();
            }
        }
    }

    private static boolean same(SessionState s, SessionState gone) {
        if (!Arrays.equals(s.ticket(), gone.ticket()) || !Arrays.equals(s.id(), gone.id())) {
            return false;
        }
        s.close();
        return true;
    }

    /**
     * How many sessions are here.
     *
     * @return it
     */
    public synchronized int size() {
        return kept.values().stream().mapToInt(Deque::size).sum();
    }

    /** Wipes all. The pool can be used on. */
    @Override
    public synchronized void close() {
        kept.values().forEach(all -> all.forEach(SessionState::close));
        kept.clear();
    }
}
