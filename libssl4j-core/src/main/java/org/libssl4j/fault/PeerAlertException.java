// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.fault;

import org.libssl4j.iana.AlertDescription;

/** The peer ended the connection with an error alert (RFC 9846 §6.2). Nothing is sent in answer. */
public final class PeerAlertException extends TlsException {
    private static final long serialVersionUID = 1L;

    private PeerAlertException(AlertDescription alert, Reason reason, String detail) {
        super(alert, reason, detail);
    }

    /**
     * What the peer sent; a number that we do not know is an error alert like all others (RFC 9846 §6) and shows as {@link AlertDescription#GENERAL_ERROR}.
     *
     * @param code the alert's number on the wire
     * @return the exception, to be thrown
     */
    public static PeerAlertException of(int code) {
        AlertDescription alert = AlertDescription.of(code);
        return alert == null
                ? new PeerAlertException(
                        AlertDescription.GENERAL_ERROR,
                        Reason.UNKNOWN_ALERT_TYPE,
                        "the peer sent an alert of the unknown number " + code)
                : new PeerAlertException(
                        alert, reasonOf(alert), "the peer sent the alert " + alert.longText() + " (" + code + ")");
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
