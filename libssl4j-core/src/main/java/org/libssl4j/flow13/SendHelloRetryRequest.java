// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedVersions;

/** Asks for a share of another group (RFC 9846 §4.2.4 [8446 4.1.4]). */
final class SendHelloRetryRequest implements State {
    private final ServerFlow13 flow;
    private final ServerChoice choice;

    SendHelloRetryRequest(ServerFlow13 flow, ServerChoice choice) {
        this.flow = flow;
        this.choice = choice;
    }

    @Override
    public StateName name() {
        return StateName.SW_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.requireBoundary(); // RFC 9846 §5.1: what comes next is the other's turn
        ExtensionBlock extensions = ExtensionBlock.builder()
                .add(new SupportedVersions.Selected(ProtocolVersion.TLS1_3.code()))
                .add(new KeyShare.Retry(choice.group().group().code()))
                .build();
        hs.env().transcript().replaceFirstHello(choice.suite().hash());
        hs.send(ServerHello.retry(choice.hello().sessionId(), choice.suite().code(), extensions)
                .toMessage());
        ServerFlow13.changeCipherSpec(hs, choice);
        return flow.afterHelloRetryRequest(choice);
    }
}
