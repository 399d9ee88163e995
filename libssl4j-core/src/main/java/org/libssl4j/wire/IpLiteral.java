// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

/** IP addresses in text form (RFC 4291 §2.2, dotted quads), read without any look-up and without the shorthands of inet_aton(3). */
public final class IpLiteral {
    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** 4 or 16 bytes, or null for what is no address. A zone ("%eth0") and brackets are none of it. */
    public static byte[] parse(String text) {
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    private static byte[] v4(String text) {
        byte[] address = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            // A leading zero is octal to some and decimal to others: neither here.
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || leadingZero || value > 255) {
                return null;
            }
            if (i < 3 && (at == text.length() || text.charAt(at++) != '.')) {
                return null;
            }
            address[i] = (byte) value;
        }
        return at == text.length() ? address : null;
    }

    private static byte[] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == 2 * GROUPS ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        // "::" stands for at least one group; a second one is no group in the tail.
        if (head == null || tail == null || head.length + tail.length > 2 * (GROUPS - 1) || endsInDots(text, gap)) {
            return null;
        }
        byte[] address = new byte[2 * GROUPS];
        System.arraycopy(head, 0, address, 0, head.length);
        System.arraycopy(tail, 0, address, address.length - tail.length, tail.length);
        return address;
    }

    /** A dotted quad may only be at the very end. */
    private static boolean endsInDots(String text, int gap) {
        return text.lastIndexOf('.', gap) >= 0;
    }

    /** The groups of a stretch without "::", two bytes each; the last may be a dotted quad. */
    private static byte[] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        boolean quad = parts[parts.length - 1].indexOf('.') >= 0;
        byte[] out = new byte[2 * parts.length + (quad ? 2 : 0)];
        for (int i = 0; i < parts.length - (quad ? 1 : 0); i++) {
            int value = group(parts[i]);
            if (value < 0) {
                return null;
            }
            out[2 * i] = (byte) (value >> 8);
            out[2 * i + 1] = (byte) value;
        }
        if (quad) {
            byte[] v4 = v4(parts[parts.length - 1]);
            if (v4 == null) {
                return null;
            }
            System.arraycopy(v4, 0, out, out.length - 4, 4);
        }
        return out;
    }

    /** One to four hexadecimal digits, or -1. */
    private static int group(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
