// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.Ssl;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/** Why a command did not do what it was asked for: one line for the user. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String line) {
        this(line, null);
    }

    Failure(String line, Throwable cause) {
        super(line, cause);
    }

    /** What ended a connection, with the alert that went one way or the other. */
    static Failure of(String during, Ssl ssl) {
        Exception e = ssl.failure();
        if (e instanceof TlsException && !(e instanceof PeerAlertException)) {
            TlsException t = (TlsException) e;
            boolean told = t.reason() != Reason.UNEXPECTED_EOF_WHILE_READING; // then nobody is there to be told
            return new Failure(
                    during + ": " + t.getMessage()
                            + (told ? " (alert sent: " + t.alert().longText() + ")" : ""),
                    t);
        }
        return new Failure(during + ": " + text(e), e);
    }

    /** An exception in words: its message, or what it is if it has none. */
    static String text(Throwable e) {
        if (e == null) {
            return "no reason given";
        }
        String m = e.getMessage();
        return m == null || m.isBlank() ? e.getClass().getSimpleName() : m;
    }
}
