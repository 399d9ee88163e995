// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.ProtocolMessage;

/** A protocol message as text. Any bytes will do: what cannot be decoded is shown as it is. */
public final class MessageTrace {
    private static final int HEADER_SIZE = 5;
    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;
    private static final int INDENT = 4;

    private MessageTrace() {}

    /** The message in lines. */
    public static String of(ProtocolMessage m) {
        TraceText t = new TraceText();
        switch (m.contentType()) {
            case RECORD_HEADER -> header(t, m);
            case INNER_CONTENT_TYPE -> inner(t, m.bytes());
            case 20 -> changeCipherSpec(t, m.bytes());
            case 21 -> alert(t, m.bytes());
            case 22 -> HandshakeTrace.show(t, INDENT, m.bytes(), m.epoch().equals("INITIAL"));
            default -> {
                t.line(INDENT, "Content type " + m.contentType() + ":");
                t.dump(INDENT, m.bytes());
            }
        }
        if (m.contentType() < RECORD_HEADER) {
            t.line(0, "");
        }
        return t.toString();
    }

    private static void header(TraceText t, ProtocolMessage m) {
        t.line(0, (m.sent() ? "Sent" : "Received") + " Record");
        byte[] b = m.bytes();
        if (b.length < HEADER_SIZE) {
            t.dump(INDENT, b);
            return;
        }
        t.line(0, "Header:");
        t.line(2, "Version = " + version((b[1] & 0xff) << 8 | b[2] & 0xff));
        t.line(2, "Content Type = " + contentType(b[0] & 0xff));
        t.line(2, "Length = " + ((b[3] & 0xff) << 8 | b[4] & 0xff));
    }

    private static void inner(TraceText t, byte[] b) {
        for (byte type : b) {
            t.line(2, "Inner Content Type = " + contentType(type & 0xff));
        }
    }

    private static void changeCipherSpec(TraceText t, byte[] b) {
        if (b.length == 1 && b[0] == 1) {
            t.line(INDENT, "change_cipher_spec (1)");
        } else {
            t.line(INDENT, "change_cipher_spec, unknown value:");
            t.dump(INDENT, b);
        }
    }

    private static void alert(TraceText t, byte[] b) {
        if (b.length != 2) {
            t.line(INDENT, "Illegal Alert Length");
            t.dump(INDENT, b);
            return;
        }
        int level = b[0] & 0xff;
        String levelText = level == 1 ? "warning" : level == 2 ? "fatal" : "unknown";
        AlertDescription alert = AlertDescription.of(b[1] & 0xff);
        t.line(
                INDENT,
                "Level=" + levelText + "(" + level + "), description=" + (alert == null ? "unknown" : alert.longText())
                        + "(" + (b[1] & 0xff) + ")");
    }

    /** {@code TLS 1.2 (0x303)}. */
    static String version(int code) {
        return Registry.VERSIONS.name(code) + " (0x" + Integer.toHexString(code) + ")";
    }

    private static String contentType(int code) {
        return Registry.CONTENT_TYPES.name(code) + " (" + code + ")";
    }

    /** What kind of handshake message this is, in the RFC's words: "ClientHello". */
    public static String handshakeType(int code) {
        return Registry.HANDSHAKE_TYPES.name(code);
    }
}
