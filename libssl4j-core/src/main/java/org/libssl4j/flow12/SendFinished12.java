// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.Finished;

/** Sends our Finished, the first message under the new keys (RFC 5246 §7.4.9). */
final class SendFinished12 implements State {
    private final StateName name;
    private final Established12 established;
    private final Then next;

    SendFinished12(StateName name, Established12 established, Then next) {
        this.name = name;
        this.established = established;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        byte[] verifyData = established.verifyData(hs, hs.env().role());
        hs.send(new Finished(verifyData).toMessage());
        hs.env().negotiated().ownFinished(verifyData);
        return next.then(hs);
    }
}
