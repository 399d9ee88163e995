// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHelloDone;

/** Reads the end of the server's first flight (RFC 5246 §7.4.5). */
final class AwaitServerHelloDone implements State {
    private final Then next;

    AwaitServerHelloDone(Then next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_DONE;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.SERVER_HELLO_DONE);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        m.parse(ServerHelloDone::read);
        hs.commit(m);
        hs.requireBoundary(); // RFC 5246 §7.4.5: the server waits now; what comes next is our turn
        return next.then(hs);
    }
}
