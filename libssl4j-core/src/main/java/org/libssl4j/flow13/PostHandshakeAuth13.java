// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.message.HandshakeMessage;

/** Authentication of the client after the handshake (RFC 9846 §4.7.2 [8446 4.6.2]), as one side sees it. */
@FunctionalInterface
interface PostHandshakeAuth13 {
    /**
     * What a message begins that came after the handshake, and has not been taken yet.
     *
     * @param back the state to come back to
     * @return null if it begins nothing
     */
    State begin(Handshake hs, HandshakeMessage m, Connected13 back) throws TlsException;
}
