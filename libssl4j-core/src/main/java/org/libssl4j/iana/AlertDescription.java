// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/**
 * The alerts of RFC 9846 §6 and of the IANA registry, with the short and long names that OpenSSL's {@code SSL_alert_desc_string} and {@code SSL_alert_desc_string_long} give (SSL_alert_type_string(3)).
 */
public enum AlertDescription {
    CLOSE_NOTIFY(0, "CN", "close notify"),
    UNEXPECTED_MESSAGE(10, "UM", "unexpected_message"),
    BAD_RECORD_MAC(20, "BM", "bad record mac"),
    DECRYPTION_FAILED(21, "DC", "decryption failed"),
    RECORD_OVERFLOW(22, "RO", "record overflow"),
    DECOMPRESSION_FAILURE(30, "DF", "decompression failure"),
    HANDSHAKE_FAILURE(40, "HF", "handshake failure"),
    NO_CERTIFICATE(41, "NC", "no certificate"),
    BAD_CERTIFICATE(42, "BC", "bad certificate"),
    UNSUPPORTED_CERTIFICATE(43, "UC", "unsupported certificate"),
    CERTIFICATE_REVOKED(44, "CR", "certificate revoked"),
    CERTIFICATE_EXPIRED(45, "CE", "certificate expired"),
    CERTIFICATE_UNKNOWN(46, "CU", "certificate unknown"),
    ILLEGAL_PARAMETER(47, "IP", "illegal parameter"),
    UNKNOWN_CA(48, "CA", "unknown CA"),
    ACCESS_DENIED(49, "AD", "access denied"),
    DECODE_ERROR(50, "DE", "decode error"),
    DECRYPT_ERROR(51, "CY", "decrypt error"),
    EXPORT_RESTRICTION(60, "ER", "export restriction"),
    PROTOCOL_VERSION(70, "PV", "protocol version"),
    INSUFFICIENT_SECURITY(71, "IS", "insufficient security"),
    INTERNAL_ERROR(80, "IE", "internal error"),
    INAPPROPRIATE_FALLBACK(86, "UK", "inappropriate fallback"),
    USER_CANCELED(90, "US", "user canceled"),
    NO_RENEGOTIATION(100, "NR", "no renegotiation"),
    MISSING_EXTENSION(109, "UK", "missing extension"),
    UNSUPPORTED_EXTENSION(110, "UE", "unsupported extension"),
    CERTIFICATE_UNOBTAINABLE(111, "CO", "certificate unobtainable"),
    UNRECOGNIZED_NAME(112, "UN", "unrecognized name"),
    BAD_CERTIFICATE_STATUS_RESPONSE(113, "BR", "bad certificate status response"),
    BAD_CERTIFICATE_HASH_VALUE(114, "BH", "bad certificate hash value"),
    UNKNOWN_PSK_IDENTITY(115, "UP", "unknown PSK identity"),
    CERTIFICATE_REQUIRED(116, "CQ", "certificate required"),
    GENERAL_ERROR(117, "UK", "general error"),
    NO_APPLICATION_PROTOCOL(120, "AP", "no application protocol"),
    ECH_REQUIRED(121, "UK", "ech required");

    private final int code;
    private final String shortText;
    private final String longText;

    AlertDescription(int code, String shortText, String longText) {
        this.code = code;
        this.shortText = shortText;
        this.longText = longText;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** Two letters, "UK" where OpenSSL has none. */
    public String shortText() {
        return shortText;
    }

    /** The name in words. */
    public String longText() {
        return longText;
    }

    /** The alert with this number, or null where the registry has none that we know. */
    public static AlertDescription of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static final AlertDescription[] BY_CODE = new AlertDescription[256];

    static {
        for (AlertDescription a : values()) {
            BY_CODE[a.code] = a;
        }
    }
}
