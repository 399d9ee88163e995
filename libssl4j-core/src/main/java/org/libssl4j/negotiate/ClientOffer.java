// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.KeyShare;

/**
 * What a client has offered: the checks of the server's answers start from it.
 *
 * @param hello the ClientHello as it was sent, the second one after a HelloRetryRequest
 * @param shares the key exchanges whose shares stand in it; closed with the handshake
 * @param retriedSuite the suite that a HelloRetryRequest named; 0 before one
 */
public record ClientOffer(ClientHello hello, List<Share> shares, int retriedSuite) {
    /** A key exchange that was begun. */
    public record Share(NamedGroup group, KeyExchange exchange) {}

    public ClientOffer {
        shares = List.copyOf(shares);
    }

    /** Whether this answers a HelloRetryRequest. */
    public boolean retried() {
        return retriedSuite != 0;
    }

    /** The key_share extension with these. */
    public static KeyShare.Offer offer(List<Share> shares) {
        return new KeyShare.Offer(shares.stream()
                .map(s -> new KeyShare.Entry(s.group().code(), s.exchange().share()))
                .toList());
    }

    /** The key exchange of this group, or null if no share of it was sent. */
    public Share share(int group) {
        for (Share s : shares) {
            if (s.group().code() == group) {
                return s;
            }
        }
        return null;
    }

    /** The extensions that were sent, by number. */
    public int[] extensionTypes() {
        return hello.extensions().types();
    }
}
