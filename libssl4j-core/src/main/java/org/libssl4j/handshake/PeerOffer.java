// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedGroups;

/**
 * What a client has offered a server to choose from, by numbers, so that those which we do not know survive; empty where nothing was offered (RFC 9846 §4.2.2 [8446 4.1.2]).
 *
 * @param suites cipher suites
 * @param groups supported_groups
 * @param schemes signature_algorithms
 */
public record PeerOffer(int[] suites, int[] groups, int[] schemes) {
    private static final int[] NONE = {};

    /** That of a ClientHello. */
    public static PeerOffer of(ClientHello hello) throws TlsException {
        SupportedGroups groups = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        SignatureAlgorithms schemes =
                hello.extensions().get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        return new PeerOffer(
                hello.cipherSuites(),
                groups == null ? NONE : groups.groups(),
                schemes == null ? NONE : schemes.schemes());
    }

    /** That of a server in its CertificateRequest. */
    public static PeerOffer of(int[] schemes) {
        return new PeerOffer(NONE, NONE, schemes);
    }

    /** Nothing. */
    public static PeerOffer none() {
        return new PeerOffer(NONE, NONE, NONE);
    }
}
