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
        // RFC 9846 §6.1, §6.2: the two closure alerts are warnings, all others fatal.
        return isClosure(alert.code()) ? WARNING : FATAL;
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

    /** The fault that an error alert of the peer's is, whatever its level says (RFC 9846 §6). */
    static PeerAlertException error(int description) {
        return PeerAlertException.of(description);
    }
}
