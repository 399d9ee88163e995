// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.fault.TlsException;

/** One point of a handshake. Does one thing: reads one message, sends one, or acts locally. May be run again after a wait, and changes nothing before it commits. */
public interface State {
    StateName name();

    /** Does it; returns the next state, or {@code hs.park(want, this)}. */
    State run(Handshake hs) throws TlsException;
}
