// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.KeyUpdate;

/** Both directions' steps from one application traffic secret to the next (RFC 9846 §4.7.3 [8446 4.6.3], §7.2). Not thread-safe. */
final class KeyUpdates {
    private final ApplicationKeys keys;

    KeyUpdates(ApplicationKeys keys) {
        this.keys = keys;
    }

    /** What the peer sends from here on is under its next secret. */
    void read(Handshake hs) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        hs.install(Epoch.APPLICATION, Direction.READ, suite(hs), client ? keys.updateServer() : keys.updateClient());
    }

    /** Says that what we send from here on is under our next secret. */
    void write(Handshake hs, boolean updateRequested) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        hs.post(new KeyUpdate(updateRequested).toMessage());
        hs.install(Epoch.APPLICATION, Direction.WRITE, suite(hs), client ? keys.updateClient() : keys.updateServer());
    }

    private static CipherSuite suite(Handshake hs) {
        return hs.env().negotiated().suite();
    }
}
