// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** Zeros that bring a ClientHello to some length (RFC 7685 §3). What a peer pads with is not looked at. */
public record Padding(int length) implements Extension {
    /** Reads the body. */
    public static Padding read(WireReader in) {
        return new Padding(in.rest().length);
    }

    @Override
    public int type() {
        return ExtensionType.PADDING.code();
    }

    @Override
    public void write(WireWriter out) {
        out.bytes(new byte[length]);
    }
}
