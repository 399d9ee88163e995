// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;

/**
 * A length inside a handshake message, by the structures of RFC 9846 §4.
 *
 * @param at where it stands, counted from the message's header
 * @param width in bytes
 * @param ofExtension whether it is that of a single extension: with another one the bytes behind are other extensions
 */
record LengthField(int at, int width, boolean ofExtension) {
    /** All of a message, but those inside of extensions. */
    static List<LengthField> of(HandshakeMessage m) {
        List<LengthField> all = new ArrayList<>();
        byte[] b = m.raw();
        HandshakeType type = HandshakeType.of(m.type());
        switch (type) {
            case CLIENT_HELLO -> {
                int at = vector(all, b, 38, 1);
                at = vector(all, b, at, 2);
                at = vector(all, b, at, 1);
                block(all, b, at);
            }
            case SERVER_HELLO -> block(all, b, vector(all, b, 38, 1) + 3);
            case ENCRYPTED_EXTENSIONS -> block(all, b, 4);
            case CERTIFICATE_REQUEST -> block(all, b, vector(all, b, 4, 1));
            case NEW_SESSION_TICKET -> block(all, b, vector(all, b, vector(all, b, 12, 1), 2));
            case CERTIFICATE_VERIFY -> vector(all, b, 6, 2);
            case CERTIFICATE -> {
                int at = vector(all, b, 4, 1);
                vector(all, b, at, 3);
                for (at += 3; at < b.length; ) {
                    at = block(all, b, vector(all, b, at, 3));
                }
            }
            default -> {}
        }
        return all;
    }

    private static int block(List<LengthField> all, byte[] b, int at) {
        int end = vector(all, b, at, 2);
        for (int i = at + 2; i < end; ) {
            all.add(new LengthField(i + 2, 2, true));
            i += 4 + value(b, i + 2, 2);
        }
        return end;
    }

    private static int vector(List<LengthField> all, byte[] b, int at, int width) {
        all.add(new LengthField(at, width, false));
        return at + width + value(b, at, width);
    }

    private static int value(byte[] b, int at, int width) {
        int v = 0;
        for (int i = 0; i < width; i++) {
            v = v << 8 | b[at + i] & 0xff;
        }
        return v;
    }

    /** The message with this length changed; null if it would be negative. */
    HandshakeMessage changed(HandshakeMessage m, int by) {
        byte[] raw = m.raw().clone();
        int v = value(raw, at, width) + by;
        if (v < 0) {
            return null;
        }
        for (int i = width - 1; i >= 0; i--) {
            raw[at + i] = (byte) v;
            v >>= 8;
        }
        return HandshakeMessage.received(raw);
    }
}
