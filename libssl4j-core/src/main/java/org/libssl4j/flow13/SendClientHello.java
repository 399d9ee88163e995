// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.negotiate.ClientOffer;

/** Sends a ClientHello, the first or the one after a HelloRetryRequest (RFC 9846 §4.2.2 [8446 4.1.2]). */
final class SendClientHello implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;

    SendClientHello(ClientFlow13 flow, ClientOffer offer) {
        this.flow = flow;
        this.offer = offer;
    }

    @Override
    public StateName name() {
        return StateName.CW_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (offer.retried() && offer.hello().sessionId().length > 0) {
            hs.post(HandshakeMessage.CHANGE_CIPHER_SPEC); // RFC 9846 §E.4: before the second flight
        }
        hs.send(offer.hello().toMessage());
        return flow.afterClientHello(offer);
    }
}
