// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.ProtocolVersion;

/** The keys of both directions, of TLS 1.2 and before (RFC 5246 §6.3). Not thread-safe. */
public final class KeyBlock implements AutoCloseable {
    private final Half client;
    private final Half server;

    /** Takes both over. */
    public KeyBlock(Half client, Half server) {
        this.client = client;
        this.server = server;
    }

    /** What the client writes with. */
    public Half client() {
        return client;
    }

    /** What the server writes with. */
    public Half server() {
        return server;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /**
     * The keys of one direction.
     *
     * @param version of the protocol, which tells the form of the records
     * @param encryptThenMac whether the MAC is made over the ciphertext (RFC 7366)
     * @param macKey null with an AEAD
     * @param iv 4 bytes for AES-GCM and AES-CCM, 12 for ChaCha20-Poly1305, a block for CBC in TLS 1.0, none for CBC in later versions
     */
    public record Half(ProtocolVersion version, boolean encryptThenMac, Secret macKey, Secret key, Secret iv)
            implements Keys {
        @Override
        public void close() {
            if (macKey != null) {
                macKey.close();
            }
            key.close();
            if (iv != null) {
                iv.close();
            }
        }
    }
}
