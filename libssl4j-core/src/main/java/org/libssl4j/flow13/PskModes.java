// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.Arrays;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.PskMode;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.PskKeyExchangeModes;

/**
 * In which ways both sides would use a pre-shared key (RFC 9846 §4.3.9 [8446 4.2.9]).
 *
 * @param withExchange together with a key exchange, psk_dhe_ke
 * @param alone psk_ke
 */
record PskModes(boolean withExchange, boolean alone) {
    static PskModes of(ClientHello hello, HandshakeConfig config) throws TlsException {
        PskKeyExchangeModes theirs =
                hello.extensions().get(ExtensionType.PSK_KEY_EXCHANGE_MODES, PskKeyExchangeModes::read);
        return theirs == null
                ? new PskModes(false, false)
                : new PskModes(
                        has(theirs, PskMode.PSK_DHE_KE), config.sessions().allowNoDhe() && has(theirs, PskMode.PSK_KE));
    }

    boolean any() {
        return withExchange || alone;
    }

    private static boolean has(PskKeyExchangeModes modes, PskMode mode) {
        return Arrays.stream(modes.modes()).anyMatch(m -> m == mode.code());
    }
}
