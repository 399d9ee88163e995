// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.spi.ProtocolMessage;

/** What two sides of a connection send and receive, in the order in which it happens. Kept while it happens, so that printing takes no time from it. Thread-safe. */
final class Trace {
    /** Keeps nothing. */
    static final Trace NONE = new Trace(false);

    private final boolean on;
    private final List<Event> events = new ArrayList<>(); // guarded by this

    private record Event(long nanos, boolean client, boolean sent, String what) {
        /** The client's stand left, the server's right, and an arrow points where the bytes go. */
        String line(long since) {
            double ms = (nanos - since) / 1e6;
            String arrow = client == sent ? "-->" : "<--";
            return String.format(Locale.ROOT, LINE, ms, client ? what : "", arrow, client ? "" : what)
                    .stripTrailing();
        }
    }

    private static final String LINE = "%9.2f  %-49s %s  %s";
    private static final String HEADING = "       ms  %-49s      %s";

    private Trace(boolean on) {
        this.on = on;
    }

    static Trace begun() {
        return new Trace(true);
    }

    boolean on() {
        return on;
    }

    /** Prints all of it, with the times since the first event. */
    synchronized void print(Terminal terminal) {
        terminal.line(String.format(HEADING, "client", "server"));
        for (Event e : events) {
            terminal.line(e.line(events.get(0).nanos()));
        }
    }

    void message(boolean client, ProtocolMessage m) {
        if (m.contentType() >= 256) {
            return; // no message: a record's header, or what it has inside
        }
        event(client, m.sent(), name(m) + ", " + bytes(m.bytes().length) + (m.sent() ? ", " + keys(m) : ""));
    }

    void event(boolean client, boolean sent, String what) {
        if (on) {
            synchronized (this) {
                events.add(new Event(System.nanoTime(), client, sent, what));
            }
        }
    }

    private static String bytes(int n) {
        return n == 1 ? "1 byte" : n + " bytes";
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
