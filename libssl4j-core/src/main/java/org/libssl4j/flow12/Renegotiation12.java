// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;

/** What becomes of the peer's wish for another handshake on the same connection (RFC 5246 §7.2.2, §7.4.1.1; RFC 5746). */
final class Renegotiation12 {
    /** A wish is refused with a warning; this many in a row are a flood. */
    private static final int MOST_REFUSED = 5;

    /** A message has come after the handshake. */
    State wished(Handshake hs, HandshakeMessage m, State back) throws TlsException {
        HandshakeType wish = hs.env().role() == Role.CLIENT ? HandshakeType.HELLO_REQUEST : HandshakeType.CLIENT_HELLO;
        if (!m.is(wish)) {
            throw hs.unexpected(m, wish.name().toLowerCase(java.util.Locale.ROOT));
        }
        if (m.is(HandshakeType.HELLO_REQUEST)) {
            m.parse(HelloRequest::read);
        }
        if (hs.countRequest() > MOST_REFUSED) {
            throw new TlsException(
                    AlertDescription.NO_RENEGOTIATION,
                    Reason.NO_RENEGOTIATION,
                    "a wish for renegotiation, which is not allowed, after " + MOST_REFUSED
                            + " that were refused without application data between");
        }
        hs.take(m);
        // RFC 5246 §7.2.2: who does not want to answers with this warning, and the connection goes on.
        hs.refuseRenegotiation();
        return back;
    }
}
