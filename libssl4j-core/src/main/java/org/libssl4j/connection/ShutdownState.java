// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.connection;

import org.libssl4j.handshake.Carrier;
import org.libssl4j.iana.AlertDescription;

/** Our half of a connection's end (RFC 9846 §6.1): close_notify goes out once. Not thread-safe. */
final class ShutdownState {
    private final Carrier carrier;
    private boolean sent;

    ShutdownState(Carrier carrier) {
        this.carrier = carrier;
    }

    void closeNotify() {
        if (!sent) {
            sent = true;
            carrier.alert(AlertDescription.CLOSE_NOTIFY);
        }
    }

    boolean sent() {
        return sent;
    }
}
