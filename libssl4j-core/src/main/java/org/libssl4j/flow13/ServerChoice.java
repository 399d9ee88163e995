// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.iana.CipherSuite;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.PeerSignatures;
import org.libssl4j.negotiate.SignatureChoice;

/**
 * What a server has made of a ClientHello (RFC 9846 §4.2.1 [8446 4.1.1]).
 *
 * @param retried whether a HelloRetryRequest went before this ClientHello
 * @param peer which signatures the client can verify
 * @param signature which certificate we show; null until it is chosen
 * @param alpn the application protocol, or null
 */
record ServerChoice(
        ClientHello hello,
        CipherSuite suite,
        GroupChoice group,
        PeerSignatures peer,
        SignatureChoice signature,
        String alpn,
        boolean retried) {
    ServerChoice with(SignatureChoice s) {
        return new ServerChoice(hello, suite, group, peer, s, alpn, retried);
    }
}
