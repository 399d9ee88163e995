// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.SessionState;

/**
 * What a server has chosen in its ServerHello, as far as it bears on what follows (RFC 5246 §7.4.1.3).
 *
 * @param extendedMasterSecret whether the master secret is bound to the handshake (RFC 7627)
 * @param encryptThenMac whether records with CBC are encrypted first (RFC 7366)
 * @param ticket whether a NewSessionTicket is to come (RFC 5077 §3.2)
 * @param sessionId by which the session can be resumed; empty for none
 * @param resumed the session that is resumed; null in a full handshake
 */
record ServerAnswer12(
        CipherSuite suite,
        ProtocolVersion version,
        boolean extendedMasterSecret,
        boolean encryptThenMac,
        boolean ticket,
        byte[] sessionId,
        SessionState resumed) {}
