// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import static org.libssl4j.message.ext.Place.CERTIFICATE;
import static org.libssl4j.message.ext.Place.CERTIFICATE_REQUEST;
import static org.libssl4j.message.ext.Place.CLIENT_HELLO;
import static org.libssl4j.message.ext.Place.ENCRYPTED_EXTENSIONS;
import static org.libssl4j.message.ext.Place.HELLO_RETRY_REQUEST;
import static org.libssl4j.message.ext.Place.NEW_SESSION_TICKET;
import static org.libssl4j.message.ext.Place.SERVER_HELLO;
import static org.libssl4j.message.ext.Place.SERVER_HELLO_12;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.libssl4j.iana.ExtensionType;

/**
 * Which extension may stand in which message of TLS 1.3 (RFC 9846 §4.3 [8446 4.2], Table 1, and the IANA registry for those that the table leaves out), and in the ServerHello of TLS 1.2 and before. An extension that does not stand here is one that we do not recognise.
 */
public final class ExtensionTable {
    private static final Map<ExtensionType, Set<Place>> PLACES = new EnumMap<>(ExtensionType.class);

    static {
        row(ExtensionType.SERVER_NAME, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS, CERTIFICATE_REQUEST);
        row(ExtensionType.STATUS_REQUEST, CLIENT_HELLO, SERVER_HELLO_12, CERTIFICATE_REQUEST, CERTIFICATE);
        row(ExtensionType.SUPPORTED_GROUPS, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.SIGNATURE_ALGORITHMS, CLIENT_HELLO, CERTIFICATE_REQUEST);
        row(ExtensionType.USE_SRTP, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.HEARTBEAT, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.CLIENT_CERTIFICATE_TYPE, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.SERVER_CERTIFICATE_TYPE, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.PADDING, CLIENT_HELLO);
        row(ExtensionType.COMPRESS_CERTIFICATE, CLIENT_HELLO, CERTIFICATE_REQUEST);
        row(ExtensionType.RECORD_SIZE_LIMIT, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.DELEGATED_CREDENTIAL, CLIENT_HELLO, CERTIFICATE_REQUEST, CERTIFICATE);
        row(ExtensionType.PRE_SHARED_KEY, CLIENT_HELLO, SERVER_HELLO);
        row(ExtensionType.EARLY_DATA, CLIENT_HELLO, ENCRYPTED_EXTENSIONS, NEW_SESSION_TICKET);
        row(ExtensionType.SUPPORTED_VERSIONS, CLIENT_HELLO, SERVER_HELLO, HELLO_RETRY_REQUEST);
        row(ExtensionType.COOKIE, CLIENT_HELLO, HELLO_RETRY_REQUEST);
        row(ExtensionType.PSK_KEY_EXCHANGE_MODES, CLIENT_HELLO);
        row(ExtensionType.CERTIFICATE_AUTHORITIES, CLIENT_HELLO, CERTIFICATE_REQUEST);
        row(ExtensionType.OID_FILTERS, CERTIFICATE_REQUEST);
        row(ExtensionType.POST_HANDSHAKE_AUTH, CLIENT_HELLO);
        row(ExtensionType.SIGNATURE_ALGORITHMS_CERT, CLIENT_HELLO, CERTIFICATE_REQUEST);
        row(ExtensionType.KEY_SHARE, CLIENT_HELLO, SERVER_HELLO, HELLO_RETRY_REQUEST);
        row(ExtensionType.QUIC_TRANSPORT_PARAMETERS, CLIENT_HELLO, ENCRYPTED_EXTENSIONS);
        row(ExtensionType.ENCRYPTED_CLIENT_HELLO, CLIENT_HELLO, HELLO_RETRY_REQUEST, ENCRYPTED_EXTENSIONS);

        // Not in RFC 9846, which lists what is recommended; the registry and RFC 8446 §4.2 have them for TLS 1.3.
        row(ExtensionType.MAX_FRAGMENT_LENGTH, CLIENT_HELLO, SERVER_HELLO_12, ENCRYPTED_EXTENSIONS);
        row(
                ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP,
                CLIENT_HELLO,
                SERVER_HELLO_12,
                CERTIFICATE_REQUEST,
                CERTIFICATE);

        // Of TLS 1.2 and before: a ClientHello that offers several versions has them, TLS 1.3 does not answer them.
        row(ExtensionType.EC_POINT_FORMATS, CLIENT_HELLO, SERVER_HELLO_12);
        row(ExtensionType.STATUS_REQUEST_V2, CLIENT_HELLO, SERVER_HELLO_12);
        row(ExtensionType.ENCRYPT_THEN_MAC, CLIENT_HELLO, SERVER_HELLO_12);
        row(ExtensionType.EXTENDED_MASTER_SECRET, CLIENT_HELLO, SERVER_HELLO_12);
        row(ExtensionType.SESSION_TICKET, CLIENT_HELLO, SERVER_HELLO_12);
        row(ExtensionType.RENEGOTIATION_INFO, CLIENT_HELLO, SERVER_HELLO_12);
    }

    private ExtensionTable() {}

    /** Whether an extension that we recognise may stand in this message of TLS 1.3. */
    public static boolean allows(ExtensionType type, Place place) {
        return PLACES.get(type).contains(place);
    }

    /** The name of an extension as the RFCs write it, or its number. */
    public static String name(int type) {
        ExtensionType t = ExtensionType.of(type);
        return t == null ? String.format("extension 0x%04x", type) : t.name().toLowerCase(Locale.ROOT);
    }

    private static void row(ExtensionType type, Place first, Place... others) {
        PLACES.put(type, EnumSet.of(first, others));
    }
}
