// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.iana.ProtocolVersion;

/** Where a server's flow goes on once TLS 1.2 or before is chosen: TLS 1.3's does not know them. */
@FunctionalInterface
public interface OlderServerFlow {
    /**
     * The next state.
     *
     * @param accepted the ClientHello, which is part of the transcript already
     */
    State afterVersion(Handshake hs, AcceptedHello accepted, ProtocolVersion version) throws TlsException;
}
