// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.List;
import org.libssl4j.spi.AlpnSelectCb;

/** A server's choice of application protocol that has to see the connection (RFC 7301; SSL_CTX_set_alpn_select_cb(3)). */
@FunctionalInterface
public interface SslAlpnSelectCb {
    /**
     * Chooses, as {@link AlpnSelectCb#select} does.
     *
     * @param ssl the connection
     * @param offered what the client offered, in its order
     * @return one of them; {@link AlpnSelectCb#NO_ACK}; {@link AlpnSelectCb#LATER}; or null
     */
    String select(Ssl ssl, List<String> offered);
}
