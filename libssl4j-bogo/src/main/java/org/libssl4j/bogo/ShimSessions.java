// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.Arrays;
import org.libssl4j.GetSessionCb;
import org.libssl4j.SessionCacheMode;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslSession;
import org.libssl4j.TicketKeyCb;

/** What goes from one connection of a test to the next, each of which has a context of its own: the session that the one before has made, and the key of a server's tickets. */
final class ShimSessions {
    private static final byte[] OURS = {'b', 'o', 'g', 'o'};
    private static final byte[] KEY_OF_CALLBACK = new byte[80];

    private SslSession before; // of the connection before
    private SslSession newest; // of this one
    private String signatureBefore; // the peer's, which made the first of these sessions
    private byte[] ticketKey;
    private boolean asked;

    /** Another connection begins. */
    void next() {
        close(before);
        before = newest;
        newest = null;
        asked = false;
    }

    /** Whether the connection before has left a session. */
    boolean left() {
        return before != null;
    }

    /** Whether this connection has made one. */
    boolean made() {
        return newest != null;
    }

    /** The peer's signature. BoringSSL's sessions remember it; OpenSSL's and ours do not, so a resumption has to know of none. */
    String signature(Ssl ssl) throws ShimFailure {
        String now = ssl.getPeerSignatureName();
        if (!ssl.sessionReused()) {
            signatureBefore = now;
        } else if (now != null) {
            throw new ShimFailure("a peer that has signed nothing is said to have done it with " + now);
        }
        return signatureBefore;
    }

    /** The test is over. */
    void close() {
        close(before);
        close(newest);
    }

    private static void close(SslSession s) {
        if (s != null) {
            s.close();
        }
    }

    void set(SslCtx ctx, TestConfig config, Observed observed) {
        // What else follows from the configuration, such as a callback that judges, is another context's own.
        ctx.setSessionIdContext(OURS);
        ctx.setSessionCacheMode(
                SessionCacheMode.CLIENT,
                SessionCacheMode.SERVER,
                SessionCacheMode.NO_INTERNAL_LOOKUP,
                SessionCacheMode.NO_INTERNAL_STORE);
        ctx.sessSetNewCb((ssl, session) -> {
            close(newest);
            newest = session;
            return true;
        });
        ctx.sessSetGetCb((ssl, id) -> find(id, config.has(ShimFlag.ASYNC), observed));
        if (config.has(ShimFlag.USE_TICKET_CALLBACK)) {
            ctx.setTlsextTicketKeyCb(callback(config, observed));
        } else if (ticketKey == null) {
            ticketKey = ctx.getTlsextTicketKeys();
        } else {
            ctx.setTlsextTicketKeys(ticketKey);
        }
    }

    /** A client resumes what it has. */
    void offer(Ssl ssl) {
        if (before != null) {
            ssl.setSession(before);
        }
    }

    private GetSessionCb.Answer find(byte[] id, boolean async, Observed observed) {
        if (before == null || !Arrays.equals(id, before.getId())) {
            return GetSessionCb.Answer.NONE;
        }
        if (async && !observed.sessionReady) {
            observed.sessionAsked = true;
            return GetSessionCb.Answer.LATER;
        }
        return GetSessionCb.Answer.of(before);
    }

    private TicketKeyCb callback(TestConfig config, Observed observed) {
        return new TicketKeyCb() {
            @Override
            public byte[] sealingKey(Ssl ssl) {
                return config.has(ShimFlag.SKIP_TICKET) ? null : KEY_OF_CALLBACK.clone();
            }

            @Override
            public Answer openingKey(Ssl ssl, byte[] name) {
                observed.note(!asked, "the callback for the key of a ticket was called again");
                asked = true;
                if (!Arrays.equals(name, Arrays.copyOf(KEY_OF_CALLBACK, name.length))) {
                    return Answer.NONE;
                }
                return config.has(ShimFlag.RENEW_TICKET)
                        ? Answer.useAndRenew(KEY_OF_CALLBACK)
                        : Answer.use(KEY_OF_CALLBACK);
            }
        };
    }
}
