// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The MAC over the whole handshake (RFC 9846 §4.5.3 [8446 4.4.4]). Its length depends on the cipher suite and is checked by who knows that.
 *
 * @param verifyData the whole body
 */
public record Finished(byte[] verifyData) {

    /** Reads the body. */
    public static Finished read(WireReader in) {
        return new Finished(in.rest());
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.FINISHED, this::write);
    }

    private void write(WireWriter out) {
        out.bytes(verifyData);
    }
}
