// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Pending;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.negotiate.SignatureChoice;

/** Signs with our key, on this thread or on the one that {@code HandshakeConfig.offload} lends, and sends the message that carries the signature. */
public final class SignAndSend implements State {
    /** Puts a signature into its message. */
    @FunctionalInterface
    public interface Frame {
        HandshakeMessage with(byte[] signature);
    }

    private final StateName name;
    private final SignatureChoice choice;
    private final byte[] input;
    private final Frame frame;
    private final Next<SignatureChoice> next;
    private Pending<byte[]> pending;

    public SignAndSend(StateName name, SignatureChoice choice, byte[] input, Frame frame, Next<SignatureChoice> next) {
        this.name = name;
        this.choice = choice;
        this.input = input;
        this.frame = frame;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (pending == null) {
            Crypto crypto = hs.env().crypto();
            pending = Pending.start(
                    hs.env().config().offload(),
                    () -> crypto.sign(choice.credential().key(), choice.scheme(), input));
        }
        if (!pending.isDone()) {
            return hs.park(Want.ASYNC, this);
        }
        hs.send(frame.with(pending.result()));
        hs.env().negotiated().ownSignature(choice.scheme());
        return next.then(hs, choice);
    }
}
