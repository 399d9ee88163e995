// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

/** What an application asks a complete handshake to do of itself. */
public enum Wish {
    /** Nothing. */
    NOTHING,
    /** To go on to the next keys for writing (RFC 9846 §4.7.3 [8446 4.6.3]). */
    KEY_UPDATE,
    /** As {@link #KEY_UPDATE}, and to ask the peer to do the same. */
    KEY_UPDATE_OF_BOTH,
    /** As {@link #KEY_UPDATE}, because the peer has asked for it; before the next application data, and not sooner: a peer that asks several times while we are silent gets one answer. */
    KEY_UPDATE_BEFORE_DATA,
    /** Another handshake on the same connection (RFC 5246 §7.4.1.1); a server asks for it. */
    RENEGOTIATION;

    /** Whether it is to be done with the next step, whatever that is. */
    public boolean now() {
        return this == KEY_UPDATE || this == KEY_UPDATE_OF_BOTH || this == RENEGOTIATION;
    }
}
