// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** The two bits of SSL_get_shutdown(3), which the user may set, and what was told of them. Not thread-safe. */
final class ShutdownBits {
    private boolean sent;
    private boolean received;
    private boolean told; // shutdown() has returned 0: ours is out
    private boolean notedCloseNotify; // the peer's has set received
    private boolean toldOfEnd; // a call has returned what the peer's close_notify makes it return

    /** A connection that begins is not shut down, whatever was set. */
    void unset() {
        sent = false;
        received = false;
        told = false;
    }

    /** Forgets also what a connection before has told. */
    void clear() {
        unset();
        notedCloseNotify = false;
        toldOfEnd = false;
    }

    /** Sets both (SSL_set_shutdown(3)). */
    void set(boolean sentBit, boolean receivedBit) {
        sent = sentBit;
        told = sentBit;
        received = receivedBit;
    }

    /** Whether our side is shut down. */
    boolean sent() {
        return sent;
    }

    void setSent() {
        sent = true;
    }

    /**
     * Whether the peer's side is shut down.
     *
     * @param closeNotifyCame whether its close_notify came, which counts once: a user may have set the bit back since
     */
    boolean received(boolean closeNotifyCame) {
        if (!notedCloseNotify && closeNotifyCame) {
            notedCloseNotify = true;
            received = true;
        }
        return received;
    }

    void setReceived() {
        received = true;
    }

    /** Whether this is the first time that it is told that ours is out. */
    boolean tell() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** Whether a call has returned what the end of the peer's data makes it return. */
    boolean toldOfEnd() {
        return toldOfEnd;
    }

    void tellOfEnd() {
        toldOfEnd = true;
    }
}
