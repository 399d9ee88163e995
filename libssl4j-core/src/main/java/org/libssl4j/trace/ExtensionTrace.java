// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.util.Locale;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;

/** Extensions in words (RFC 9846 §4.3 [8446 4.2] and the RFCs that define the others). Which fields one has depends on the message that it stands in. */
final class ExtensionTrace {
    private ExtensionTrace() {}

    /** Shows a block of extensions: the next vector of {@code r}. */
    static void block(WireReader r, TraceText t, int indent, Place place) throws DecodeException {
        WireReader all = r.vector16();
        if (!all.hasMore()) {
            t.line(indent, "No extensions");
            return;
        }
        t.line(indent, "extensions, length = " + all.remaining());
        while (all.hasMore()) {
            int type = all.u16();
            byte[] data = all.vector16().rest();
            t.line(
                    indent + 2,
                    "extension_type=" + Registry.EXTENSIONS.name(type) + "(" + type + "), length=" + data.length);
            show(t, indent + 4, type, data, place);
        }
    }

    private static void show(TraceText t, int indent, int type, byte[] data, Place place) {
        if (data.length == 0) {
            return;
        }
        ExtensionType known = ExtensionType.of(type);
        Fields fields = known == null ? null : fields(known, place, indent);
        if (fields == null) {
            t.dump(indent, data);
        } else {
            Fields.show(t, indent, data, fields);
        }
    }

    /** How to show an extension that is not empty; null if only as it is. */
    private static Fields fields(ExtensionType type, Place place, int i) {
        boolean hello = place == Place.CLIENT_HELLO;
        return switch (type) {
            case SERVER_NAME -> (r, t) -> serverName(r, t, i);
            case MAX_FRAGMENT_LENGTH -> (r, t) -> numbered(r, t, i, Registry.FRAGMENT_LENGTHS);
            case STATUS_REQUEST ->
                place == Place.CERTIFICATE ? (r, t) -> certificateStatus(r, t, i) : (r, t) -> statusRequest(r, t, i);
            case SUPPORTED_GROUPS -> (r, t) -> numbers16(r.vector16(), t, i, Registry.GROUPS);
            case EC_POINT_FORMATS -> (r, t) -> numbers8(r.vector8(), t, i, Registry.POINT_FORMATS);
            case SIGNATURE_ALGORITHMS, SIGNATURE_ALGORITHMS_CERT -> (r, t) -> schemes(r.vector16(), t, i);
            case DELEGATED_CREDENTIAL ->
                hello || place == Place.CERTIFICATE_REQUEST ? (r, t) -> schemes(r.vector16(), t, i) : null;
            case USE_SRTP -> (r, t) -> srtp(r, t, i);
            case APPLICATION_LAYER_PROTOCOL_NEGOTIATION -> (r, t) -> protocols(r.vector16(), t, i);
            case SIGNED_CERTIFICATE_TIMESTAMP -> (r, t) -> opaques(r.vector16(), t, i, "SCT");
            case CLIENT_CERTIFICATE_TYPE, SERVER_CERTIFICATE_TYPE ->
                hello
                        ? (r, t) -> numbers8(r.vector8(), t, i, Registry.CERTIFICATE_TYPES)
                        : (r, t) -> numbered(r, t, i, Registry.CERTIFICATE_TYPES);
            case COMPRESS_CERTIFICATE -> (r, t) -> numbers16(r.vector8(), t, i, Registry.CERTIFICATE_COMPRESSION);
            case RECORD_SIZE_LIMIT -> (r, t) -> t.line(i, "record_size_limit=" + r.u16());
            case SESSION_TICKET -> (r, t) -> t.field(i, "ticket", r.rest());
            case PRE_SHARED_KEY ->
                hello ? (r, t) -> offeredPsks(r, t, i) : (r, t) -> t.line(i, "selected_identity=" + r.u16());
            case EARLY_DATA -> (r, t) -> t.line(i, "max_early_data=" + r.u32());
            case SUPPORTED_VERSIONS ->
                hello ? (r, t) -> numbers16(r.vector8(), t, i, Registry.VERSIONS) : (r, t) -> version(r, t, i + 2);
            case COOKIE -> (r, t) -> t.field(i, "cookie", r.vector16().rest());
            case PSK_KEY_EXCHANGE_MODES -> (r, t) -> numbers8(r.vector8(), t, i, Registry.PSK_MODES);
            case CERTIFICATE_AUTHORITIES -> (r, t) -> authorities(r.vector16(), t, i);
            case OID_FILTERS -> (r, t) -> oidFilters(r.vector16(), t, i);
            case KEY_SHARE -> (r, t) -> keyShare(r, t, i + 2, place);
            case QUIC_TRANSPORT_PARAMETERS -> (r, t) -> quicParameters(r, t, i);
            case ENCRYPTED_CLIENT_HELLO -> hello ? (r, t) -> encryptedHello(r, t, i) : null;
            case RENEGOTIATION_INFO -> (r, t) -> renegotiated(r.vector8().rest(), t, i);
            default -> null;
        };
    }

    /** As OpenSSL shows it, in whose place an empty one stands further in. */
    private static void renegotiated(byte[] connection, TraceText t, int i) {
        if (connection.length == 0) {
            t.line(i + 2, "<EMPTY>");
        } else {
            t.field(i, "renegotiated_connection", connection);
        }
    }

    // ---- lists -----------------------------------------------------------------------------------------------------

    private static void numbers16(WireReader list, TraceText t, int i, Registry names) throws DecodeException {
        while (list.hasMore()) {
            int n = list.u16();
            t.line(i, names.name(n) + " (" + n + ")");
        }
    }

    private static void numbers8(WireReader list, TraceText t, int i, Registry names) throws DecodeException {
        while (list.hasMore()) {
            numbered(list, t, i, names);
        }
    }

    private static void numbered(WireReader r, TraceText t, int i, Registry names) throws DecodeException {
        int n = r.u8();
        t.line(i, names.name(n) + " (" + n + ")");
    }

    private static void schemes(WireReader list, TraceText t, int i) throws DecodeException {
        while (list.hasMore()) {
            t.line(i, scheme(list.u16()));
        }
    }

    /** {@code ed25519 (0x0807)}. */
    static String scheme(int code) {
        return String.format("%s (0x%04x)", Registry.SIGNATURE_SCHEMES.name(code), code);
    }

    private static void opaques(WireReader list, TraceText t, int i, String name) throws DecodeException {
        while (list.hasMore()) {
            t.field(i, name, list.vector16().rest());
        }
    }

    // ---- one extension each ----------------------------------------------------------------------------------------

    private static void serverName(WireReader r, TraceText t, int i) throws DecodeException {
        WireReader list = r.vector16();
        while (list.hasMore()) {
            int type = list.u8();
            byte[] name = list.vector16().rest();
            t.line(i, (type == 0 ? "host_name" : "UNKNOWN") + " (" + type + "): " + TraceText.shown(name));
        }
    }

    private static void statusRequest(WireReader r, TraceText t, int i) throws DecodeException {
        statusType(r, t, i);
        opaques(r.vector16(), t, i, "responder_id");
        t.field(i, "request_extensions", r.vector16().rest());
    }

    private static void certificateStatus(WireReader r, TraceText t, int i) throws DecodeException {
        statusType(r, t, i);
        t.field(i, "response", r.vector24().rest());
    }

    private static void statusType(WireReader r, TraceText t, int i) throws DecodeException {
        int type = r.u8();
        t.line(i, "status_type=" + (type == 1 ? "ocsp" : type == 2 ? "ocsp_multi" : "UNKNOWN") + " (" + type + ")");
    }

    private static void srtp(WireReader r, TraceText t, int i) throws DecodeException {
        numbers16(r.vector16(), t, i, Registry.SRTP_PROFILES);
        t.field(i, "srtp_mki", r.vector8().rest());
    }

    private static void protocols(WireReader list, TraceText t, int i) throws DecodeException {
        while (list.hasMore()) {
            t.line(i, TraceText.shown(list.vector8().rest()));
        }
    }

    private static void offeredPsks(WireReader r, TraceText t, int i) throws DecodeException {
        WireReader identities = r.vector16();
        t.line(i, "identities, length=" + identities.remaining());
        while (identities.hasMore()) {
            t.field(i + 2, "identity", identities.vector16().rest());
            t.line(i + 2, "obfuscated_ticket_age=" + identities.u32());
        }
        WireReader binders = r.vector16();
        t.line(i, "binders, length=" + binders.remaining());
        while (binders.hasMore()) {
            t.field(i + 2, "binder", binders.vector8().rest());
        }
    }

    private static void version(WireReader r, TraceText t, int i) throws DecodeException {
        int version = r.u16();
        t.line(i, Registry.VERSIONS.name(version) + " (" + version + ")");
    }

    private static void authorities(WireReader list, TraceText t, int i) throws DecodeException {
        while (list.hasMore()) {
            byte[] name = list.vector16().rest();
            String text = CertificateText.name(name);
            if (text == null) {
                t.field(i, "not a name", name);
            } else {
                t.line(i, text);
            }
        }
    }

    private static void oidFilters(WireReader list, TraceText t, int i) throws DecodeException {
        while (list.hasMore()) {
            t.field(i, "certificate_extension_oid", list.vector8().rest());
            t.field(i, "certificate_extension_values", list.vector16().rest());
        }
    }

    private static void keyShare(WireReader r, TraceText t, int i, Place place) throws DecodeException {
        if (place == Place.HELLO_RETRY_REQUEST) {
            group(r, t, i);
        } else if (place == Place.CLIENT_HELLO) {
            WireReader shares = r.vector16();
            while (shares.hasMore()) {
                share(shares, t, i);
            }
        } else {
            share(r, t, i);
        }
    }

    private static void share(WireReader r, TraceText t, int i) throws DecodeException {
        group(r, t, i);
        t.field(i, "key_exchange: ", r.vector16().rest());
    }

    private static void group(WireReader r, TraceText t, int i) throws DecodeException {
        int group = r.u16();
        t.line(i, "NamedGroup: " + Registry.GROUPS.name(group) + " (" + group + ")");
    }

    // RFC 9000 §18: number, length and value, of which the first two have one to eight bytes each.
    private static void quicParameters(WireReader r, TraceText t, int i) throws DecodeException {
        while (r.hasMore()) {
            long id = variable(r);
            long length = variable(r);
            if (length > r.remaining()) {
                throw new DecodeException("a parameter of " + length + " bytes; " + r.remaining() + " are left");
            }
            String name = id > 0xffff ? "UNKNOWN" : Registry.QUIC_PARAMETERS.name((int) id);
            t.field(i, name.toLowerCase(Locale.ROOT) + "(" + id + ")", r.bytes((int) length));
        }
    }

    private static long variable(WireReader r) throws DecodeException {
        int first = r.u8();
        long value = first & 0x3f;
        for (int more = (1 << (first >> 6)) - 1; more > 0; more--) {
            value = value << 8 | r.u8();
        }
        return value;
    }

    // RFC 9849 §5
    private static void encryptedHello(WireReader r, TraceText t, int i) throws DecodeException {
        int type = r.u8();
        t.line(i, "type=" + (type == 0 ? "outer" : type == 1 ? "inner" : "UNKNOWN") + " (" + type + ")");
        if (type == 0) {
            t.line(i, String.format("cipher_suite: KDF 0x%04x, AEAD 0x%04x", r.u16(), r.u16()));
            t.line(i, "config_id=" + r.u8());
            t.field(i, "enc", r.vector16().rest());
            t.field(i, "payload", r.vector16().rest());
        } else if (type != 1) {
            t.dump(i, r.rest());
        }
    }
}
