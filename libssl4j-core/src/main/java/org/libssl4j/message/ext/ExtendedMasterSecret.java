// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** Binds TLS 1.2's master secret to the handshake (RFC 7627 §5.1). */
public record ExtendedMasterSecret() implements Extension {
    /** Reads the body, of which there is none; the block refuses one. */
    public static ExtendedMasterSecret read(WireReader in) {
        return new ExtendedMasterSecret();
    }

    @Override
    public int type() {
        return ExtensionType.EXTENDED_MASTER_SECRET.code();
    }

    @Override
    public void write(WireWriter out) {}
}
