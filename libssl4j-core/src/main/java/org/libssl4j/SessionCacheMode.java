// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** What of sessions is kept, and where (SSL_CTX_set_session_cache_mode(3)). None of them is SSL_SESS_CACHE_OFF; CLIENT and SERVER together are SSL_SESS_CACHE_BOTH; the two that begin with NO_INTERNAL are SSL_SESS_CACHE_NO_INTERNAL. */
public enum SessionCacheMode {
    /** SSL_SESS_CACHE_CLIENT: the sessions of clients are kept. Nobody looks for them there, since only the application knows where it is about to connect to; they are there for {@link NewSessionCb}. */
    CLIENT(0x001),
    /** SSL_SESS_CACHE_SERVER: the sessions of servers are kept, and looked for. On by default. */
    SERVER(0x002),
    /** SSL_SESS_CACHE_NO_AUTO_CLEAR: sessions whose time is over are not removed with every 256th that is added, but when they are looked for, have to make room, or {@link SslCtx#flushSessions} is called. */
    NO_AUTO_CLEAR(0x080),
    /** SSL_SESS_CACHE_NO_INTERNAL_LOOKUP: sessions are not looked for in the context's own cache. */
    NO_INTERNAL_LOOKUP(0x100),
    /** SSL_SESS_CACHE_NO_INTERNAL_STORE: sessions are not put into the context's own cache by themselves. */
    NO_INTERNAL_STORE(0x200);

    private final long bit;

    SessionCacheMode(long bit) {
        this.bit = bit;
    }

    /**
     * The value of OpenSSL's SSL_SESS_CACHE_* constant.
     *
     * @return one bit
     */
    public long bit() {
        return bit;
    }
}
