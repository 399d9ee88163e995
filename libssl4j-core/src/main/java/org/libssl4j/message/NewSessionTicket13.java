// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * A ticket for resumption, in TLS 1.3 (RFC 9846 §4.7.1 [8446 4.6.1]).
 *
 * @param lifetime seconds, as the server says
 * @param ageAdd what is added to the ticket's age to hide it
 * @param nonce what tells the tickets of one connection apart
 */
public record NewSessionTicket13(long lifetime, long ageAdd, byte[] nonce, byte[] ticket, ExtensionBlock extensions) {

    /** Reads the body. */
    public static NewSessionTicket13 read(WireReader in) throws DecodeException, TlsException {
        long lifetime = in.u32();
        long ageAdd = in.u32();
        byte[] nonce = in.opaque8(0, 0xff, "ticket_nonce");
        byte[] ticket = in.opaque16(1, 0xffff, "ticket");
        return new NewSessionTicket13(
                lifetime, ageAdd, nonce, ticket, ExtensionBlock.read(in, Place.NEW_SESSION_TICKET));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.NEW_SESSION_TICKET, this::write);
    }

    private void write(WireWriter out) {
        out.u32(lifetime).u32(ageAdd).opaque8(nonce).opaque16(ticket);
        extensions.write(out);
    }
}
