// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.WireReader;

/** The server's wish for another handshake, in TLS 1.2 and before (RFC 5246 §7.4.1.1). Not part of the transcript. */
public record HelloRequest() {

    /** Reads the body, which is empty. */
    public static HelloRequest read(WireReader in) {
        return new HelloRequest();
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.HELLO_REQUEST, out -> {});
    }
}
