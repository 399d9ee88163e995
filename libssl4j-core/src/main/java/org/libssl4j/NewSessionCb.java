// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Is given each new session (SSL_CTX_sess_set_new_cb(3)): in TLS 1.2 and before when a handshake has made one, in TLS 1.3 with each ticket, after the handshake. Called on the thread that drives the connection. */
@FunctionalInterface
public interface NewSessionCb {
    /**
     * Takes a session.
     *
     * @param ssl the connection
     * @param session it; a copy, which belongs to the callback if it says so
     * @return whether the callback keeps it, and closes it some time; else it is closed now
     */
    boolean newSession(Ssl ssl, SslSession session);
}
