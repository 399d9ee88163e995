// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

/** What an application asks a complete handshake to do of itself. */
public enum Wish {
    /** Nothing. */
    NOTHING,
    /** To go on to the next keys for writing (RFC 9846 §4.7.3 [8446 4.6.3]). */
    KEY_UPDATE,
    /** As {@link #KEY_UPDATE}, and to ask the peer to do the same. */
    KEY_UPDATE_OF_BOTH
}
