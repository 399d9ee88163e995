// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.SecretScope;

/** The services of another handshake on the same connection: what it agrees on is kept apart from what the one before has. */
record RenewedEnv(Env first, Negotiated negotiated) implements Env {
    @Override
    public HandshakeConfig config() {
        return first.config();
    }

    @Override
    public Crypto crypto() {
        return first.crypto();
    }

    @Override
    public Transcript transcript() {
        return first.transcript();
    }

    @Override
    public Observer observer() {
        return first.observer();
    }

    @Override
    public SecretScope secrets() {
        return first.secrets();
    }

    @Override
    public Role role() {
        return first.role();
    }
}
