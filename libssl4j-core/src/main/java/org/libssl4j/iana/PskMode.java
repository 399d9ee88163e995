// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** How a pre-shared key takes part in the key exchange (RFC 9846 §4.3.9). */
public enum PskMode {
    PSK_KE(0),
    PSK_DHE_KE(1);

    private final int code;

    PskMode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The entry with this number, or null for one that we do not know. */
    public static PskMode of(int code) {
        for (PskMode v : VALUES) {
            if (v.code == code) {
                return v;
            }
        }
        return null;
    }

    private static final PskMode[] VALUES = values();
}
