// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Then;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.negotiate.SignatureChoice;

/** Sends our certificates (RFC 9846 §4.5.1 [8446 4.4.2]). */
final class SendCertificate implements State {
    private final StateName name;
    private final byte[] context;
    private final SignatureChoice choice;
    private final Then next;

    /** @param choice null for a client that has none to show, which says so with an empty list */
    SendCertificate(StateName name, byte[] context, SignatureChoice choice, Then next) {
        this.name = name;
        this.context = context;
        this.choice = choice;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.send(message(context, choice));
        return next.then(hs);
    }

    /** The message; with an empty list where there is no certificate to show. */
    static HandshakeMessage message(byte[] context, SignatureChoice choice) {
        List<Certificate13.Entry> entries = choice == null
                ? List.of()
                : choice.credential().chain().stream()
                        .map(c -> new Certificate13.Entry(c.der(), ExtensionBlock.EMPTY))
                        .toList();
        return new Certificate13(context, entries).toMessage();
    }
}
