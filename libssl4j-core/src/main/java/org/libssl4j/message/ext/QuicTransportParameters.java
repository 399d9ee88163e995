// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The parameters of the QUIC connection, which QUIC itself reads (RFC 9001 §8.2). */
public record QuicTransportParameters(byte[] parameters) implements Extension {
    /** Reads the body. */
    public static QuicTransportParameters read(WireReader in) {
        return new QuicTransportParameters(in.rest());
    }

    @Override
    public int type() {
        return ExtensionType.QUIC_TRANSPORT_PARAMETERS.code();
    }

    @Override
    public void write(WireWriter out) {
        out.bytes(parameters);
    }
}
