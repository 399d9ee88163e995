// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One combination of the matrix.
 *
 * @param library the peer's
 * @param peerIsServer its role
 * @param suite by its IANA name
 * @param group by OpenSSL's name
 * @param certificate the server's
 * @param blocking our end's way
 */
record Cell(
        Library library,
        boolean peerIsServer,
        String suite,
        String group,
        Identity.Kind certificate,
        boolean blocking) {
    static final List<String> SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    static final List<String> GROUPS = List.of("X25519", "P-256");
    static final List<Identity.Kind> CERTIFICATES = List.of(Identity.Kind.ECDSA, Identity.Kind.RSA);

    /** All of them with the peer in one role. */
    static List<Cell> all(boolean peerIsServer) {
        List<Cell> cells = new ArrayList<>();
        for (Library l : Library.values()) {
            for (String suite : SUITES) {
                for (String group : GROUPS) {
                    for (Identity.Kind k : CERTIFICATES) {
                        cells.add(new Cell(l, peerIsServer, suite, group, k, true));
                        cells.add(new Cell(l, peerIsServer, suite, group, k, false));
                    }
                }
            }
        }
        return cells;
    }

    /** The suite's code point (RFC 9846 §B.5 [8446 B.4]). */
    int suiteCode() {
        return 0x1301 + SUITES.indexOf(suite);
    }

    /** The group's code point (RFC 9846 §4.3.7 [8446 4.2.7]). */
    int groupCode() {
        return groupCode(group);
    }

    static int groupCode(String group) {
        return "P-256".equals(group) ? 0x0017 : 0x001d;
    }

    @Override
    public String toString() {
        return library + (peerIsServer ? " server, " : " client, ") + suite + ", " + group.toLowerCase(Locale.ROOT)
                + ", " + certificate + ", " + (blocking ? "blocking" : "non-blocking");
    }
}
