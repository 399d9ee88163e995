// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Extensions of the handshake messages (RFC 9846 §4.3; IANA registry "TLS ExtensionType Values"). */
public enum ExtensionType {
    SERVER_NAME(0),
    MAX_FRAGMENT_LENGTH(1),
    STATUS_REQUEST(5),
    SUPPORTED_GROUPS(10),
    EC_POINT_FORMATS(11),
    SIGNATURE_ALGORITHMS(13),
    USE_SRTP(14),
    HEARTBEAT(15),
    APPLICATION_LAYER_PROTOCOL_NEGOTIATION(16),
    STATUS_REQUEST_V2(17),
    SIGNED_CERTIFICATE_TIMESTAMP(18),
    CLIENT_CERTIFICATE_TYPE(19),
    SERVER_CERTIFICATE_TYPE(20),
    PADDING(21),
    ENCRYPT_THEN_MAC(22),
    EXTENDED_MASTER_SECRET(23),
    COMPRESS_CERTIFICATE(27),
    RECORD_SIZE_LIMIT(28),
    DELEGATED_CREDENTIAL(34),
    SESSION_TICKET(35),
    PRE_SHARED_KEY(41),
    EARLY_DATA(42),
    SUPPORTED_VERSIONS(43),
    COOKIE(44),
    PSK_KEY_EXCHANGE_MODES(45),
    CERTIFICATE_AUTHORITIES(47),
    OID_FILTERS(48),
    POST_HANDSHAKE_AUTH(49),
    SIGNATURE_ALGORITHMS_CERT(50),
    KEY_SHARE(51),
    QUIC_TRANSPORT_PARAMETERS(57),
    ENCRYPTED_CLIENT_HELLO(0xfe0d),
    RENEGOTIATION_INFO(0xff01);

    private final int code;

    ExtensionType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The entry with this number, or null for one that we do not know. */
    public static ExtensionType of(int code) {
        for (ExtensionType v : VALUES) {
            if (v.code == code) {
                return v;
            }
        }
        return null;
    }

    private static final ExtensionType[] VALUES = values();
}
