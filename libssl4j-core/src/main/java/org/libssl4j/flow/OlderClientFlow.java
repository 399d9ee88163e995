// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.negotiate.ClientOffer;

/** Where a client's flow goes on once the server has chosen TLS 1.2 or before: TLS 1.3's does not know them. */
@FunctionalInterface
public interface OlderClientFlow {
    /**
     * The next state.
     *
     * @param m the ServerHello as it came, not yet taken from the carrier
     */
    State afterServerHello(
            Handshake hs, ClientOffer offer, HandshakeMessage m, ServerHello hello, ProtocolVersion version)
            throws TlsException;
}
