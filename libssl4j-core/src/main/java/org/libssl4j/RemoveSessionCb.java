// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Is told of each session that is not to be resumed any more (SSL_CTX_sess_set_remove_cb(3)): its time is over, it had to make room, its connection failed, or it was removed. Called on the thread that found it out. */
@FunctionalInterface
public interface RemoveSessionCb {
    /**
     * Removes a session from where the application keeps it.
     *
     * @param ctx the context
     * @param session it; closed when the callback has returned
     */
    void removeSession(SslCtx ctx, SslSession session);
}
