// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.Certificate12;
import org.libssl4j.negotiate.SignatureChoice;

/** Sends our certificates (RFC 5246 §7.4.2, §7.4.6). */
final class SendCertificate12 implements State {
    private final StateName name;
    private final SignatureChoice choice;
    private final Then next;

    /** @param choice null for a client that has none to show, which says so with an empty list */
    SendCertificate12(StateName name, SignatureChoice choice, Then next) {
        this.name = name;
        this.choice = choice;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        List<byte[]> chain = choice == null
                ? List.of()
                : choice.credential().chain().stream()
                        .map(EncodedCertificate::der)
                        .toList();
        hs.send(new Certificate12(chain).toMessage());
        return next.then(hs);
    }
}
