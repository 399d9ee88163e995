// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.PskSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerKeyExchange;

/** Reads a ServerKeyExchange that has nothing but a hint (RFC 4279 §2), if there is one: the ServerHelloDone in its place is left to the next state. */
final class AwaitPskHint implements State {
    private final ProtocolVersion version;
    private final Next<byte[]> next;

    /** @param next gets null if the server gives no hint */
    AwaitPskHint(ProtocolVersion version, Next<byte[]> next) {
        this.version = version;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CR_KEY_EXCH;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek();
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        if (m.is(HandshakeType.SERVER_HELLO_DONE)) {
            return next.then(hs, null);
        }
        if (!m.is(HandshakeType.SERVER_KEY_EXCHANGE)) {
            throw hs.unexpected(m, "server_key_exchange or server_hello_done");
        }
        byte[] hint = checked(m.parse(ServerKeyExchange.codec(KeyExchangeAlgorithm.PSK, version)));
        hs.commit(m);
        tell(hs.env().negotiated(), hint);
        return next.then(hs, hint);
    }

    /** The hint; null for none. An empty one is none: it is the only way in which the other key exchanges can give none (RFC 5489 §2). */
    static byte[] checked(ServerKeyExchange m) throws TlsException {
        // RFC 4279 §5.3 wants up to 128 bytes to be taken; OpenSSL sets the end.
        if (m.pskHint().length > PskSettings.MAX_IDENTITY) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.DATA_LENGTH_TOO_LONG,
                    "a ServerKeyExchange with a hint of " + m.pskHint().length + " bytes; up to "
                            + PskSettings.MAX_IDENTITY + " allowed");
        }
        return m.pskHint().length == 0 ? null : m.pskHint();
    }

    static void tell(Negotiated n, byte[] hint) {
        if (hint != null) {
            n.pskIdentityHint(hint);
        }
    }
}
