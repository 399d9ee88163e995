// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.FinishedMac;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;

/** Checks the peer's Finished (RFC 9846 §4.5.3 [8446 4.4.4]). */
final class AwaitFinished implements State {
    private final StateName name;
    private final FinishedMac mac;
    private final Then next;

    /** @param mac over the peer's handshake traffic secret */
    AwaitFinished(StateName name, FinishedMac mac, Then next) {
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
        HandshakeMessage m = hs.peek(HandshakeType.FINISHED);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        byte[] verifyData = m.parse(Finished::read).verifyData();
        // RFC 9846 §4.5.3: wrong verify_data, also of a wrong length, is a decrypt_error.
        if (verifyData.length != mac.length()
                || !mac.matches(hs.env().transcript().hash(), verifyData)) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.DIGEST_CHECK_FAILED,
                    "a Finished of " + verifyData.length + " bytes; " + mac.length()
                            + " allowed, which fit the messages that we have seen");
        }
        hs.commit(m);
        hs.env().negotiated().peerFinished(verifyData);
        return next.then(hs);
    }
}
