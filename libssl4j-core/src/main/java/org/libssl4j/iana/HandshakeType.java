// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** The kinds of handshake message (RFC 9846 §4; IANA registry "TLS HandshakeType"). */
public enum HandshakeType {
    HELLO_REQUEST(0),
    CLIENT_HELLO(1),
    SERVER_HELLO(2),
    HELLO_VERIFY_REQUEST(3),
    NEW_SESSION_TICKET(4),
    END_OF_EARLY_DATA(5),
    ENCRYPTED_EXTENSIONS(8),
    CERTIFICATE(11),
    SERVER_KEY_EXCHANGE(12),
    CERTIFICATE_REQUEST(13),
    SERVER_HELLO_DONE(14),
    CERTIFICATE_VERIFY(15),
    CLIENT_KEY_EXCHANGE(16),
    FINISHED(20),
    CERTIFICATE_URL(21),
    CERTIFICATE_STATUS(22),
    KEY_UPDATE(24),
    COMPRESSED_CERTIFICATE(25),
    MESSAGE_HASH(254);

    private final int code;

    HandshakeType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The entry with this number, or null for one that we do not know. */
    public static HandshakeType of(int code) {
        for (HandshakeType v : VALUES) {
            if (v.code == code) {
                return v;
            }
        }
        return null;
    }

    private static final HandshakeType[] VALUES = values();
}
