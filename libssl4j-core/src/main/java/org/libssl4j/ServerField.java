// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.math.BigInteger;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.fault.TlsException;

/** The finite field that a user sets for ephemeral Diffie-Hellman, checked. */
final class ServerField {
    private ServerField() {}

    static DhParameters of(SecurityLevel level, BigInteger p, BigInteger g) {
        DhParameters field = new DhParameters(p, g);
        try {
            field.check();
        } catch (TlsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!level.allowsDhBits(p.bitLength())) {
            throw new IllegalArgumentException("a Diffie-Hellman prime of " + p.bitLength()
                    + " bits, which security level " + level.number() + " does not allow");
        }
        return field;
    }
}
