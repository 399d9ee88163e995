// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.SecretScope;

/** The services that a state may use: no protocol flags, no setters for other states to read. */
public interface Env {
    /** How the connection is configured: another one once a server's callback for the ClientHello or the server name has changed it, the same at all other times. */
    HandshakeConfig config();

    Crypto crypto();

    Transcript transcript();

    Negotiated negotiated();

    Observer observer();

    /** Owns what must be wiped when the connection ends, by a fault or by being closed; what the handshake alone needs is released and closed when it is complete. */
    SecretScope secrets();

    Role role();
}
