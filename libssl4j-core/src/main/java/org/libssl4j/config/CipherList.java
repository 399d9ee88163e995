// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.libssl4j.iana.CipherSuite;

/**
 * The TLS 1.3 cipher suites in order of preference.
 *
 * @param serverPreference whether a server goes by this order and not by the client's
 * @param chachaLikeTheClient whether those with ChaCha20-Poly1305 come first in this order for a client that begins with one
 */
public record CipherList(List<CipherSuite> suites13, boolean serverPreference, boolean chachaLikeTheClient) {
    /** OpenSSL's default order (SSL_CTX_set_ciphersuites(3)). */
    public static final CipherList DEFAULT = new CipherList(List.of(
            CipherSuite.TLS_AES_256_GCM_SHA384,
            CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_AES_128_GCM_SHA256));

    public CipherList {
        suites13 = List.copyOf(suites13);
    }

    public CipherList(List<CipherSuite> suites13) {
        this(suites13, false, false);
    }

    public CipherList withServerPreference(boolean p) {
        return new CipherList(suites13, p, chachaLikeTheClient);
    }

    public CipherList withChachaLikeTheClient(boolean c) {
        return new CipherList(suites13, serverPreference, c);
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
            try {
                suites.add(CipherSuite.valueOf(name.trim()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "cipher suite " + name.trim() + " is not known; known are " + List.of(CipherSuite.values()), e);
            }
        }
        if (suites.isEmpty()) {
            throw new IllegalArgumentException("a list of cipher suites without a suite");
        }
        return new CipherList(new ArrayList<>(suites));
    }
}
