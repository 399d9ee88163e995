// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.libssl4j.Ssl;
import org.libssl4j.iana.SignatureScheme;

/** What the peer offered and what of it both sides have, in the lines and by the names of OpenSSL's commands. */
final class PeerOffers {
    private final Ssl ssl;

    PeerOffers(Ssl ssl) {
        this.ssl = ssl;
    }

    /** Of a client: its cipher suites that we have, too. */
    String ciphers() {
        return line("Shared ciphers:", ssl.getSharedCiphers());
    }

    /** Of a client, or of a server that asked for a certificate. */
    String signatureAlgorithms() {
        String asked = ssl.isServer() ? "" : "Requested ";
        return line(asked + "Signature Algorithms: ", names(ssl.getSigalgs()))
                + line("Shared " + asked + "Signature Algorithms: ", names(ssl.getSharedSigalgs()));
    }

    /** Of a client. */
    String groups() {
        return line("Supported groups: ", ssl.get1Groups()) + line("Shared groups: ", ssl.getSharedGroups());
    }

    private static String line(String title, List<String> names) {
        return names.isEmpty() ? "" : title + String.join(":", names) + "\n";
    }

    private static List<String> names(List<String> schemes) {
        return schemes.stream().map(PeerOffers::name).collect(Collectors.toList());
    }

    /** OpenSSL has a key's type and a hash where the registry has one name, if the two tell the scheme. */
    private static String name(String scheme) {
        for (SignatureScheme s : SignatureScheme.values()) {
            if (s.ianaName().equals(scheme) && s.hash() != null && !s.forClientsAlone()) {
                String hash = "+" + s.hash().name().toUpperCase(Locale.ROOT);
                switch (s.keyType()) {
                    case "EC":
                        return "ECDSA" + hash;
                    case "RSA":
                        return (s.isPss() ? "RSA-PSS" : "RSA") + hash;
                    default: // RSASSA-PSS: as it stands in the registry
                }
            }
        }
        return scheme;
    }
}
