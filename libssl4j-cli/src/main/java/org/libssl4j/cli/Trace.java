// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.Locale;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.spi.ProtocolMessage;

/** Prints what two sides of a connection send and receive, in the order in which it happens. Thread-safe. */
final class Trace {
    /** Prints nothing. */
    static final Trace NONE = new Trace(null);

    private final Terminal terminal;
    private final long start = System.nanoTime();

    Trace(Terminal terminal) {
        this.terminal = terminal;
    }

    boolean on() {
        return terminal != null;
    }

    void message(boolean client, ProtocolMessage m) {
        if (m.contentType() == 256) {
            return; // a record's header
        }
        event(client, m.sent(), name(m) + ", " + m.bytes().length + " bytes" + (m.sent() ? ", " + keys(m) : ""));
    }

    /** One event at one side: the client's stand left, the server's right, and an arrow points where the bytes go. */
    synchronized void event(boolean client, boolean sent, String what) {
        if (!on()) {
            return;
        }
        double ms = (System.nanoTime() - start) / 1e6;
        String arrow = client == sent ? "-->" : "<--";
        String line = String.format(Locale.ROOT, "%9.2f  %-52s %s  %s", ms, client ? what : "", arrow, client ? "" : what);
        terminal.line(line.stripTrailing());
    }

    private static String name(ProtocolMessage m) {
        switch (m.contentType()) {
            case 20:
                return "change_cipher_spec";
            case 21:
                AlertDescription alert = AlertDescription.of(m.bytes()[1] & 0xff);
                return "alert " + (alert == null ? m.bytes()[1] & 0xff : alert.longText());
            case 22:
                HandshakeType type = HandshakeType.of(m.bytes()[0] & 0xff);
                return type == null ? "handshake " + (m.bytes()[0] & 0xff) : camelCase(type.name());
            default:
                return "content type " + m.contentType();
        }
    }

    private static String camelCase(String constant) {
        StringBuilder s = new StringBuilder();
        for (String word : constant.split("_")) {
            s.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return s.toString();
    }

    private static String keys(ProtocolMessage m) {
        return m.epoch().equals("INITIAL") || m.contentType() == 20
                ? "not protected"
                : m.epoch().toLowerCase(Locale.ROOT).replace('_', ' ') + " keys";
    }
}
