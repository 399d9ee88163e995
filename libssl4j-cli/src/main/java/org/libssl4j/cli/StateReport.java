// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.InfoCb;

/** The lines of {@code -state}: each state of the handshake, each alert, and a call that failed. */
final class StateReport implements InfoCb {
    private final Ssl ssl;
    private final Terminal terminal;

    StateReport(Ssl ssl, Terminal terminal) {
        this.ssl = ssl;
        this.terminal = terminal;
    }

    @Override
    public void info(int where, int value, String state) {
        String side = ssl.isServer() ? "SSL_accept:" : "SSL_connect:";
        if ((where & ALERT) != 0) {
            AlertDescription alert = AlertDescription.of(value & 0xff);
            terminal.note("SSL3 alert " + ((where & READ) != 0 ? "read" : "write") + ":"
                    + (value >> 8 == 1 ? "warning" : value >> 8 == 2 ? "fatal" : "unknown") + ":"
                    + (alert == null ? "unknown" : alert.longText()));
        } else if ((where & LOOP) != 0) {
            terminal.note(side + state);
        } else if ((where & EXIT) != 0 && !ssl.isInitFinished() && isOver(ssl.getError(value))) {
            terminal.note(side + (value == 0 ? "failed in " : "error in ") + state);
        }
    }

    /** A call that has to be made again is no failure. */
    private static boolean isOver(SslError e) {
        return e == SslError.SSL || e == SslError.SYSCALL || e == SslError.ZERO_RETURN;
    }
}
