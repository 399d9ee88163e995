// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.Locale;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.ProtocolMessage;
import org.libssl4j.trace.MessageTrace;

/** A protocol message as {@code -msg} shows it: what it is, and its bytes. */
final class MessageDump {
    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;
    private static final int WIDTH = 16;

    private MessageDump() {}

    static String of(ProtocolMessage m) {
        byte[] b = m.bytes();
        StringBuilder s = new StringBuilder(m.sent() ? ">>> " : "<<< ");
        s.append(version(m)).append(", ").append(kind(m.contentType()));
        s.append(String.format(" [length %04x]", b.length)).append(detail(m)).append('\n');
        for (int at = 0; at < b.length; at += WIDTH) {
            s.append("   ");
            for (int i = at; i < Math.min(b.length, at + WIDTH); i++) {
                s.append(' ').append(Integer.toHexString(0x100 | b[i] & 0xff).substring(1));
            }
            s.append('\n');
        }
        return s.toString();
    }

    private static String version(ProtocolMessage m) {
        byte[] b = m.bytes();
        if (m.contentType() != RECORD_HEADER) {
            return "TLS 1.3";
        }
        return b[1] == 3 && b[2] > 0 && b[2] < 5
                ? "TLS 1." + (b[2] - 1)
                : String.format("version %02x%02x", b[1], b[2]);
    }

    private static String kind(int contentType) {
        return switch (contentType) {
            case 20 -> "ChangeCipherSpec";
            case 21 -> "Alert";
            case 22 -> "Handshake";
            case RECORD_HEADER -> "RecordHeader";
            case INNER_CONTENT_TYPE -> "InnerContent";
            default -> "content type " + contentType;
        };
    }

    private static String detail(ProtocolMessage m) {
        byte[] b = m.bytes();
        if (m.contentType() == 22 && b.length > 0) {
            return ", " + MessageTrace.handshakeType(b[0] & 0xff);
        }
        if (m.contentType() == 21 && b.length == 2) {
            AlertDescription alert = AlertDescription.of(b[1] & 0xff);
            return ", " + (b[0] == 1 ? "warning" : b[0] == 2 ? "fatal" : "level " + (b[0] & 0xff)) + " "
                    + (alert == null ? b[1] & 0xff : alert.name().toLowerCase(Locale.ROOT));
        }
        return "";
    }
}
