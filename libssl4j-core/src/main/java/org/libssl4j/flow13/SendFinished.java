// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.keyschedule.FinishedMac;
import org.libssl4j.message.Finished;

/** Sends our Finished (RFC 9846 §4.5.3 [8446 4.4.4]). */
final class SendFinished implements State {
    private final StateName name;
    private final FinishedMac mac;
    private final Then next;

    /** @param mac over our handshake traffic secret */
    SendFinished(StateName name, FinishedMac mac, Then next) {
        this.name = name;
        this.mac = mac;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        byte[] verifyData = mac.over(hs.env().transcript().hash());
        hs.send(new Finished(verifyData).toMessage());
        hs.env().negotiated().ownFinished(verifyData);
        return next.then(hs);
    }
}
