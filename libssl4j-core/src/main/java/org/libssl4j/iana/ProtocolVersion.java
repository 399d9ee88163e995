// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Versions of TLS (RFC 9846 §4.3.1), by the number on the wire. */
public enum ProtocolVersion {
    TLS1_0(0x0301),
    TLS1_1(0x0302),
    TLS1_2(0x0303),
    TLS1_3(0x0304);

    private final int code;

    ProtocolVersion(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The name as OpenSSL's SSL_get_version(3) gives it: "TLSv1.3". */
    public String text() {
        return this == TLS1_0 ? "TLSv1" : "TLSv1." + (code - 0x0301);
    }

    /** The entry with this number, or null for one that we do not know. */
    public static ProtocolVersion of(int code) {
        for (ProtocolVersion v : VALUES) {
            if (v.code == code) {
                return v;
            }
        }
        return null;
    }

    private static final ProtocolVersion[] VALUES = values();
}
