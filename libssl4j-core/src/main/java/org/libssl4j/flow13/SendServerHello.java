// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.SupportedVersions;

/** Sends the ServerHello (RFC 9846 §4.2.3 [8446 4.1.3]). */
final class SendServerHello implements State {
    private final ServerFlow13 flow;
    private final ServerChoice choice;
    private final Secret shared;
    private final byte[] share;

    /** @param share ours; null where the pre-shared key alone counts */
    SendServerHello(ServerFlow13 flow, ServerChoice choice, Secret shared, byte[] share) {
        this.flow = flow;
        this.choice = choice;
        this.shared = shared;
        this.share = share;
    }

    @Override
    public StateName name() {
        return StateName.SW_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        byte[] random = new byte[32];
        hs.env().crypto().random(random);
        ExtensionBlock.Builder extensions =
                ExtensionBlock.builder().add(new SupportedVersions.Selected(ProtocolVersion.TLS1_3.code()));
        if (share != null) {
            extensions.add(new KeyShare.Answer(
                    new KeyShare.Entry(choice.group().group().code(), share)));
        }
        if (choice.psk() != null) {
            extensions.add(new PreSharedKey.Selected(choice.psk().identity()));
            SessionParameters.restore(hs.env(), choice.psk().session());
        }
        hs.send(new ServerHello(
                        ProtocolVersion.TLS1_2.code(),
                        random,
                        choice.hello().sessionId(),
                        choice.suite().code(),
                        0,
                        extensions.build())
                .toMessage());
        hs.env().negotiated().serverRandom(random);
        return flow.afterServerHello(hs, choice, shared);
    }
}
