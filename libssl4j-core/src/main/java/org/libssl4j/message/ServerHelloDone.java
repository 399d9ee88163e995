// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.WireReader;

/** The end of the server's first flight, in TLS 1.2 and before (RFC 5246 §7.4.5). */
public record ServerHelloDone() {

    /** Reads the body, which is empty. */
    public static ServerHelloDone read(WireReader in) {
        return new ServerHelloDone();
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.SERVER_HELLO_DONE, out -> {});
    }
}
