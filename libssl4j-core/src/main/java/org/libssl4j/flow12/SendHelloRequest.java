// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.HelloRequest;

/** Asks the client for another handshake (RFC 5246 §7.4.1.1); until it answers all goes on as before. */
final class SendHelloRequest implements State {
    private final State back;

    SendHelloRequest(State back) {
        this.back = back;
    }

    @Override
    public StateName name() {
        return StateName.SW_HELLO_REQ;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.post(new HelloRequest().toMessage()); // RFC 5246 §7.4.1.1: it is part of no transcript
        return back;
    }
}
