// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.CompressedCertificate;
import org.libssl4j.message.EndOfEarlyData;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedVersions;

/** A whole and well-formed handshake message of every kind there is, by name: what TLS 1.3 has out of real connections, what TLS 1.2 had and what nobody has made by hand. */
public final class Kinds {
    public static final String HELLO_RETRY_REQUEST = "hello_retry_request";

    private Kinds() {}

    public static Map<String, HandshakeMessage> all() {
        Map<String, HandshakeMessage> kinds = new LinkedHashMap<>();
        for (Walk.Variant v : Walk.variants()) {
            for (Walk.Step s : Walk.all(v)) {
                kinds.putIfAbsent(kind(s.message()), s.message());
            }
        }
        kinds.put(
                HELLO_RETRY_REQUEST,
                ServerHello.retry(
                                new byte[32],
                                0x1301,
                                ExtensionBlock.builder()
                                        .add(new SupportedVersions.Selected(0x0304))
                                        .add(new KeyShare.Retry(0x0017))
                                        .build())
                        .toMessage());
        kinds.put("end_of_early_data", new EndOfEarlyData().toMessage());
        kinds.put("compressed_certificate", new CompressedCertificate(1, 500, new byte[300]).toMessage());
        kinds.put("key_update that asks for one", new KeyUpdate(true).toMessage());
        // RFC 5246 §7.4, RFC 6347 §4.2.1, RFC 6066 §5 and §8: of TLS 1.2 and DTLS.
        body(kinds, HandshakeType.HELLO_REQUEST);
        body(kinds, HandshakeType.HELLO_VERIFY_REQUEST, 0xfe, 0xff, 2, 1, 2);
        body(kinds, HandshakeType.SERVER_KEY_EXCHANGE, 3, 0, 29, 2, 1, 2, 4, 3, 0, 2, 1, 2);
        body(kinds, HandshakeType.SERVER_HELLO_DONE);
        body(kinds, HandshakeType.CLIENT_KEY_EXCHANGE, 2, 1, 2);
        body(kinds, HandshakeType.CERTIFICATE_URL, 0, 0, 0);
        body(kinds, HandshakeType.CERTIFICATE_STATUS, 1, 0, 0, 2, 1, 2);
        // RFC 9846 §4.5 [8446 4.4.1]: never on the wire.
        kinds.put("message_hash", HandshakeMessage.of(HandshakeType.MESSAGE_HASH, w -> w.bytes(new byte[32])));
        kinds.put("type 0xf0", HandshakeMessage.received(new byte[] {(byte) 0xf0, 0, 0, 2, 1, 2}));
        kinds.put("next_protocol", HandshakeMessage.received(new byte[] {67, 0, 0, 2, 0, 0}));
        return kinds;
    }

    /** What kind of message it is: its type's name, but that a HelloRetryRequest has its own. */
    public static String kind(HandshakeMessage m) {
        if (m == HandshakeMessage.CHANGE_CIPHER_SPEC) {
            return m.toString();
        }
        if (m.is(HandshakeType.SERVER_HELLO) && isRetry(m.raw())) {
            return HELLO_RETRY_REQUEST;
        }
        return name(HandshakeType.of(m.type()));
    }

    static String name(HandshakeType t) {
        return t.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isRetry(byte[] raw) {
        byte[] mark = ServerHello.helloRetryRequestRandom();
        return java.util.Arrays.equals(mark, 0, 32, raw, 6, 38);
    }

    private static void body(Map<String, HandshakeMessage> kinds, HandshakeType type, int... bytes) {
        kinds.put(name(type), HandshakeMessage.of(type, w -> {
            for (int b : bytes) {
                w.u8(b);
            }
        }));
    }
}
