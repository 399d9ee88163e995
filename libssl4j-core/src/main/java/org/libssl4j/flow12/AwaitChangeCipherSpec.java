// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;

/** Reads the peer's change_cipher_spec: what comes behind it is under the new keys (RFC 5246 §7.1). */
final class AwaitChangeCipherSpec implements State {
    private final StateName name;
    private final Established12 established;
    private final Then next;

    AwaitChangeCipherSpec(StateName name, Established12 established, Then next) {
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
        HandshakeMessage m = hs.peek();
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        // RFC 5246 §7.4.9: a Finished that no change_cipher_spec went before is fatal.
        if (m.is(HandshakeType.FINISHED)) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.GOT_A_FIN_BEFORE_A_CCS,
                    "a Finished that no change_cipher_spec went before");
        }
        if (m != HandshakeMessage.CHANGE_CIPHER_SPEC) {
            throw hs.unexpected(m, "change_cipher_spec");
        }
        hs.take(m);
        established.installRead(hs);
        return next.then(hs);
    }
}
