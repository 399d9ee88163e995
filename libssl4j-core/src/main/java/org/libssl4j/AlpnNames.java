// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of application protocols as a user gives them (RFC 7301 §3.1). */
final class AlpnNames {
    private AlpnNames() {}

    static List<String> checked(String... protocols) {
        int total = 0;
        for (String p : protocols) {
            if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(p)) {
                throw new IllegalArgumentException("protocol name " + p + " has characters beyond ISO 8859-1");
            }
            if (p.isEmpty() || p.length() > 255) {
                throw new IllegalArgumentException("a protocol name of " + p.length() + " bytes; 1 to 255 allowed");
            }
            total += 1 + p.length();
        }
        if (total > 65_533) {
            throw new IllegalArgumentException("protocol names of " + total + " bytes together; 65533 allowed");
        }
        return List.of(protocols);
    }
}
