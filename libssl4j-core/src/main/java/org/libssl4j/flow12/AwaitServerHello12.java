// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.negotiate.ClientOffer;

/** Reads the ServerHello of a renegotiation (RFC 5246 §7.4.1.3), whose version is that of the connection. */
final class AwaitServerHello12 implements State {
    private final ClientFlow12 flow;
    private final ClientOffer offer;
    private final ProtocolVersion version;

    AwaitServerHello12(ClientFlow12 flow, ClientOffer offer, ProtocolVersion version) {
        this.flow = flow;
        this.offer = offer;
        this.version = version;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeMessage m = hs.peek(HandshakeType.SERVER_HELLO);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        ServerHello hello = m.parse(ServerHello::read);
        // RFC 5246 §7.4.1.3 leaves it open; as OpenSSL and BoringSSL have it, the version is the connection's.
        if (hello.legacyVersion() != version.code()) {
            throw new TlsException(
                    AlertDescription.PROTOCOL_VERSION,
                    Reason.WRONG_SSL_VERSION,
                    String.format(
                            "a ServerHello of version 0x%04x in a renegotiation of %s",
                            hello.legacyVersion(), version.text()));
        }
        return flow.afterServerHello(hs, offer, m, hello, version);
    }
}
