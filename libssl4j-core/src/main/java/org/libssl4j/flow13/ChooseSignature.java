// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.negotiate.SignatureChoice;

/** Chooses the certificate that a server shows and how its key signs (RFC 9846 §4.3.3 [8446 4.2.3], §4.5.1.2). */
final class ChooseSignature implements State {
    private final ServerFlow13 flow;
    private final ServerChoice choice;

    ChooseSignature(ServerFlow13 flow, ServerChoice choice) {
        this.flow = flow;
        this.choice = choice;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        HandshakeConfig config = hs.env().config();
        SignatureAlgorithms schemes =
                choice.hello().extensions().get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        SignatureChoice signature =
                SignatureChoice.forServer(config.credentials(), config.signatures(), schemes.schemes());
        return flow.afterSignature(choice.with(signature));
    }
}
