// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.PskChoice;
import org.libssl4j.negotiate.SignatureChoice;

/**
 * What a server has made of a ClientHello (RFC 9846 §4.2.1 [8446 4.1.1]), and goes on making of it: suite and group first, the signature behind them, the protocol last.
 *
 * @param group null where the pre-shared key alone counts
 * @param psk null for a handshake with certificates
 * @param signature null before it is chosen, and with a pre-shared key
 * @param alpn the application protocol; null for none, or before it is chosen
 * @param retried whether a HelloRetryRequest went before this ClientHello
 */
record ServerChoice(
        AcceptedHello accepted,
        CipherSuite suite,
        GroupChoice group,
        PskChoice psk,
        SignatureChoice signature,
        String alpn,
        boolean retried) {
    static ServerChoice of(
            AcceptedHello accepted, CipherSuite suite, GroupChoice group, PskChoice psk, boolean retried) {
        return new ServerChoice(accepted, suite, group, psk, null, null, retried);
    }

    ServerChoice with(SignatureChoice s) {
        return new ServerChoice(accepted, suite, group, psk, s, alpn, retried);
    }

    ServerChoice withAlpn(String a) {
        return new ServerChoice(accepted, suite, group, psk, signature, a, retried);
    }

    /** Whether a session of ours goes on; an external key is none. */
    boolean resumesSession() {
        return psk != null && !psk.session().external();
    }

    ClientHello hello() {
        return accepted.hello();
    }
}
