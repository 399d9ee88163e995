// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.NewSessionTicket12;

/** Reads the ticket that the ServerHello has announced (RFC 5077 §3.3); it is good for something once the server's Finished was right. */
final class AwaitNewSessionTicket12 implements State {
    private final Next<NewSessionTicket12> next;

    AwaitNewSessionTicket12(Next<NewSessionTicket12> next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_SESSION_TICKET;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        // RFC 5077 §3.3: it has to come, be it empty.
        HandshakeMessage m = hs.peek(HandshakeType.NEW_SESSION_TICKET);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        NewSessionTicket12 ticket = m.parse(NewSessionTicket12::read);
        hs.commit(m);
        return next.then(hs, ticket);
    }
}
