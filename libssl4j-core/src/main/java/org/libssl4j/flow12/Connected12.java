// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.message.HandshakeMessage;

/** The handshake is over. What may follow is another one (RFC 5246 §7.4.1.1), if both want it. */
final class Connected12 implements State {
    private final Renegotiation12 renegotiation;

    Connected12(Renegotiation12 renegotiation) {
        this.renegotiation = renegotiation;
    }

    @Override
    public StateName name() {
        return StateName.OK;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.grantWishes(back -> renegotiation.granted(hs, back));
        HandshakeMessage m = hs.peek();
        if (m == null) {
            return hs.park(Want.NOTHING, this);
        }
        return renegotiation.wished(hs, m, this);
    }
}
