// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.Exporter13;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.keyschedule.KeyLog;

/** Both stages of keys between the server's Finished and the end of the handshake, when one side reads and the other still writes under the older ones (RFC 9846 §7.1, §7.3). */
record Established13(CipherSuite suite, HandshakeKeys handshakeKeys, ApplicationKeys applicationKeys) {
    /** The transcript ends with the server's Finished. */
    static Established13 atServerFinished(Handshake hs, HandshakeKeys keys) {
        ApplicationKeys application =
                hs.env().secrets().own(keys.application(hs.env().transcript().hash()));
        hs.logSecret(KeyLog.CLIENT_TRAFFIC, application.client().secret());
        hs.logSecret(KeyLog.SERVER_TRAFFIC, application.server().secret());
        hs.logSecret(KeyLog.EXPORTER, application.exporter());
        CipherSuite suite = hs.env().negotiated().suite();
        hs.env().negotiated().exporter(new Exporter13(hs.env().crypto(), suite.hash(), application.exporter()));
        return new Established13(suite, keys, application);
    }

    void installRead(Handshake hs) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        hs.install(
                Epoch.APPLICATION, Direction.READ, suite, client ? applicationKeys.server() : applicationKeys.client());
    }

    void installWrite(Handshake hs) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        hs.install(
                Epoch.APPLICATION,
                Direction.WRITE,
                suite,
                client ? applicationKeys.client() : applicationKeys.server());
    }

    /** The transcript ends with the client's Finished: what the handshake alone needed is wiped. */
    ApplicationKeys complete(Handshake hs) {
        applicationKeys.resumption(hs.env().transcript().hash());
        hs.env().secrets().release(handshakeKeys).close();
        hs.env().negotiated().completed();
        return applicationKeys;
    }
}
