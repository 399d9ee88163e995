// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/** What GnuTLS calls the versions before TLS 1.3, and the parts of their cipher suites, in priority strings and in its descriptions of a session. */
final class GnutlsNames {
    private GnutlsNames() {}

    /** A priority string with exactly this suite in exactly this version. */
    static String priority(CipherSuite s, ProtocolVersion v) {
        return "NORMAL:-VERS-ALL:+VERS-" + version(v) + ":-KX-ALL:+" + keyExchange(s) + ":-CIPHER-ALL:+" + cipher(s)
                + ":-MAC-ALL:+" + mac(s);
    }

    static String version(ProtocolVersion v) {
        return switch (v) {
            case TLS1_0 -> "TLS1.0";
            case TLS1_1 -> "TLS1.1";
            default -> "TLS1.2";
        };
    }

    static String keyExchange(CipherSuite s) {
        return s.keyExchange().name().replace('_', '-');
    }

    static String cipher(CipherSuite s) {
        return (s.aead() != null ? s.aead().name() : s.cbc().name()).replace('_', '-');
    }

    static String mac(CipherSuite s) {
        if (s.aead() != null) {
            return "AEAD";
        }
        return s.mac() == HashAlgorithm.SHA1 ? "SHA1" : s.mac().name();
    }
}
