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
     * @param detail what came and what was allowed; characters that would steer a terminal are made visible
     */
    public TlsException(AlertDescription alert, Reason reason, String detail) {
        this(alert, reason, detail, null);
    }

    /**
     * @param alert what the peer is told
     * @param reason what the user is told, by OpenSSL's name
     * @param detail what came and what was allowed; characters that would steer a terminal are made visible
     * @param cause what led here, or null
     */
    public TlsException(AlertDescription alert, Reason reason, String detail, Throwable cause) {
        super(visible(detail), cause);
        this.alert = alert;
        this.reason = reason;
    }

    /** What the peer names, such as a host or a protocol, may stand in a text; in a log or on a terminal it must be neither a line of its own nor a command. */
    private static String visible(String detail) {
        if (detail == null || detail.chars().noneMatch(TlsException::steers)) {
            return detail;
        }
        StringBuilder s = new StringBuilder(detail.length() + 16);
        for (int i = 0; i < detail.length(); i++) {
            char c = detail.charAt(i);
            s.append(steers(c) ? String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c) : String.valueOf(c));
        }
        return s.toString();
    }

    /** Control characters, ends of lines, and what turns the direction of writing. */
    private static boolean steers(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
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
