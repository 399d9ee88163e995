// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.PskSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.message.HandshakeMessage;

/** Reads the client's half of the key exchange (RFC 5246 §7.4.7). */
final class AwaitClientKeyExchange implements State {
    private final KeyExchangeAlgorithm keyExchange;
    private final Next<ClientKeyExchange> next;

    AwaitClientKeyExchange(KeyExchangeAlgorithm keyExchange, Next<ClientKeyExchange> next) {
        this.keyExchange = keyExchange;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SR_KEY_EXCH;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.CLIENT_KEY_EXCHANGE);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        ClientKeyExchange exchange = m.parse(ClientKeyExchange.codec(keyExchange));
        byte[] identity = exchange.pskIdentity();
        // RFC 4279 §5.3 wants up to 128 bytes to be taken; OpenSSL sets the end.
        if (identity != null && identity.length > PskSettings.MAX_IDENTITY) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.DATA_LENGTH_TOO_LONG,
                    "a ClientKeyExchange with an identity of " + identity.length + " bytes; up to "
                            + PskSettings.MAX_IDENTITY + " allowed");
        }
        hs.commit(m);
        if (identity != null) {
            hs.env().negotiated().pskIdentity(identity);
        }
        return next.then(hs, exchange);
    }
}
