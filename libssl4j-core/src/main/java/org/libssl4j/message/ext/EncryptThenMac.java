// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** Turns the order of MAC and cipher about in TLS 1.2's CBC suites (RFC 7366 §2). */
public record EncryptThenMac() implements Extension {
    /** Reads the body, of which there is none; the block refuses one. */
    public static EncryptThenMac read(WireReader in) {
        return new EncryptThenMac();
    }

    @Override
    public int type() {
        return ExtensionType.ENCRYPT_THEN_MAC.code();
    }

    @Override
    public void write(WireWriter out) {}
}
