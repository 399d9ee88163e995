// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.nio.charset.StandardCharsets;

/**
 * The text that a trace grows into: indented lines, fields of bytes, and dumps. What a peer chose is shown so that a terminal cannot be steered by it. For each byte that is shown there are a few dozen characters at most.
 */
final class TraceText {
    private static final String HEX = "0123456789ABCDEF";
    private static final int DUMP_WIDTH = 16;

    private final StringBuilder out = new StringBuilder();

    /** A line of our own words. */
    void line(int indent, String text) {
        indent(indent).append(text).append('\n');
    }

    /** {@code name (len=2): 0A0B}. */
    void field(int indent, String name, byte[] value) {
        indent(indent).append(name).append(" (len=").append(value.length).append("): ");
        for (byte b : value) {
            out.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        out.append('\n');
    }

    /** Sixteen bytes a line: where they stand, what they are, and as characters. */
    void dump(int indent, byte[] b) {
        for (int at = 0; at < b.length; at += DUMP_WIDTH) {
            indent(indent).append(String.format("%04x - ", at));
            int to = Math.min(b.length, at + DUMP_WIDTH);
            for (int i = at; i < at + DUMP_WIDTH; i++) {
                out.append(i < to ? Integer.toHexString(0x100 | b[i] & 0xff).substring(1) : "  ")
                        .append(i == at + DUMP_WIDTH / 2 - 1 && i < to - 1 ? '-' : ' ');
            }
            out.append("  ");
            for (int i = at; i < to; i++) {
                out.append(isPrintable(b[i]) ? (char) b[i] : '.');
            }
            out.append('\n');
        }
    }

    /** What a peer sent as a text: printable ASCII as it is, all else as {@code \xHH}. */
    static String shown(byte[] text) {
        StringBuilder s = new StringBuilder(text.length);
        for (byte b : text) {
            if (isPrintable(b) && b != '\\') {
                s.append((char) b);
            } else {
                s.append("\\x").append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return s.toString();
    }

    /** The same for a text that was decoded already. */
    static String shown(String text) {
        return shown(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPrintable(byte b) {
        return b >= ' ' && b < 0x7f;
    }

    private StringBuilder indent(int n) {
        return out.append(" ".repeat(n));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
