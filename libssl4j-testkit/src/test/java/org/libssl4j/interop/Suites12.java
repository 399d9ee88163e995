// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import java.util.Arrays;
import java.util.List;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/** Which cipher suites of TLS 1.2 each library speaks as it stands on the class path, of those that we have. */
final class Suites12 {
    private Suites12() {}

    static List<CipherSuite> of(Library library) {
        return Arrays.stream(CipherSuite.values())
                .filter(s -> s.fits(ProtocolVersion.TLS1_2) && s.keyExchange().certified())
                .filter(s -> has(library, s))
                .toList();
    }

    private static boolean has(Library library, CipherSuite s) {
        return switch (library) {
            // Newer JDKs switch off key exchange by RSA encryption.
            case SUN_JSSE -> !ccm(s) && s.keyExchange() != KeyExchangeAlgorithm.RSA;
            case BOUNCY_CASTLE -> true;
            case CONSCRYPT -> !ccm(s) && s.keyExchange() != KeyExchangeAlgorithm.DHE_RSA && shaAlone(s);
            case BORINGSSL -> !ccm(s) && s.keyExchange() != KeyExchangeAlgorithm.DHE_RSA && shaAlone(s);
        };
    }

    private static boolean shaAlone(CipherSuite s) {
        return s.mac() == null || s.mac() == HashAlgorithm.SHA1;
    }

    private static boolean ccm(CipherSuite s) {
        return s.aead() != null && s.aead().name().contains("CCM");
    }
}
