// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;

/** A client begins another handshake of its own accord (RFC 5246 §7.4.1.2). */
final class BeginRenegotiation implements State {
    private final Renegotiation12 renegotiation;

    BeginRenegotiation(Renegotiation12 renegotiation) {
        this.renegotiation = renegotiation;
    }

    @Override
    public StateName name() {
        return StateName.OK;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        return renegotiation.begin(hs, null);
    }
}
