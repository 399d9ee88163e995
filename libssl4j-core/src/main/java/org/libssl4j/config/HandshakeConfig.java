// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.concurrent.Executor;

/**
 * All that a handshake is configured with, as one immutable snapshot: a setter of the faces makes a new one, and a connection keeps the one it began with.
 *
 * @param offload does signatures and key agreements; null to do them on the thread that drives the handshake
 */
public record HandshakeConfig(
        Versions versions,
        CipherList ciphers,
        GroupList groups,
        SignatureList signatures,
        Credentials credentials,
        Verification verification,
        ExtensionSettings extensions,
        Limits limits,
        Callbacks callbacks,
        Executor offload) {
    public HandshakeConfig with(Versions v) {
        return new HandshakeConfig(
                v, ciphers, groups, signatures, credentials, verification, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(CipherList c) {
        return new HandshakeConfig(
                versions, c, groups, signatures, credentials, verification, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(GroupList g) {
        return new HandshakeConfig(
                versions, ciphers, g, signatures, credentials, verification, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(SignatureList s) {
        return new HandshakeConfig(
                versions, ciphers, groups, s, credentials, verification, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(Credentials c) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, c, verification, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(Verification v) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, credentials, v, extensions, limits, callbacks, offload);
    }

    public HandshakeConfig with(ExtensionSettings e) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, credentials, verification, e, limits, callbacks, offload);
    }

    public HandshakeConfig with(Limits l) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, credentials, verification, extensions, l, callbacks, offload);
    }

    public HandshakeConfig with(Callbacks c) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, credentials, verification, extensions, limits, c, offload);
    }

    public HandshakeConfig with(Executor o) {
        return new HandshakeConfig(
                versions, ciphers, groups, signatures, credentials, verification, extensions, limits, callbacks, o);
    }
}
