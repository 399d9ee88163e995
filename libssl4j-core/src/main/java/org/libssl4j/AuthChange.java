// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.iana.SignatureScheme;

/** Changes to the configuration of authentication that {@link SslCtx} and {@link Ssl} both offer. */
final class AuthChange {
    private AuthChange() {}

    static HandshakeConfig caList(HandshakeConfig c, Collection<X500Principal> names) {
        return c.with(c.auth().withAuthorities(CaNames.encoded(List.of(), names)));
    }

    static HandshakeConfig addCa(HandshakeConfig c, X500Principal name) {
        return c.with(c.auth().withAuthorities(CaNames.encoded(c.auth().authorities(), List.of(name))));
    }

    static HandshakeConfig clientCaList(HandshakeConfig c, Collection<X500Principal> names) {
        return c.with(c.auth().withClientAuthorities(CaNames.encoded(List.of(), names)));
    }

    static HandshakeConfig addClientCa(HandshakeConfig c, X500Principal name) {
        return c.with(c.auth().withClientAuthorities(CaNames.encoded(c.auth().clientAuthorities(), List.of(name))));
    }

    static SignatureList list(Crypto crypto, String list) {
        return SignatureList.parse(list, crypto::supports);
    }

    /** RFC 9963 §3: numbers that are for clients' signatures alone are not for certificates. */
    static SignatureList certificateList(Crypto crypto, String list) {
        return SignatureList.parse(list, s -> crypto.supports(s) && !s.forClientsAlone());
    }

    static SignatureList list(Crypto crypto, SignatureScheme... schemes) {
        for (SignatureScheme s : schemes) {
            if (!crypto.supports(s)) {
                throw new IllegalArgumentException("no crypto provider here has " + s.ianaName());
            }
        }
        if (schemes.length == 0) {
            throw new IllegalArgumentException("a list of signature schemes without one");
        }
        return new SignatureList(Arrays.asList(schemes));
    }
}
