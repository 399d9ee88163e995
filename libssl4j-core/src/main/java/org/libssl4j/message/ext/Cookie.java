// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** What a server has the client bring back with its second ClientHello (RFC 9846 §4.3.2 [8446 4.2.2]). */
public record Cookie(byte[] cookie) implements Extension {
    /** Reads the body. */
    public static Cookie read(WireReader in) throws DecodeException {
        return new Cookie(in.opaque16(1, 0xffff, "cookie"));
    }

    @Override
    public int type() {
        return ExtensionType.COOKIE.code();
    }

    @Override
    public void write(WireWriter out) {
        out.opaque16(cookie);
    }
}
