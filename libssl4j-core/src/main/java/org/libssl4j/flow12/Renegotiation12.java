// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.LegacySettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.PreviousHandshake;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;

/**
 * Whether another handshake is begun on the same connection, and what is kept from one to the next (RFC 5246 §7.4.1.1, RFC 5746). One for each connection; each handshake has its own flow.
 *
 * <pre>
 *   client   wish of ours, or HelloRequest ──► BuildClientHello ► SendClientHello12 ► AwaitServerHello12 ► …
 *   server   wish of ours ──► SendHelloRequest ──► Connected12, until the client answers
 *            ClientHello  ──► AskClientHello ► AskServerName ► …
 * </pre>
 */
final class Renegotiation12 {
    /** A wish of the peer's is refused with a warning; this many in a row are a flood. */
    private static final int MOST_REFUSED = 5;

    /** Begins another handshake. */
    interface Beginning {
        /** @param hello the client's, not yet taken from the carrier; null at the client itself */
        State begin(Handshake hs, HandshakeMessage hello, PreviousHandshake before) throws TlsException;
    }

    private final Beginning beginning;
    private final RenegotiationBudget budget = new RenegotiationBudget();
    private Established12 established; // by the newest handshake that is complete
    private boolean requested; // a HelloRequest of ours has no answer yet

    Renegotiation12(Beginning beginning) {
        this.beginning = beginning;
    }

    /** Whether a HelloRequest was sent that the client has not answered. */
    boolean requested() {
        return requested;
    }

    /** A handshake is complete; what the one before it had is wiped. */
    void established(Handshake hs, Established12 e) {
        if (established != null) {
            hs.env().secrets().release(established.master()).close();
        }
        established = e;
    }

    /** We want another handshake. */
    State granted(Handshake hs, State back) {
        Wish wish = hs.wish();
        hs.wish(Wish.NOTHING);
        if (wish != Wish.RENEGOTIATION || !allowed(hs)) {
            return back; // there are no key updates here, and what was allowed may not be so any more
        }
        if (hs.env().role() == Role.CLIENT) {
            return new BeginRenegotiation(this);
        }
        // RFC 5246 §7.4.1.1: it is not repeated until the handshake it asks for is over.
        boolean again = requested;
        requested = true;
        return again ? back : new SendHelloRequest(back);
    }

    /** A message has come after the handshake. */
    State wished(Handshake hs, HandshakeMessage m, State back) throws TlsException {
        Env env = hs.env();
        HandshakeType wish = env.role() == Role.CLIENT ? HandshakeType.HELLO_REQUEST : HandshakeType.CLIENT_HELLO;
        if (!m.is(wish)) {
            throw hs.unexpected(m, wish.name().toLowerCase(java.util.Locale.ROOT));
        }
        if (m.is(HandshakeType.HELLO_REQUEST)) {
            m.parse(HelloRequest::read);
        }
        if (!allowed(hs) || !welcome(env)) {
            return refuse(hs, m, back);
        }
        requested = false;
        if (env.role() == Role.SERVER) {
            return begin(hs, m);
        }
        hs.take(m); // RFC 5246 §7.4.1.1: it is part of no transcript
        return begin(hs, null);
    }

    /** RFC 5746 §4.2, §4.4: never with a peer that cannot tell one handshake of the connection from the other. RFC 5246 §7.2.1: nor after our close_notify. */
    private static boolean allowed(Handshake hs) {
        Env env = hs.env();
        return !hs.silent()
                && env.config().legacy().renegotiation()
                && env.negotiated().secureRenegotiation()
                && !tripleHandshake(env.negotiated());
    }

    /** RFC 7627 §1, §5.4: where a session is resumed whose master secret is not bound to its handshake, renegotiation_info may be the same on a connection of somebody who stands between. */
    private static boolean tripleHandshake(Negotiated n) {
        return n.resumed() && !n.extendedMasterSecret();
    }

    /** Whether the peer may begin one now: we have asked for it, or it may of itself, and does not too often. */
    private boolean welcome(Env env) {
        LegacySettings settings = env.config().legacy();
        return requested
                || (env.role() == Role.CLIENT || settings.clientRenegotiation())
                        && budget.spend(env.config().clock().instant());
    }

    private static State refuse(Handshake hs, HandshakeMessage m, State back) throws TlsException {
        if (hs.countRequest() > MOST_REFUSED) {
            // As other floods; no_renegotiation is a warning, which ends nothing.
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.NO_RENEGOTIATION,
                    "a wish for renegotiation, which is not allowed, after " + MOST_REFUSED
                            + " that were refused without application data between");
        }
        hs.take(m);
        // RFC 5246 §7.2.2: who does not want to answers with this warning, and the connection goes on; or, where
        // nothing more can be sent, ignores it (§7.4.1.1).
        hs.refuseRenegotiation();
        return back;
    }

    /** @param hello the client's, not yet taken from the carrier; null at the client itself */
    State begin(Handshake hs, HandshakeMessage hello) throws TlsException {
        Negotiated n = hs.env().negotiated();
        PreviousHandshake before = PreviousHandshake.of(n, hs.env().role());
        hs.renew();
        return beginning.begin(hs, hello, before);
    }
}
