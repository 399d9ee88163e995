// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.SuiteChoice12;

/**
 * What a server has made of a ClientHello (RFC 5246 §7.4.1.3).
 *
 * @param alpn the application protocol; null for none
 * @param extendedMasterSecret whether the master secret is bound to the handshake (RFC 7627)
 * @param encryptThenMac whether records with CBC are (RFC 7366)
 * @param session what is said of sessions
 */
record ServerChoice12(
        AcceptedHello accepted,
        ProtocolVersion version,
        SuiteChoice12 choice,
        String alpn,
        boolean extendedMasterSecret,
        boolean encryptThenMac,
        SessionAnswer12 session) {
    ServerChoice12 withAlpn(String a) {
        return new ServerChoice12(accepted, version, choice, a, extendedMasterSecret, encryptThenMac, session);
    }

    ClientHello hello() {
        return accepted.hello();
    }
}
