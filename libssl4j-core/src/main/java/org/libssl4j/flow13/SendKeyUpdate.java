// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;

/** Sends a KeyUpdate (RFC 9846 §4.7.3 [8446 4.6.3]); what follows it is under the next keys. */
final class SendKeyUpdate implements State {
    private final StateName name;
    private final KeyUpdates updates;
    private final boolean updateRequested;
    private final State back;

    /** @param back what stood before, which may wait for something in the midst of a late authentication */
    SendKeyUpdate(Role role, KeyUpdates updates, boolean updateRequested, State back) {
        this.name = role == Role.CLIENT ? StateName.CW_KEY_UPDATE : StateName.SW_KEY_UPDATE;
        this.updates = updates;
        this.updateRequested = updateRequested;
        this.back = back;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        updates.write(hs, updateRequested);
        return back.name() == StateName.OK ? hs.park(Want.NOTHING, back) : back; // what waits says anew for what
    }
}
