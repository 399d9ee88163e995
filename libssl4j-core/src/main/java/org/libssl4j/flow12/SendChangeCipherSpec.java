// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.HandshakeMessage;

/** Says that from here on our records are under the new keys, and does it (RFC 5246 §7.1). */
final class SendChangeCipherSpec implements State {
    private final StateName name;
    private final Established12 established;
    private final Then next;

    SendChangeCipherSpec(StateName name, Established12 established, Then next) {
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
        hs.post(HandshakeMessage.CHANGE_CIPHER_SPEC);
        established.installWrite(hs);
        return next.then(hs);
    }
}
