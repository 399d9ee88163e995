// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Groups for the key exchange (RFC 9846 §4.3.7; IANA registry "TLS Supported Groups"). That a group stands here does not say that the crypto in use has it. */
public enum NamedGroup {
    SECP256R1(0x0017, "secp256r1", "P-256", 65, 65),
    SECP384R1(0x0018, "secp384r1", "P-384", 97, 97),
    SECP521R1(0x0019, "secp521r1", "P-521", 133, 133),
    X25519(0x001d, "x25519", "X25519", 32, 32),
    X448(0x001e, "x448", "X448", 56, 56),
    FFDHE2048(0x0100, "ffdhe2048", "ffdhe2048", 256, 256),
    FFDHE3072(0x0101, "ffdhe3072", "ffdhe3072", 384, 384),
    MLKEM512(0x0200, "MLKEM512", "MLKEM512", 800, 768),
    MLKEM768(0x0201, "MLKEM768", "MLKEM768", 1184, 1088),
    MLKEM1024(0x0202, "MLKEM1024", "MLKEM1024", 1568, 1568),
    SECP256R1MLKEM768(0x11eb, "SecP256r1MLKEM768", "SecP256r1MLKEM768", 1249, 1153),
    X25519MLKEM768(0x11ec, "X25519MLKEM768", "X25519MLKEM768", 1216, 1120),
    SECP384R1MLKEM1024(0x11ed, "SecP384r1MLKEM1024", "SecP384r1MLKEM1024", 1665, 1665);

    private final int code;
    private final String ianaName;
    private final String opensslName;
    private final int clientShareLength;
    private final int serverShareLength;

    NamedGroup(int code, String ianaName, String opensslName, int clientShareLength, int serverShareLength) {
        this.code = code;
        this.ianaName = ianaName;
        this.opensslName = opensslName;
        this.clientShareLength = clientShareLength;
        this.serverShareLength = serverShareLength;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The registry's name. */
    public String ianaName() {
        return ianaName;
    }

    /** The name that OpenSSL prints and that its group lists take first. */
    public String opensslName() {
        return opensslName;
    }

    /** Length in bytes of the share that a client sends (for a KEM: its encapsulation key). */
    public int clientShareLength() {
        return clientShareLength;
    }

    /** Length in bytes of the share that a server answers with (for a KEM: the ciphertext). */
    public int serverShareLength() {
        return serverShareLength;
    }

    /** Whether it is an elliptic curve and nothing more, as TLS 1.2 and before know them too (RFC 8422 §5.1.1). */
    public boolean isCurve() {
        return switch (this) {
            case SECP256R1, SECP384R1, SECP521R1, X25519, X448 -> true;
            default -> false;
        };
    }

    /** Whether it is a finite field (RFC 7919). */
    public boolean isField() {
        return this == FFDHE2048 || this == FFDHE3072;
    }

    /** The group with this number, or null for one that we do not know. */
    public static NamedGroup of(int code) {
        for (NamedGroup g : VALUES) {
            if (g.code == code) {
                return g;
            }
        }
        return null;
    }

    private static final NamedGroup[] VALUES = values();
}
