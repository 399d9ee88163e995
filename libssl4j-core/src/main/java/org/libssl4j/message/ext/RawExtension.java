// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.wire.WireWriter;

/** An extension as bytes: one that we do not know, or that was kept as it came. */
public record RawExtension(int type, byte[] body) implements Extension {
    @Override
    public void write(WireWriter out) {
        out.bytes(body);
    }
}
