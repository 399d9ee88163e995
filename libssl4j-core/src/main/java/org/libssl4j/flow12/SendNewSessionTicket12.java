// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.time.Instant;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.NewSessionTicket12;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.TicketSealer;

/** Gives the client a ticket (RFC 5077 §3.3). One without a session in it stands for a change of mind: the ServerHello has announced one. */
final class SendNewSessionTicket12 implements State {
    private final SessionState session;
    private final Then next;

    SendNewSessionTicket12(SessionState session, Then next) {
        this.session = session;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_SESSION_TICKET;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        TicketSealer sealer = env.config().sessions().sealer();
        byte[] ticket = sealer == null ? null : sealer.seal(session); // it may have been taken away meanwhile
        Instant end = session.created().plusSeconds(session.timeout());
        long left = end.getEpochSecond() - env.config().clock().instant().getEpochSecond();
        boolean none = ticket == null || left <= 0;
        hs.send(new NewSessionTicket12(none ? 0 : Math.min(left, 0xffff_ffffL), none ? new byte[0] : ticket)
                .toMessage());
        return next.then(hs);
    }
}
