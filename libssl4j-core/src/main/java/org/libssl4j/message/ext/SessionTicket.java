// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** A ticket of TLS 1.2, or empty: the wish for one (RFC 5077 §3.2). */
public record SessionTicket(byte[] ticket) implements Extension {
    /** Reads the body. */
    public static SessionTicket read(WireReader in) {
        return new SessionTicket(in.rest());
    }

    @Override
    public int type() {
        return ExtensionType.SESSION_TICKET.code();
    }

    @Override
    public void write(WireWriter out) {
        out.bytes(ticket);
    }
}
