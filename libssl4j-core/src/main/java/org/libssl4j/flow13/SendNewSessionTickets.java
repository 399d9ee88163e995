// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.message.NewSessionTicket13;

/** Gives the client tickets to resume by (RFC 9846 §4.7.1 [8446 4.6.1]). It is run when application data are about to go out: a client that has said all and gone would answer a ticket alone with a reset, and what it has said would be lost. */
final class SendNewSessionTickets implements State {
    private final ServerTickets tickets;
    private final int count;
    private final State back;

    SendNewSessionTickets(ServerTickets tickets, int count, State back) {
        this.tickets = tickets;
        this.count = count;
        this.back = back;
    }

    @Override
    public StateName name() {
        return StateName.SW_SESSION_TICKET;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        for (int i = 0; i < count; i++) {
            NewSessionTicket13 t = tickets.next(hs.env());
            if (t == null) {
                break;
            }
            hs.post(t.toMessage());
        }
        return back.name() == StateName.OK ? hs.park(Want.NOTHING, back) : back; // what waits says anew for what
    }
}
