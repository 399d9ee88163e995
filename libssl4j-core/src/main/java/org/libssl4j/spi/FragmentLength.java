// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** A greatest length of records that a client asks for: the modes of SSL_CTX_set_tlsext_max_fragment_length(3) (RFC 6066 §4). */
public enum FragmentLength {
    /** TLSEXT_max_fragment_length_DISABLED: nothing is asked for; records have up to 16,384 bytes. */
    DISABLED(0, 16_384),
    /** TLSEXT_max_fragment_length_512: 512 bytes. */
    BYTES_512(1, 512),
    /** TLSEXT_max_fragment_length_1024: 1024 bytes. */
    BYTES_1024(2, 1024),
    /** TLSEXT_max_fragment_length_2048: 2048 bytes. */
    BYTES_2048(3, 2048),
    /** TLSEXT_max_fragment_length_4096: 4096 bytes. */
    BYTES_4096(4, 4096);

    private final int code;
    private final int bytes;

    FragmentLength(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /**
     * The number on the wire.
     *
     * @return 1 to 4; 0 for {@link #DISABLED}
     */
    public int code() {
        return code;
    }

    /**
     * The most content of a record.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * The mode with this number.
     *
     * @param code 0 to 4
     * @return it
     * @throws IllegalArgumentException for another number
     */
    public static FragmentLength of(int code) {
        if (code < 0 || code >= VALUES.length) {
            throw new IllegalArgumentException("a mode of " + code + "; 0 to 4 are possible");
        }
        return VALUES[code];
    }

    private static final FragmentLength[] VALUES = values();
}
