// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.message.ClientKeyExchange;

/** Sends our half of the key exchange (RFC 5246 §7.4.7); with it both sides have the master secret. */
final class SendClientKeyExchange implements State {
    private final ServerAnswer12 answer;
    private final byte[] identity;
    private final KeyExchange.Answer ours;
    private final Next<Established12> next;

    /**
     * @param identity of the pre-shared key; null without one
     * @param ours our public value, or the encrypted premaster secret, or null where a pre-shared key is all; and the premaster secret, which is wiped
     */
    SendClientKeyExchange(ServerAnswer12 answer, byte[] identity, KeyExchange.Answer ours, Next<Established12> next) {
        this.answer = answer;
        this.identity = identity;
        this.ours = ours;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.CW_KEY_EXCH;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.send(new ClientKeyExchange(answer.suite().keyExchange(), identity, ours.share()).toMessage());
        Established12 e = Established12.of(hs, ours.secret(), answer.extendedMasterSecret(), answer.encryptThenMac());
        return next.then(hs, e);
    }
}
