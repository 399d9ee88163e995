// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.negotiate.AlpnChoice;
import org.libssl4j.spi.AlpnSelectCb;

/** Lets the application choose among the protocols that the client offers (RFC 7301 §3.1; SSL_CTX_set_alpn_select_cb(3)), last of all that is chosen. The answer may be "later". Hands on the protocol, or null. */
public final class AskAlpn implements State {
    private final ClientHello hello;
    private final Next<String> next;

    public AskAlpn(ClientHello hello, Next<String> next) {
        this.hello = hello;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Alpn offered = hello.extensions().get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read);
        AlpnSelectCb callback = hs.env().config().extensions().alpnSelect();
        if (offered == null || callback == null) {
            return next.then(hs, null);
        }
        String answer = callback.select(offered.protocols());
        if (AlpnSelectCb.LATER.equals(answer)) {
            return hs.park(Want.CLIENT_HELLO_CB, this);
        }
        String chosen = AlpnChoice.forServer(offered, answer);
        hs.env().negotiated().alpn(chosen);
        return next.then(hs, chosen);
    }
}
