// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.ServerHelloDone;

/** Ends the server's first flight (RFC 5246 §7.4.5). */
final class SendServerHelloDone implements State {
    private final Then next;

    SendServerHelloDone(Then next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_SRVR_DONE;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.send(new ServerHelloDone().toMessage());
        return next.then(hs);
    }
}
