// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The TLS 1.3 cipher suites in order of preference.
 *
 * @param serverPreference whether a server goes by this order and not by the client's
 */
public record CipherList(List<CipherSuite> suites13, boolean serverPreference) {
    /** OpenSSL's default order (SSL_CTX_set_ciphersuites(3)). */
    public static final CipherList DEFAULT = new CipherList(List.of(
            CipherSuite.TLS_AES_256_GCM_SHA384,
            CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_AES_128_GCM_SHA256));

    private static final List<CipherSuite> ALL13 = Arrays.stream(CipherSuite.values())
            .filter(s -> s.fits(ProtocolVersion.TLS1_3))
            .toList();

    public CipherList {
        suites13 = List.copyOf(suites13);
    }

    public CipherList(List<CipherSuite> suites13) {
        this(suites13, false);
    }

    public CipherList withServerPreference(boolean p) {
        return new CipherList(suites13, p);
    }

    /**
     * Reads the list of SSL_CTX_set_ciphersuites(3): names separated by colons.
     *
     * @throws IllegalArgumentException for a name that is unknown, or an empty list
     */
    public static CipherList parse13(String list) {
        Set<CipherSuite> suites = new LinkedHashSet<>();
        for (String name : list.split(":")) {
            if (name.isBlank()) {
                continue;
            }
            CipherSuite s = CipherSuite.named(name.trim());
            if (s == null || !s.fits(ProtocolVersion.TLS1_3)) {
                throw new IllegalArgumentException(
                        "cipher suite " + name.trim() + " is not known of TLS 1.3; known are " + ALL13);
            }
            suites.add(s);
        }
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("a list of cipher suites without a suite");
        }
        return new CipherList(new ArrayList<>(suites));
    }
}
