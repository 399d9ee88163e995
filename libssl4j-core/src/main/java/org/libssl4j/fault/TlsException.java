// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.fault;

import org.libssl4j.iana.AlertDescription;

/**
 * A connection's end through a fault: the alert that answers it, the reason by OpenSSL's name, and what came against what was allowed. Thrown where the fault is found; the alert is sent in one place, by the handshake's driver.
 */
public sealed class TlsException extends Exception permits PeerAlertException {
    private static final long serialVersionUID = 1L;

    private final AlertDescription alert;
    private final Reason reason;

    /**
     * @param alert what the peer is told
     * @param reason what the user is told, by OpenSSL's name
     * @param detail what came and what was allowed
     */
    public TlsException(AlertDescription alert, Reason reason, String detail) {
        this(alert, reason, detail, null);
    }

    /**
     * @param alert what the peer is told
     * @param reason what the user is told, by OpenSSL's name
     * @param detail what came and what was allowed
     * @param cause what led here, or null
     */
    public TlsException(AlertDescription alert, Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.alert = alert;
        this.reason = reason;
    }

    /** The alert that answers this fault. */
    public final AlertDescription alert() {
        return alert;
    }

    /** The reason, by OpenSSL's name. */
    public final Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return reason.text() + ": " + super.getMessage();
    }
}
