// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.negotiate.ClientOffer;

/** Sends the ClientHello of a renegotiation (RFC 5246 §7.4.1.2), under the keys in force. */
final class SendClientHello12 implements State {
    private final ClientFlow12 flow;
    private final ClientOffer offer;

    SendClientHello12(ClientFlow12 flow, ClientOffer offer) {
        this.flow = flow;
        this.offer = offer;
    }

    @Override
    public StateName name() {
        return StateName.CW_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.send(offer.hello().toMessage());
        return flow.afterClientHello(offer);
    }
}
