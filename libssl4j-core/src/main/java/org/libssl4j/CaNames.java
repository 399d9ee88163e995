// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Names of authorities, as users see them and as they go over the wire. */
final class CaNames {
    /** The vector of certificate_authorities has two bytes for its length. */
    private static final int MOST_BYTES = 0xffff;

    private CaNames() {}

    /** The DER of names, behind that of those before. */
    static List<byte[]> encoded(List<byte[]> before, Collection<X500Principal> names) {
        List<byte[]> ders = new ArrayList<>(before);
        names.forEach(n -> ders.add(n.getEncoded()));
        if (ders.stream().mapToInt(d -> 2 + d.length).sum() > MOST_BYTES) {
            throw new IllegalArgumentException("names of more than " + MOST_BYTES + " bytes together");
        }
        return ders;
    }

    /** What the JDK can parse of it. */
    static List<X500Principal> parsed(List<byte[]> ders) {
        List<X500Principal> names = new ArrayList<>(ders.size());
        for (byte[] der : ders) {
            X500Principal n = parsed(der);
            if (n != null) {
                names.add(n);
            }
        }
        return List.copyOf(names);
    }

    /** Null for what cannot be parsed: a peer may send anything. */
    private static X500Principal parsed(byte[] der) {
        try {
            return new X500Principal(der);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
