// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The sender goes on to its next keys (RFC 9846 §4.7.3 [8446 4.6.3]).
 *
 * @param updateRequested whether the receiver is to do the same
 */
public record KeyUpdate(boolean updateRequested) {

    /** Reads the body. */
    public static KeyUpdate read(WireReader in) throws DecodeException, TlsException {
        int request = in.u8();
        // RFC 9846 §4.7.3 [8446 4.6.3]: nothing but the two values.
        if (request > 1) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_KEY_UPDATE,
                    "key_update: request_update " + request + "; 0 or 1 allowed");
        }
        return new KeyUpdate(request == 1);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.KEY_UPDATE, this::write);
    }

    private void write(WireWriter out) {
        out.u8(updateRequested ? 1 : 0);
    }
}
