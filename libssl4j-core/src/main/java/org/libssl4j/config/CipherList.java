// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The cipher suites in order of preference. Those of TLS 1.3 and those before have lists of their own (SSL_CTX_set_ciphersuites(3), SSL_CTX_set_cipher_list(3)).
 *
 * @param suites12 of TLS 1.2 and before
 * @param serverPreference whether a server goes by this order and not by the client's
 * @param chachaLikeTheClient whether those with ChaCha20-Poly1305 come first in this order for a client that begins with one
 */
public record CipherList(
        List<CipherSuite> suites13, List<CipherSuite> suites12, boolean serverPreference, boolean chachaLikeTheClient) {
    private static final List<CipherSuite> ALL13 = Arrays.stream(CipherSuite.values())
            .filter(s -> s.fits(ProtocolVersion.TLS1_3))
            .toList();

    /** OpenSSL's default order, without key exchange by RSA encryption. */
    public static final CipherList DEFAULT = new CipherList(
            List.of(
                    CipherSuite.TLS_AES_256_GCM_SHA384,
                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                    CipherSuite.TLS_AES_128_GCM_SHA256),
            CipherString.parse(CipherKeyword.DEFAULT, s -> true).suites(),
            false,
            false);

    public CipherList {
        suites13 = List.copyOf(suites13);
        suites12 = List.copyOf(suites12);
    }

    /** With no suite of TLS 1.2 and before. */
    public CipherList(List<CipherSuite> suites13) {
        this(suites13, List.of(), false, false);
    }

    public CipherList withServerPreference(boolean p) {
        return new CipherList(suites13, suites12, p, chachaLikeTheClient);
    }

    public CipherList withChachaLikeTheClient(boolean c) {
        return new CipherList(suites13, suites12, serverPreference, c);
    }

    public CipherList withSuites13(List<CipherSuite> suites) {
        return new CipherList(suites, suites12, serverPreference, chachaLikeTheClient);
    }

    public CipherList withSuites12(List<CipherSuite> suites) {
        return new CipherList(suites13, suites, serverPreference, chachaLikeTheClient);
    }

    /** Those that pass, in both lists. */
    public CipherList only(Predicate<CipherSuite> passes) {
        return new CipherList(
                suites13.stream().filter(passes).toList(),
                suites12.stream().filter(passes).toList(),
                serverPreference,
                chachaLikeTheClient);
    }

    /** Both lists, that of TLS 1.3 first. */
    public List<CipherSuite> all() {
        return Stream.concat(suites13.stream(), suites12.stream()).toList();
    }

    /**
     * Reads the list of SSL_CTX_set_ciphersuites(3): names separated by colons.
     *
     * @throws IllegalArgumentException for a name that is unknown, or an empty list
     */
    public static List<CipherSuite> parse13(String list) {
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
        return List.copyOf(suites);
    }
}
