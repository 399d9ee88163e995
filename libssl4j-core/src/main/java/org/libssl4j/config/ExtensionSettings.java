// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;
import org.libssl4j.spi.AlpnSelectCb;

/**
 * What goes into, and is made of, extensions.
 *
 * @param serverName the name a client sends (RFC 6066 §3), or null
 * @param alpn the protocols a client offers (RFC 7301), in order
 * @param alpnSelect a server's choice, or null to ignore the extension
 * @param middleboxCompat whether a client shows the signs of a resumed TLS 1.2 session that some middleboxes want (RFC 9846 §E.4)
 */
public record ExtensionSettings(
        String serverName, List<String> alpn, AlpnSelectCb alpnSelect, boolean middleboxCompat) {
    public static final ExtensionSettings DEFAULT = new ExtensionSettings(null, List.of(), null, true);

    public ExtensionSettings {
        alpn = List.copyOf(alpn);
    }

    public ExtensionSettings withServerName(String n) {
        return new ExtensionSettings(n, alpn, alpnSelect, middleboxCompat);
    }

    public ExtensionSettings withAlpn(List<String> a) {
        return new ExtensionSettings(serverName, a, alpnSelect, middleboxCompat);
    }

    public ExtensionSettings with(AlpnSelectCb s) {
        return new ExtensionSettings(serverName, alpn, s, middleboxCompat);
    }

    public ExtensionSettings withMiddleboxCompat(boolean m) {
        return new ExtensionSettings(serverName, alpn, alpnSelect, m);
    }
}
