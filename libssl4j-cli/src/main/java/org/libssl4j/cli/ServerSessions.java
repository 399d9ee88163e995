// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.libssl4j.GetSessionCb;
import org.libssl4j.SessionCacheMode;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.SslSession;
import picocli.CommandLine.Option;

/** The options of {@code s_server} for sessions. */
final class ServerSessions {
    /** As many as OpenSSL's program keeps. */
    private static final int CACHE_SIZE = 128;

    @Option(
            names = "-no_ticket",
            description = "Gives no tickets that hold a session; in TLS 1.3 they name one that is kept here.")
    private boolean noTicket;

    @Option(names = "-num_tickets", paramLabel = "N", description = "Gives so many tickets in TLS 1.3; 2 by default.")
    private String numTickets;

    @Option(names = "-no_cache", description = "Keeps no sessions.")
    private boolean noCache;

    @Option(names = "-ext_cache", description = "Keeps sessions by callbacks in place of the library's cache.")
    private boolean extCache;

    private final Map<ByteBuffer, SslSession> outside = new ConcurrentHashMap<>();

    void in(SslCtx ctx) throws Failure {
        if (noTicket) {
            ctx.setOptions(SslOption.NO_TICKET);
        }
        OptionValue.number("-num_tickets", numTickets, ctx::setNumTickets);
        if (noCache) {
            ctx.setSessionCacheMode();
        } else if (extCache) {
            ctx.setSessionCacheMode(
                    SessionCacheMode.SERVER, SessionCacheMode.NO_INTERNAL_LOOKUP, SessionCacheMode.NO_INTERNAL_STORE);
            ctx.sessSetNewCb((ssl, s) -> outside.size() < CACHE_SIZE && outside.put(key(s.getId()), s) == null);
            ctx.sessSetGetCb((ssl, id) -> found(outside.get(key(id))));
            ctx.sessSetRemoveCb((c, s) -> outside.remove(key(s.getId())));
        } else {
            ctx.sessSetCacheSize(CACHE_SIZE);
        }
    }

    private static GetSessionCb.Answer found(SslSession s) {
        return s == null ? GetSessionCb.Answer.NONE : GetSessionCb.Answer.of(s);
    }

    private static ByteBuffer key(byte[] id) {
        return ByteBuffer.wrap(id);
    }
}
