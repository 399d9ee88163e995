// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * A ticket for resumption, in TLS 1.2 and before (RFC 5077 §3.3).
 *
 * @param lifetimeHint seconds; 0 where the server does not say
 * @param ticket empty where the server has changed its mind
 */
public record NewSessionTicket12(long lifetimeHint, byte[] ticket) {

    /** Reads the body. */
    public static NewSessionTicket12 read(WireReader in) throws DecodeException {
        long lifetimeHint = in.u32();
        return new NewSessionTicket12(lifetimeHint, in.opaque16(0, 0xffff, "ticket"));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.NEW_SESSION_TICKET, this::write);
    }

    private void write(WireWriter out) {
        out.u32(lifetimeHint).opaque16(ticket);
    }
}
