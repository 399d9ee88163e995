// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** Binds a renegotiation of TLS 1.2 to the handshake before it (RFC 5746 §3.2). */
public record RenegotiationInfo(byte[] renegotiatedConnection) implements Extension {
    /** Reads the body. */
    public static RenegotiationInfo read(WireReader in) throws DecodeException {
        return new RenegotiationInfo(in.opaque8(0, 0xff, "renegotiated_connection"));
    }

    @Override
    public int type() {
        return ExtensionType.RENEGOTIATION_INFO.code();
    }

    @Override
    public void write(WireWriter out) {
        out.opaque8(renegotiatedConnection);
    }
}
