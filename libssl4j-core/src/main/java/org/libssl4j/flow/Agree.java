// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.util.function.Consumer;
import org.libssl4j.crypto.Pending;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;

/** Computes the shared secret of a key exchange (RFC 9846 §7.4), on this thread or on the one that {@code HandshakeConfig.offload} lends. */
public final class Agree<T> implements State {
    private final StateName name;
    private final Pending.Work<T> work;
    private final Consumer<T> wipe;
    private final Next<T> next;
    private Pending<T> pending;
    private AutoCloseable late; // wipes what comes when the connection is over

    /** @param wipe what becomes of a secret that nobody waits for any more */
    public Agree(StateName name, Pending.Work<T> work, Consumer<T> wipe, Next<T> next) {
        this.name = name;
        this.work = work;
        this.wipe = wipe;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (pending == null) {
            pending = Pending.start(hs.env().config().offload(), work);
            late = hs.env().secrets().own(() -> pending.whenDone(wipe));
        }
        if (!pending.isDone()) {
            return hs.park(Want.ASYNC, this);
        }
        hs.env().secrets().release(late);
        return next.then(hs, pending.result());
    }
}
