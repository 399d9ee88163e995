// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.util.Arrays;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;

/** Handshake messages in words (RFC 9846 §4). */
final class HandshakeTrace {
    private static final int HEADER_SIZE = 4;
    private static final int RANDOM_SIZE = 32;
    private static final int TIME_SIZE = 4;

    private HandshakeTrace() {}

    /**
     * Shows one message.
     *
     * @param m it, with its header
     * @param unprotected whether it came without protection: but for the hellos, TLS 1.3 has no such messages, and those of earlier versions have other fields
     */
    static void show(TraceText t, int indent, byte[] m, boolean unprotected) {
        if (m.length < HEADER_SIZE) {
            t.line(indent, "malformed: a message without a whole header");
            t.dump(indent, m);
            return;
        }
        int type = m[0] & 0xff;
        byte[] body = Arrays.copyOfRange(m, HEADER_SIZE, m.length);
        int length = (m[1] & 0xff) << 16 | (m[2] & 0xff) << 8 | m[3] & 0xff;
        boolean retry = type == 2 && isRetry(body);
        String name = retry ? "HelloRetryRequest" : Registry.HANDSHAKE_TYPES.name(type);
        t.line(indent, name + ", Length=" + length);
        if (length != body.length) {
            t.line(indent + 2, "malformed: " + body.length + " bytes follow the header");
        }
        Fields fields = fields(type, retry, unprotected, indent + 2);
        if (fields == null) {
            t.line(indent + 2, "type " + type + ", not decoded:");
            t.dump(indent + 2, body);
        } else {
            Fields.show(t, indent + 2, body, fields);
        }
    }

    /** How to show a body; null if only as it is. */
    private static Fields fields(int type, boolean retry, boolean unprotected, int i) {
        if (type == 1) {
            return (r, t) -> clientHello(r, t, i);
        }
        if (type == 2) {
            return (r, t) -> serverHello(r, t, i, retry ? Place.HELLO_RETRY_REQUEST : Place.SERVER_HELLO);
        }
        if (unprotected) {
            return null;
        }
        return switch (type) {
            case 4 -> (r, t) -> newSessionTicket(r, t, i + 2);
            case 5 -> (r, t) -> {};
            case 8 -> (r, t) -> ExtensionTrace.block(r, t, i, Place.ENCRYPTED_EXTENSIONS);
            case 11 -> (r, t) -> certificate(r, t, i);
            case 13 -> (r, t) -> certificateRequest(r, t, i);
            case 15 -> (r, t) -> certificateVerify(r, t, i);
            case 20 -> (r, t) -> t.field(i, "verify_data", r.rest());
            case 24 -> (r, t) -> keyUpdate(r, t, i);
            case 25 -> (r, t) -> compressedCertificate(r, t, i);
            default -> null;
        };
    }

    // RFC 9846 §4.2.3 [8446 4.1.3]: a HelloRetryRequest is a ServerHello with a certain random.
    private static boolean isRetry(byte[] body) {
        return body.length >= 2 + RANDOM_SIZE
                && Arrays.equals(Arrays.copyOfRange(body, 2, 2 + RANDOM_SIZE), ServerHello.helloRetryRequestRandom());
    }

    private static void clientHello(WireReader r, TraceText t, int i) throws DecodeException {
        t.line(i, "client_version=" + versionField(r.u16()));
        random(r, t, i);
        t.field(i, "session_id", r.vector8().rest());
        WireReader suites = r.vector16();
        t.line(i, "cipher_suites (len=" + suites.remaining() + ")");
        while (suites.hasMore()) {
            t.line(i + 2, CipherSuites.text(suites.u16()));
        }
        WireReader methods = r.vector8();
        t.line(i, "compression_methods (len=" + methods.remaining() + ")");
        while (methods.hasMore()) {
            t.line(i + 2, compression(methods.u8()));
        }
        if (r.hasMore()) {
            ExtensionTrace.block(r, t, i, Place.CLIENT_HELLO);
        } else {
            t.line(i, "no extensions");
        }
    }

    private static void serverHello(WireReader r, TraceText t, int i, Place place) throws DecodeException {
        t.line(i, "server_version=" + versionField(r.u16()));
        random(r, t, i);
        t.field(i, "session_id", r.vector8().rest());
        t.line(i, "cipher_suite " + CipherSuites.text(r.u16()));
        t.line(i, "compression_method: " + compression(r.u8()));
        if (r.hasMore()) {
            ExtensionTrace.block(r, t, i, place);
        } else {
            t.line(i, "no extensions");
        }
    }

    private static String versionField(int code) {
        return "0x" + Integer.toHexString(code) + " (" + Registry.VERSIONS.name(code) + ")";
    }

    private static String compression(int code) {
        return String.format("%s (0x%02X)", Registry.COMPRESSION_METHODS.name(code), code);
    }

    private static void random(WireReader r, TraceText t, int i) throws DecodeException {
        t.line(i, "Random:");
        // A time in old versions, and still shown apart; in TLS 1.3 it is as random as the rest.
        t.line(i + 2, String.format("gmt_unix_time=0x%08X", r.u32()));
        t.field(i + 2, "random_bytes", r.bytes(RANDOM_SIZE - TIME_SIZE));
    }

    private static void newSessionTicket(WireReader r, TraceText t, int i) throws DecodeException {
        t.line(i, "ticket_lifetime_hint=" + r.u32());
        t.line(i, "ticket_age_add=" + r.u32());
        t.field(i, "ticket_nonce", r.vector8().rest());
        t.field(i, "ticket", r.vector16().rest());
        ExtensionTrace.block(r, t, i, Place.NEW_SESSION_TICKET);
    }

    private static void certificateRequest(WireReader r, TraceText t, int i) throws DecodeException {
        t.field(i, "request_context", r.vector8().rest());
        ExtensionTrace.block(r, t, i, Place.CERTIFICATE_REQUEST);
    }

    private static void certificate(WireReader r, TraceText t, int i) throws DecodeException {
        t.field(i, "context", r.vector8().rest());
        WireReader list = r.vector24();
        t.line(i, "certificate_list, length=" + list.remaining());
        while (list.hasMore()) {
            byte[] der = list.vector24().rest();
            t.line(i + 2, "ASN.1Cert, length=" + der.length);
            CertificateText.show(t, i + 2, der);
            ExtensionTrace.block(list, t, i + 2, Place.CERTIFICATE);
        }
    }

    private static void compressedCertificate(WireReader r, TraceText t, int i) throws DecodeException {
        int algorithm = r.u16();
        t.line(i, "Compression type=" + Registry.CERTIFICATE_COMPRESSION.name(algorithm) + " (" + algorithm + ")");
        t.line(i, "Uncompressed length=" + r.u24());
        t.field(i, "compressed_certificate_message", r.vector24().rest());
    }

    private static void certificateVerify(WireReader r, TraceText t, int i) throws DecodeException {
        t.line(i, "Signature Algorithm: " + ExtensionTrace.scheme(r.u16()));
        t.field(i, "Signature", r.vector16().rest());
    }

    private static void keyUpdate(WireReader r, TraceText t, int i) throws DecodeException {
        int request = r.u8();
        t.line(i, Registry.KEY_UPDATES.name(request) + " (" + request + ")");
    }
}
