// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.WireReader;

/** The client's word that no early data follows; has no body (RFC 9846 §4.6 [8446 4.5]). */
public record EndOfEarlyData() {

    /** Reads the body, of which there is none; {@link HandshakeMessage#parse} refuses one. */
    public static EndOfEarlyData read(WireReader in) {
        return new EndOfEarlyData();
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.END_OF_EARLY_DATA, out -> {});
    }
}
