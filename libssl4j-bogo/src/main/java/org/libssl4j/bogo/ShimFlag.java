// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.HashMap;
import java.util.Map;

/** The flags that this shim knows, and what follows each; any other one leaves the test unimplemented. The runner's documentation calls them so, hence the names. */
enum ShimFlag {
    // The run.
    PORT("-port", Kind.NUMBER),
    IPV6("-ipv6", Kind.SET),
    SHIM_ID("-shim-id", Kind.NUMBER),
    SERVER("-server", Kind.SET),
    ASYNC("-async", Kind.SET),
    IMPLICIT_HANDSHAKE("-implicit-handshake", Kind.SET),
    IS_HANDSHAKER_SUPPORTED("-is-handshaker-supported", Kind.SET),
    RESUME_COUNT("-resume-count", Kind.NUMBER),

    // Versions.
    MIN_VERSION("-min-version", Kind.NUMBER),
    MAX_VERSION("-max-version", Kind.NUMBER),
    NO_TLS13("-no-tls13", Kind.SET),
    NO_TLS12("-no-tls12", Kind.SET),
    NO_TLS11("-no-tls11", Kind.SET),
    NO_TLS1("-no-tls1", Kind.SET),
    EXPECT_VERSION("-expect-version", Kind.NUMBER),
    NO_LEGACY_SERVER_CONNECT("-no-legacy-server-connect", Kind.SET),
    EXPECT_EXTENDED_MASTER_SECRET("-expect-extended-master-secret", Kind.SET),
    EXPECT_SECURE_RENEGOTIATION("-expect-secure-renegotiation", Kind.SET),
    EXPECT_NO_SECURE_RENEGOTIATION("-expect-no-secure-renegotiation", Kind.SET),

    // Suites, groups, signatures.
    CIPHER("-cipher", Kind.TEXT),
    SERVER_PREFERENCE("-server-preference", Kind.SET),
    EXPECT_CIPHER("-expect-cipher", Kind.NUMBER),
    EXPECT_CIPHER_AES("-expect-cipher-aes", Kind.NUMBER),
    EXPECT_CIPHER_NO_AES("-expect-cipher-no-aes", Kind.NUMBER),
    CURVES("-curves", Kind.NUMBERS),
    CURVES_FLAGS("-curves-flags", Kind.NUMBERS),
    KEY_SHARES("-key-shares", Kind.NUMBERS),
    NO_KEY_SHARES("-no-key-shares", Kind.SET),
    SERVER_SUPPORTED_GROUPS_HINT("-server-supported-groups-hint", Kind.NUMBERS),
    EXPECT_CURVE_ID("-expect-curve-id", Kind.NUMBER),
    EXPECT_PEER_SIGNATURE_ALGORITHM("-expect-peer-signature-algorithm", Kind.NUMBER),
    EXPECT_PEER_VERIFY_PREF("-expect-peer-verify-pref", Kind.NUMBERS),
    SIGNING_PREFS("-signing-prefs", Kind.NUMBERS),
    VERIFY_PREFS("-verify-prefs", Kind.NUMBERS),
    EXPECT_HRR("-expect-hrr", Kind.SET),
    EXPECT_NO_HRR("-expect-no-hrr", Kind.SET),

    // Keys that both sides know.
    PSK("-psk", Kind.TEXT),
    PSK_IDENTITY("-psk-identity", Kind.TEXT),

    // Certificates.
    CERT_FILE("-cert-file", Kind.TEXT),
    KEY_FILE("-key-file", Kind.TEXT),
    TRUST_CERT("-trust-cert", Kind.TEXT),
    USE_CLIENT_CA_LIST("-use-client-ca-list", Kind.TEXT),
    EXPECT_CLIENT_CA_LIST("-expect-client-ca-list", Kind.TEXT),
    USE_OLD_CLIENT_CERT_CALLBACK("-use-old-client-cert-callback", Kind.SET),
    FAIL_CERT_CALLBACK("-fail-cert-callback", Kind.SET),
    VERIFY_PEER("-verify-peer", Kind.SET),
    REQUIRE_ANY_CLIENT_CERTIFICATE("-require-any-client-certificate", Kind.SET),
    VERIFY_FAIL("-verify-fail", Kind.SET),
    EXPECT_VERIFY_RESULT("-expect-verify-result", Kind.SET),
    USE_CUSTOM_VERIFY_CALLBACK("-use-custom-verify-callback", Kind.SET),
    EXPECT_PEER_CERT_FILE("-expect-peer-cert-file", Kind.TEXT),
    EXPECT_NO_PEER_CERT("-expect-no-peer-cert", Kind.SET),
    MAX_CERT_LIST("-max-cert-list", Kind.NUMBER),

    // Extensions.
    HOST_NAME("-host-name", Kind.TEXT),
    EXPECT_SERVER_NAME("-expect-server-name", Kind.TEXT),
    NO_SERVER_NAME_ACK("-no-server-name-ack", Kind.SET),
    USE_EARLY_CALLBACK("-use-early-callback", Kind.SET),
    FAIL_EARLY_CALLBACK("-fail-early-callback", Kind.SET),
    EXPECT_NO_SERVER_NAME("-expect-no-server-name", Kind.SET),
    ADVERTISE_ALPN("-advertise-alpn", Kind.TEXT),
    EXPECT_ALPN("-expect-alpn", Kind.TEXT),
    EXPECT_ADVERTISED_ALPN("-expect-advertised-alpn", Kind.TEXT),
    SELECT_ALPN("-select-alpn", Kind.TEXT),
    SELECT_EMPTY_ALPN("-select-empty-alpn", Kind.SET),
    DECLINE_ALPN("-decline-alpn", Kind.SET),
    REJECT_ALPN("-reject-alpn", Kind.SET),

    // Sessions.
    NO_TICKET("-no-ticket", Kind.SET),
    EXPECT_NO_SESSION("-expect-no-session", Kind.SET),
    EXPECT_SESSION_MISS("-expect-session-miss", Kind.SET),
    EXPECT_TICKET_RENEWAL("-expect-ticket-renewal", Kind.SET),
    RESUMPTION_DELAY("-resumption-delay", Kind.NUMBER),

    // Application data.
    KEY_UPDATE("-key-update", Kind.SET),
    MAX_SEND_FRAGMENT("-max-send-fragment", Kind.NUMBER),
    SHIM_WRITES_FIRST("-shim-writes-first", Kind.SET),
    SHIM_INITIAL_WRITE("-shim-initial-write", Kind.TEXT),
    REPEAT_SHIM_INITIAL_WRITE("-repeat-shim-initial-write", Kind.NUMBER),
    READ_WITH_UNFINISHED_WRITE("-read-with-unfinished-write", Kind.SET),
    SHIM_SHUTS_DOWN("-shim-shuts-down", Kind.SET),
    CHECK_CLOSE_NOTIFY("-check-close-notify", Kind.SET),
    READ_SIZE("-read-size", Kind.NUMBER),
    WRITE_DIFFERENT_RECORD_SIZES("-write-different-record-sizes", Kind.SET),
    PARTIAL_WRITE("-partial-write", Kind.SET),
    PEEK_THEN_READ("-peek-then-read", Kind.SET),
    EXPORT_KEYING_MATERIAL("-export-keying-material", Kind.NUMBER),
    EXPORT_LABEL("-export-label", Kind.TEXT),
    EXPORT_CONTEXT("-export-context", Kind.TEXT),
    USE_EXPORT_CONTEXT("-use-export-context", Kind.SET),
    USE_EXPORTER_BETWEEN_READS("-use-exporter-between-reads", Kind.SET),
    EXPORT_TRAFFIC_SECRETS("-export-traffic-secrets", Kind.SET),
    HANDSHAKE_TWICE("-handshake-twice", Kind.SET),
    NO_OP_EXTRA_HANDSHAKE("-no-op-extra-handshake", Kind.SET),
    HANDSHAKE_NEVER_DONE("-handshake-never-done", Kind.SET),
    EXPECT_MSG_CALLBACK("-expect-msg-callback", Kind.TEXT);

    /** What a flag has behind it, and what it means to come twice. */
    enum Kind {
        /** Nothing. */
        SET,
        /** A decimal number; the last one counts. */
        NUMBER,
        /** A decimal number; each one is added. */
        NUMBERS,
        /** Characters, one a byte; the last ones count. */
        TEXT
    }

    private static final Map<String, ShimFlag> BY_NAME = new HashMap<>();

    static {
        for (ShimFlag f : values()) {
            BY_NAME.put(f.text, f);
        }
    }

    private final String text;
    private final Kind kind;

    ShimFlag(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }

    /** The flag of this name, or null. */
    static ShimFlag of(String name) {
        return BY_NAME.get(name);
    }
}
