// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** Alerts on the wire: two bytes, level and description (RFC 9846 §6). */
final class AlertCodec {
    /** Bytes of an alert. */
    static final int SIZE = 2;

    static final int WARNING = 1;
    static final int FATAL = 2;

    private AlertCodec() {}

    /** The level that an alert is sent with. */
    static int level(AlertDescription alert) {
        // RFC 9846 §6.1, §6.2: the two closure alerts are warnings, all others fatal; RFC 5246 §7.2.2: in TLS 1.2
        // no_renegotiation is always a warning.
        return isClosure(alert.code()) || alert == AlertDescription.NO_RENEGOTIATION ? WARNING : FATAL;
    }

    static void write(AlertDescription alert, byte[] b, int off) {
        b[off] = (byte) level(alert);
        b[off + 1] = (byte) alert.code();
    }

    /** Refuses content that is not one alert. */
    static void checkLength(int length) throws TlsException {
        // RFC 9846 §5.4: an alert record without content is unexpected.
        if (length == 0) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE, Reason.INVALID_ALERT, "an alert record without an alert");
        }
        // RFC 9846 §5.1, §6: a record has one whole alert; anything else cannot be parsed.
        if (length != SIZE) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.INVALID_ALERT,
                    "an alert record of " + length + " bytes; one alert of 2 allowed");
        }
    }

    /** Whether the alert ends or announces the end of one direction and is no fault. */
    static boolean isClosure(int description) {
        return description == AlertDescription.CLOSE_NOTIFY.code()
                || description == AlertDescription.USER_CANCELED.code();
    }

    /** Refuses a level that there is not. */
    static void checkLevel(int level) throws TlsException {
        // RFC 9846 §6: a level is warning or fatal. It says nothing that the description does not, but another number
        // is
        // no alert.
        if (level != WARNING && level != FATAL) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.UNKNOWN_ALERT_TYPE,
                    "an alert of level " + level + "; 1 or 2 allowed");
        }
    }

    /**
     * The fault that an alert of the peer's is which is no closure alert.
     *
     * @param tls13 whether it is known that the peer speaks TLS 1.3: the versions before had warnings
     */
    static TlsException error(int level, int description, boolean tls13) {
        TlsException alert = PeerAlertException.of(description);
        // RFC 9846 §6: these are sent with the level fatal, and end the connection whatever their level. As one with
        // the
        // level warning breaks the rule, the peer is told so, as BoringSSL does.
        return level == FATAL || !tls13
                ? alert
                : new TlsException(
                        AlertDescription.DECODE_ERROR,
                        Reason.INVALID_ALERT,
                        alert.getMessage() + " with the level warning; fatal is allowed",
                        alert);
    }
}
