// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.SignatureScheme;

/** Signature schemes in order of preference; {@link HandshakeConfig} says whose. */
public record SignatureList(List<SignatureScheme> schemes) {
    /** More than there are; what is longer is a mistake. */
    private static final int MAX_LENGTH = 4096;

    public SignatureList {
        schemes = List.copyOf(new LinkedHashSet<>(schemes));
    }

    /** What a security level leaves of these; may be none. */
    public SignatureList at(SecurityLevel level) {
        return schemes.stream().allMatch(level::allowsSignature)
                ? this
                : new SignatureList(
                        schemes.stream().filter(level::allowsSignature).toList());
    }

    public boolean has(int code) {
        for (SignatureScheme s : schemes) {
            if (s.code() == code) {
                return true;
            }
        }
        return false;
    }

    public int[] codes() {
        return schemes.stream().mapToInt(SignatureScheme::code).toArray();
    }

    /**
     * Reads the list of SSL_CTX_set1_sigalgs_list(3): schemes by their names in TLS, or pairs "ECDSA+SHA256", in any case, separated by colons. One with a question mark before it is left out where it is not to be had.
     *
     * @param available whether a scheme can be used here
     * @throws IllegalArgumentException for a name that is unknown, a scheme that is not available, an empty element or an empty list
     */
    public static SignatureList parse(String list, Predicate<SignatureScheme> available) {
        if (list.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a list of " + list.length() + " characters; " + MAX_LENGTH + " allowed");
        }
        Set<SignatureScheme> schemes = new LinkedHashSet<>();
        for (String element : list.split(":", -1)) {
            String name = element.trim();
            boolean optional = name.startsWith("?");
            SignatureScheme s = byName(optional ? name.substring(1) : name);
            if (s != null && available.test(s)) {
                schemes.add(s);
            } else if (!optional) {
                throw new IllegalArgumentException(
                        s == null
                                ? "signature scheme \"" + name + "\" is not known"
                                : "no crypto provider here has " + s.ianaName());
            }
        }
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException("a list of signature schemes without one that can be used");
        }
        return new SignatureList(new ArrayList<>(schemes));
    }

    private static SignatureScheme byName(String name) {
        int plus = name.indexOf('+');
        String algorithm = plus < 0 ? null : algorithm(name.substring(0, plus));
        String hash = plus < 0 ? null : name.substring(plus + 1).toUpperCase(Locale.ROOT);
        for (SignatureScheme s : SignatureScheme.values()) {
            boolean found = plus < 0
                    ? s.ianaName().equalsIgnoreCase(name)
                    : s.ianaName().startsWith(algorithm + "_") && isHash(s.hash(), hash);
            if (found && s.isOnWire()) {
                return s;
            }
        }
        return null;
    }

    /** OpenSSL's word for a kind of signature, as the names of its schemes begin; of the two kinds of RSA keys PSS means the usual one. */
    private static String algorithm(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "RSA" -> "rsa_pkcs1";
            case "RSA-PSS", "PSS" -> "rsa_pss_rsae";
            case "ECDSA" -> "ecdsa";
            default -> "?";
        };
    }

    private static boolean isHash(HashAlgorithm hash, String name) {
        return hash != null && (hash.name().equals(name) || name.equals(hash.jcaName()));
    }
}
