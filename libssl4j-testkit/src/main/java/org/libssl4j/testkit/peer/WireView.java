// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be read off the bytes of a connection that are not encrypted: the hello messages and the alerts before keys (RFC 9846 §5.1, §4.2.3 [8446 4.1.3]). Written apart from the library's own codecs, so that it can bear witness against them.
 *
 * @param sent by the peer that recorded it
 * @param received by it
 */
public record WireView(byte[] sent, byte[] received) {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int SERVER_HELLO = 2;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int TLS13 = 0x0304;
    // RFC 9846 §4.2.3: the random of a ServerHello that is a HelloRetryRequest begins with these bytes of
    // SHA-256("HelloRetryRequest").
    private static final long RETRY = 0xcf21ad74e59a6111L;

    /** What a ServerHello says. */
    public record Hello(boolean retry, int version, int suite, int group) {}

    /** The ServerHello messages among the bytes that the server sent. */
    public List<Hello> serverHellos(boolean serverRecorded) {
        List<Hello> all = new ArrayList<>();
        for (byte[] body : records(serverRecorded ? sent : received, HANDSHAKE)) {
            if (!all.isEmpty() && all.get(all.size() - 1).version() < TLS13) {
                break; // what follows may be encrypted, which before TLS 1.3 the type of a record does not tell
            }
            ByteBuffer b = ByteBuffer.wrap(body);
            while (b.remaining() >= 4) {
                int type = b.get();
                int length = (b.get() & 0xff) << 16 | b.getShort() & 0xffff;
                ByteBuffer message = b.slice(b.position(), length);
                b.position(b.position() + length);
                if (type == SERVER_HELLO) {
                    all.add(serverHello(message));
                }
            }
        }
        return all;
    }

    /** Descriptions of the alerts that were received in the clear. */
    public List<Integer> receivedAlerts() {
        return records(received, ALERT).stream()
                .filter(b -> b.length == 2)
                .map(b -> b[1] & 0xff)
                .toList();
    }

    private static Hello serverHello(ByteBuffer b) {
        b.position(2);
        boolean retry = b.getLong() == RETRY;
        b.position(2 + 32);
        b.position(b.position() + 1 + (b.get(b.position()) & 0xff));
        int suite = b.getShort() & 0xffff;
        b.get(); // compression
        int version = b.getShort(0) & 0xffff;
        int group = 0;
        for (b.getShort(); b.hasRemaining(); ) {
            int type = b.getShort() & 0xffff;
            int length = b.getShort() & 0xffff;
            if (type == SUPPORTED_VERSIONS) {
                version = b.getShort(b.position()) & 0xffff;
            } else if (type == KEY_SHARE) {
                group = b.getShort(b.position()) & 0xffff;
            }
            b.position(b.position() + length);
        }
        return new Hello(retry, version, suite, group);
    }

    /** The bodies of the records of a type, as far as they are whole. */
    private static List<byte[]> records(byte[] bytes, int type) {
        List<byte[]> bodies = new ArrayList<>();
        ByteBuffer b = ByteBuffer.wrap(bytes);
        while (b.remaining() >= 5) {
            int t = b.get() & 0xff;
            b.getShort();
            int length = b.getShort() & 0xffff;
            if (length > b.remaining()) {
                break;
            }
            byte[] body = new byte[length];
            b.get(body);
            if (t == type) {
                bodies.add(body);
            }
        }
        return bodies;
    }
}
