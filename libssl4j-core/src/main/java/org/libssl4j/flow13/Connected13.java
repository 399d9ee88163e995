// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.function.Consumer;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.Place;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;

/** The handshake is over; messages may follow (RFC 9846 §4.7 [8446 4.6]). */
final class Connected13 implements State {
    private static final long WEEK = 604_800;

    private final ApplicationKeys keys;
    private final KeyUpdates updates;
    private final Consumer<SessionState> tickets;
    private final PostHandshakeAuth13 auth;

    /**
     * @param tickets takes what a server gives to resume by; null on a server
     * @param auth authentication after the handshake
     */
    Connected13(ApplicationKeys keys, Consumer<SessionState> tickets, PostHandshakeAuth13 auth) {
        this.keys = keys;
        this.updates = new KeyUpdates(keys);
        this.tickets = tickets;
        this.auth = auth;
    }

    @Override
    public StateName name() {
        return StateName.OK;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.grantWishes(back -> granted(hs, back));
        HandshakeMessage m = hs.peek();
        if (m == null) {
            return hs.park(Want.NOTHING, this);
        }
        if (m.is(HandshakeType.KEY_UPDATE)) {
            return new AwaitKeyUpdate(hs.env().role(), updates, this);
        }
        if (m.is(HandshakeType.NEW_SESSION_TICKET) && hs.env().role() == Role.CLIENT) {
            newSessionTicket(hs, m);
            return this;
        }
        State first = auth.begin(hs, m, this);
        if (first != null) {
            return first;
        }
        throw hs.unexpected(m, hs.env().role() == Role.CLIENT ? "new_session_ticket or key_update" : "key_update");
    }

    private State granted(Handshake hs, State back) {
        Wish wish = hs.wish();
        hs.wish(Wish.NOTHING);
        return new SendKeyUpdate(hs.env().role(), updates, wish == Wish.KEY_UPDATE_OF_BOTH, back);
    }

    private void newSessionTicket(Handshake hs, HandshakeMessage m) throws TlsException {
        NewSessionTicket13 t = m.parse(NewSessionTicket13::read);
        t.extensions().check(Place.NEW_SESSION_TICKET);
        // RFC 9846 §4.7.1 [8446 4.6.1]: a week at most.
        if (t.lifetime() > WEEK) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION,
                    "a ticket with a lifetime of " + t.lifetime() + " seconds; " + WEEK + " allowed");
        }
        EarlyData.MaxSize early = t.extensions().get(ExtensionType.EARLY_DATA, EarlyData.MaxSize::read);
        hs.take(m);
        if (t.lifetime() == 0) {
            return; // RFC 9846 §4.7.1: to be thrown away at once
        }
        try (Secret psk = keys.ticketPsk(t.nonce())) {
            keep(
                    hs.env(),
                    SessionParameters.of(hs.env(), psk)
                            .ticket(t.ticket(), t.lifetime(), t.ageAdd())
                            .maxEarlyData(early == null ? 0 : early.bytes())
                            .build());
        }
    }

    private void keep(Env env, SessionState s) {
        SessionStore store = env.config().sessions().store();
        if (store != null) {
            store.created(s);
        }
        tickets.accept(s);
    }
}
