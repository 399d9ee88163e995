// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;

/**
 * A handshake message cut around one of its blocks of extensions, so that another block, well-formed or not, can be put in its place. The tests' own reading of the structures of RFC 9846 §4, without the codecs that are tested.
 *
 * @param before the body up to the length of the block
 * @param after what follows the block: further entries of a Certificate
 * @param list where in {@code before} a Certificate's three bytes of length stand, which cover the block; -1 for other messages
 */
record Cut(int type, byte[] before, Map<Integer, byte[]> extensions, byte[] after, int list) {
    /** Around the block of the message; of a Certificate, around that of the entry of this number. */
    static Cut of(HandshakeMessage m, int entry) {
        byte[] b = Arrays.copyOfRange(m.raw(), 4, m.raw().length);
        HandshakeType type = HandshakeType.of(m.type());
        int at = switch (type) {
            case CLIENT_HELLO -> {
                int suites = 35 + (b[34] & 0xff);
                int compression = suites + 2 + u16(b, suites);
                yield compression + 1 + (b[compression] & 0xff);
            }
            case SERVER_HELLO -> 35 + (b[34] & 0xff) + 3;
            case ENCRYPTED_EXTENSIONS -> 0;
            case CERTIFICATE_REQUEST -> 1 + (b[0] & 0xff);
            case NEW_SESSION_TICKET -> {
                int ticket = 9 + (b[8] & 0xff);
                yield ticket + 2 + u16(b, ticket);
            }
            case CERTIFICATE -> entry(b, entry);
            default -> throw new IllegalArgumentException(m + " has no extensions");
        };
        int end = at + 2 + u16(b, at);
        return new Cut(
                m.type(),
                Arrays.copyOf(b, at),
                read(Arrays.copyOfRange(b, at + 2, end)),
                Arrays.copyOfRange(b, end, b.length),
                type == HandshakeType.CERTIFICATE ? 1 + (b[0] & 0xff) : -1);
    }

    private static int entry(byte[] b, int entry) {
        int at = 1 + (b[0] & 0xff) + 3;
        for (int i = 0; ; i++) {
            at += 3 + u24(b, at);
            if (i == entry) {
                return at;
            }
            at += 2 + u16(b, at);
        }
    }

    private static Map<Integer, byte[]> read(byte[] block) {
        Map<Integer, byte[]> all = new LinkedHashMap<>();
        for (int at = 0; at < block.length; at += 4 + u16(block, at + 2)) {
            all.put(u16(block, at), Arrays.copyOfRange(block, at + 4, at + 4 + u16(block, at + 2)));
        }
        return all;
    }

    /** The message with this block. */
    HandshakeMessage with(byte[] block) {
        byte[] start = before.clone();
        if (list >= 0) {
            put24(start, list, before.length - list - 3 + 2 + block.length + after.length);
        }
        return message(type, join(start, u16(block.length), block, after));
    }

    /** The message with further extensions behind those that it has; one that it has already is left out first. */
    HandshakeMessage plus(int extension, byte[] body) {
        Map<Integer, byte[]> all = new LinkedHashMap<>(extensions);
        all.remove(extension);
        all.put(extension, body);
        return with(block(all));
    }

    /** The extensions that it has, as bytes. */
    byte[] block() {
        return block(extensions);
    }

    static byte[] block(Map<Integer, byte[]> extensions) {
        List<byte[]> parts = new ArrayList<>();
        extensions.forEach((type, body) -> parts.add(extension(type, body)));
        return join(parts.toArray(byte[][]::new));
    }

    static byte[] extension(int type, byte[] body) {
        return join(u16(type), u16(body.length), body);
    }

    /** A Certificate with its first entry a second time. */
    static HandshakeMessage doubled(HandshakeMessage m) {
        byte[] b = Arrays.copyOfRange(m.raw(), 4, m.raw().length);
        int list = 1 + (b[0] & 0xff);
        byte[] entries = Arrays.copyOfRange(b, list + 3, b.length);
        byte[] start = Arrays.copyOf(b, list + 3);
        put24(start, list, 2 * entries.length);
        return message(m.type(), join(start, entries, entries));
    }

    static HandshakeMessage message(int type, byte[] body) {
        byte[] header = {(byte) type, 0, 0, 0};
        put24(header, 1, body.length);
        return HandshakeMessage.received(join(header, body));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    static byte[] u16(int v) {
        return new byte[] {(byte) (v >> 8), (byte) v};
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    private static int u24(byte[] b, int at) {
        return (b[at] & 0xff) << 16 | u16(b, at + 1);
    }

    private static void put24(byte[] b, int at, int v) {
        b[at] = (byte) (v >> 16);
        b[at + 1] = (byte) (v >> 8);
        b[at + 2] = (byte) v;
    }
}
