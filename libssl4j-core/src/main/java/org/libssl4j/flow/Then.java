// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;

/** What follows a state that hands on nothing. */
@FunctionalInterface
public interface Then {
    State then(Handshake hs) throws TlsException;
}
