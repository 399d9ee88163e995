// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.interop.Identity;

/**
 * One combination of the matrix against a program.
 *
 * @param suite by its IANA name
 * @param group by OpenSSL's name
 * @param certificate the server's
 * @param blocking our end's way, and the program's where it has a choice
 */
record ProgramCell(String suite, String group, Identity.Kind certificate, boolean blocking) {
    static List<ProgramCell> all() {
        List<ProgramCell> cells = new ArrayList<>();
        for (String suite :
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")) {
            for (String group : List.of("X25519", "P-256")) {
                for (Identity.Kind k : List.of(Identity.Kind.ECDSA, Identity.Kind.RSA)) {
                    cells.add(new ProgramCell(suite, group, k, true));
                    cells.add(new ProgramCell(suite, group, k, false));
                }
            }
        }
        return cells;
    }

    Identity identity() {
        return Identity.of(certificate);
    }

    @Override
    public String toString() {
        return suite + ", " + group + ", " + certificate + ", " + (blocking ? "blocking" : "non-blocking");
    }
}
