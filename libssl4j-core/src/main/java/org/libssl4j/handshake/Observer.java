// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.crypto.Secret;
import org.libssl4j.keyschedule.Epoch;

/** Who looks on: message, info and key log callbacks. What it does cannot change the handshake. */
public interface Observer {
    /**
     * A protocol message went by (SSL_CTX_set_msg_callback(3)).
     *
     * @param sent whether it was ours
     * @param contentType the record's content type (RFC 9846 §5.1), or 256 for a record header, or 257 for the content type inside a protected record
     * @param epoch whose keys protect it
     */
    void message(boolean sent, int contentType, Epoch epoch, byte[] bytes, int off, int len);

    /** The handshake goes from a state that it has reached to the next, which may have to wait for its message. */
    void stateChanged(StateName from, StateName to);

    /** An alert went by. */
    void alert(boolean sent, int level, int description);

    /** A secret for the key log (RFC 9850); its bytes are read at once. */
    void secret(String label, byte[] clientRandom, Secret secret);

    /** Looks at nothing. */
    Observer NONE = new Observer() {
        @Override
        public void message(boolean sent, int contentType, Epoch epoch, byte[] bytes, int off, int len) {}

        @Override
        public void stateChanged(StateName from, StateName to) {}

        @Override
        public void alert(boolean sent, int level, int description) {}

        @Override
        public void secret(String label, byte[] clientRandom, Secret secret) {}
    };
}
