// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.iana.CipherSuite;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.SignatureChoice;

/**
 * What a server has made of a ClientHello (RFC 9846 §4.2.1 [8446 4.1.1]).
 *
 * @param retried whether a HelloRetryRequest went before this ClientHello
 * @param alpn the application protocol, or null
 */
record ServerChoice(
        ClientHello hello,
        CipherSuite suite,
        GroupChoice group,
        SignatureChoice signature,
        String alpn,
        boolean retried) {}
