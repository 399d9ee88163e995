// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.fault;

import org.libssl4j.iana.AlertDescription;

/** The peer ended the connection with an error alert (RFC 9846 §6.2). Nothing is sent in answer. */
public final class PeerAlertException extends TlsException {
    private static final long serialVersionUID = 1L;

    /** @param alert what the peer sent */
    public PeerAlertException(AlertDescription alert) {
        super(alert, reasonOf(alert), "the peer sent the alert " + alert.longText() + " (" + alert.code() + ")");
    }

    // OpenSSL numbers the reasons for received alerts 1000 + the alert's code (SSL_AD_REASON_OFFSET).
    private static Reason reasonOf(AlertDescription alert) {
        for (Reason r : Reason.values()) {
            if (r.code() == 1000 + alert.code()) {
                return r;
            }
        }
        return Reason.UNKNOWN_ALERT_TYPE;
    }
}
