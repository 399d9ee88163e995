// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.libssl4j.GetSessionCb;
import org.libssl4j.SessionCacheMode;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslSession;
import org.libssl4j.SslTicketKeys;

/** What is left of one connection for the next one of a test: a client's newest session, a server's sessions and the keys of its tickets, and what time it is. Each connection has a context of its own. Not thread-safe. */
final class ShimSessions {
    private static final byte[] CONTEXT = "shim".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Map<ByteBuffer, SslSession> served = new HashMap<>();
    private SslTicketKeys keys; // null before the first connection
    private SslSession newest; // of this connection
    private SslSession before; // of the one before
    private final Instant begun = Instant.now();
    private Duration late = Duration.ZERO;

    /** A context for the next connection goes on where the one before has stopped. */
    void prepare(SslCtx ctx, TestConfig config) {
        if (keys == null) {
            keys = new SslTicketKeys();
        }
        ctx.setTicketKeys(keys);
        ctx.setSessionIdContext(CONTEXT);
        if (config.has(ShimFlag.RESUMPTION_DELAY)) {
            ctx.setClock(Clock.fixed(
                    begun.plus(late), ZoneOffset.UTC)); // the runner holds ages against it to the millisecond
        }
        boolean server = config.has(ShimFlag.SERVER);
        ctx.setSessionCacheMode(
                server ? SessionCacheMode.SERVER : SessionCacheMode.CLIENT,
                SessionCacheMode.NO_INTERNAL_LOOKUP,
                SessionCacheMode.NO_INTERNAL_STORE);
        ctx.sessSetNewCb((ssl, s) -> {
            if (server) {
                served.put(ByteBuffer.wrap(s.getId()), s.copy());
            } else {
                newest = s.copy();
            }
            return false;
        });
        ctx.sessSetGetCb((ssl, id) -> {
            SslSession s = served.get(ByteBuffer.wrap(id));
            return s == null ? GetSessionCb.Answer.NONE : GetSessionCb.Answer.of(s);
        });
    }

    /** A client that has been here before resumes. */
    void offer(Ssl ssl, TestConfig config, boolean resume) throws ShimFailure {
        before = newest;
        newest = null;
        if (resume && !config.has(ShimFlag.SERVER)) {
            if (before == null) {
                throw new ShimFailure("No session to offer.");
            }
            ssl.setSession(before);
        }
    }

    /** Whether this connection has given a client a session. */
    boolean came() {
        return newest != null;
    }

    /** Time goes by. */
    void pass(long seconds) {
        late = late.plusSeconds(seconds);
    }
}
