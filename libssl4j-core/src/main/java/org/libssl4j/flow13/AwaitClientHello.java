// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;

/** Reads a ClientHello (RFC 9846 §4.2.2 [8446 4.1.2]), the first or the one after a HelloRetryRequest, and checks its form alone: what is in it may be of any version, and is looked at when the application was asked. */
final class AwaitClientHello implements State {
    private final ServerFlow13 flow;
    private final RetrySent asked;

    /** @param asked what the HelloRetryRequest said; null for the first ClientHello */
    AwaitClientHello(ServerFlow13 flow, RetrySent asked) {
        this.flow = flow;
        this.asked = asked;
    }

    @Override
    public StateName name() {
        return asked == null ? StateName.BEFORE : StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CLIENT_HELLO);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        ClientHello hello = m.parse(ClientHello::read);
        hs.env().transcript().mark();
        hs.commit(m);
        if (asked != null && asked.first() != null) {
            return flow.afterSecondClientHello(hello, asked);
        }
        hs.env().negotiated().clientRandom(hello.random());
        hs.env().negotiated().clientVersion(hello.legacyVersion());
        return flow.afterClientHello(hs, hello, asked);
    }
}
