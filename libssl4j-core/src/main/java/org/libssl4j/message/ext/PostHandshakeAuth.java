// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The client's word that it may be asked for a certificate after the handshake (RFC 9846 §4.3.6 [8446 4.2.6]). */
public record PostHandshakeAuth() implements Extension {
    /** Reads the body, of which there is none; the block refuses one. */
    public static PostHandshakeAuth read(WireReader in) {
        return new PostHandshakeAuth();
    }

    @Override
    public int type() {
        return ExtensionType.POST_HANDSHAKE_AUTH.code();
    }

    @Override
    public void write(WireWriter out) {}
}
