// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** What a record carries (RFC 9846 §5.1). */
public enum ContentType {
    CHANGE_CIPHER_SPEC(20),
    ALERT(21),
    HANDSHAKE(22),
    APPLICATION_DATA(23);

    private final int code;

    ContentType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The entry with this number, or null for one that we do not know. */
    public static ContentType of(int code) {
        for (ContentType v : VALUES) {
            if (v.code == code) {
                return v;
            }
        }
        return null;
    }

    private static final ContentType[] VALUES = values();
}
