// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.CertificateRequest13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.SignatureAlgorithms;

/** Asks the client for a certificate (RFC 9846 §4.4.2 [8446 4.3.2]). Hands on the numbers of the extensions that a Certificate may answer. */
final class SendCertificateRequest implements State {
    private final Next<int[]> next;

    SendCertificateRequest(Next<int[]> next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SW_CERT_REQ;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        ExtensionBlock extensions = ExtensionBlock.builder()
                .add(new SignatureAlgorithms(hs.env().config().signatures().codes()))
                .build();
        hs.send(new CertificateRequest13(new byte[0], extensions).toMessage());
        return next.then(hs, extensions.types());
    }
}
