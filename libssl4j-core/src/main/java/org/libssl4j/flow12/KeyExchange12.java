// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.crypto.DhParameters;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.negotiate.SuiteChoice12;

/** What a ServerKeyExchange says, and what its signature covers (RFC 5246 §7.4.3, RFC 8422 §5.4). */
final class KeyExchange12 {
    private KeyExchange12() {}

    /** @param hint null for a key exchange that has none */
    static ServerKeyExchange message(SuiteChoice12 choice, byte[] hint, byte[] share) {
        if (choice.suite().keyExchange().ecdhe()) {
            return ServerKeyExchange.ofGroup(hint, choice.group().code(), share);
        }
        DhParameters field = choice.field();
        return ServerKeyExchange.ofField(hint, unsigned(field.p()), unsigned(field.g()), share);
    }

    /** RFC 5246 §7.4.3: both randoms, then the parameters. */
    static byte[] signed(Negotiated n, ServerKeyExchange m) {
        byte[] input = new byte[64 + m.params().length];
        System.arraycopy(n.clientRandom(), 0, input, 0, 32);
        System.arraycopy(n.serverRandom(), 0, input, 32, 32);
        System.arraycopy(m.params(), 0, input, 64, m.params().length);
        return input;
    }

    private static byte[] unsigned(java.math.BigInteger n) {
        byte[] b = n.toByteArray();
        return b[0] == 0 && b.length > 1 ? java.util.Arrays.copyOfRange(b, 1, b.length) : b;
    }
}
