// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.ServerKeyExchange;

/** Sends a ServerKeyExchange that is not signed (RFC 4279 §2, §3; RFC 5489 §2). */
final class SendServerKeyExchange implements State {
    private final ServerKeyExchange message;
    private final Then next;

    SendServerKeyExchange(ServerKeyExchange message, Then next) {
        this.message = message;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_KEY_EXCH;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (message.pskHint() != null && message.pskHint().length > 0) {
            hs.env().negotiated().pskIdentityHint(message.pskHint());
        }
        hs.send(message.toMessage(hs.env().negotiated().version()));
        return next.then(hs);
    }
}
