// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.time.Instant;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.FragmentLength;

/**
 * What a client keeps of a connection to resume it (RFC 9846 §4.7.1 [8446 4.6.1]).
 *
 * @param psk the pre-shared key of this ticket
 * @param lifetime seconds
 * @param ageAdd what obscures the ticket's age
 * @param maxEarlyData bytes of early data that the server takes; 0 for none
 * @param maxFragment what max_fragment_length had come to
 */
public record SessionState(
        ProtocolVersion version,
        CipherSuite suite,
        Secret psk,
        byte[] ticket,
        long lifetime,
        long ageAdd,
        long maxEarlyData,
        String serverName,
        String alpn,
        FragmentLength maxFragment,
        Instant received) {
    @Override
    public String toString() {
        return "session of " + version.text() + ", " + suite + ", ticket of " + ticket.length + " bytes, received "
                + received;
    }
}
