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
import org.libssl4j.keyschedule.MasterSecret;
import org.libssl4j.message.Finished;
import org.libssl4j.message.HandshakeMessage;

/** Checks the peer's Finished (RFC 5246 §7.4.9). */
final class AwaitFinished12 implements State {
    private final StateName name;
    private final Established12 established;
    private final Then next;

    AwaitFinished12(StateName name, Established12 established, Then next) {
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
        HandshakeMessage m = hs.peek(HandshakeType.FINISHED);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        byte[] verifyData = m.parse(Finished::read).verifyData();
        // RFC 5246 §7.2.2, §7.4.9: what does not fit, also by its length, is a decrypt_error.
        if (!established.matches(hs, hs.env().role().peer(), verifyData)) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.DIGEST_CHECK_FAILED,
                    "a Finished of " + verifyData.length + " bytes; " + MasterSecret.VERIFY_DATA
                            + " allowed, which fit the messages that we have seen");
        }
        hs.commit(m);
        hs.requireBoundary(); // RFC 5246 §7.3: it ends the handshake, and nothing of another is begun with it
        hs.env().negotiated().peerFinished(verifyData);
        return next.then(hs);
    }
}
