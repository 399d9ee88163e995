// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;

/** Reads a KeyUpdate of the peer's (RFC 9846 §4.7.3 [8446 4.6.3]). */
final class AwaitKeyUpdate implements State {
    private final StateName name;
    private final KeyUpdates updates;
    private final Connected13 connected;

    AwaitKeyUpdate(Role role, KeyUpdates updates, Connected13 connected) {
        this.name = role == Role.CLIENT ? StateName.CR_KEY_UPDATE : StateName.SR_KEY_UPDATE;
        this.updates = updates;
        this.connected = connected;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.KEY_UPDATE);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        KeyUpdate update = m.parse(KeyUpdate::read);
        hs.take(m);
        updates.read(hs);
        // RFC 9846 §4.7.3: a request is answered before more application data goes out, with an update that asks for
        // none; several that come while we are silent get one answer, so that a flood of them piles nothing up.
        if (update.updateRequested() && hs.wish() == Wish.NOTHING) {
            hs.wish(Wish.KEY_UPDATE_BEFORE_DATA);
        }
        return hs.park(Want.NOTHING, connected);
    }
}
