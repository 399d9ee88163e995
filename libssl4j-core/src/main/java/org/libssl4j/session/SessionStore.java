// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

/** Where sessions are kept: a context's own cache, and the application's where it has one (SSL_CTX_set_session_cache_mode(3), SSL_CTX_sess_set_get_cb(3)). Thread-safe. */
public interface SessionStore {
    /**
     * A server looks for the session of an id that a client has sent; the answer may be "later".
     *
     * @param id 1 to 32 bytes
     */
    Lookup find(byte[] id);

    /** Whether a server's sessions are kept here, so that an id is worth giving out. */
    boolean keepsServerSessions();

    /**
     * A handshake has made a session that may be resumed; at a client of TLS 1.3, a ticket has come.
     *
     * @param session stays the caller's; whoever keeps it takes a copy
     */
    void created(SessionState session);

    /** A session is not to be resumed any more: its connection failed (RFC 5246 §7.2.2), or it was used and may be used once. */
    void remove(SessionState session);
}
