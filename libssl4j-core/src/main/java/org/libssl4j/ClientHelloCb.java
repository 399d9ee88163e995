// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;

/** A server's look at the ClientHello before anything is made of it (SSL_CTX_set_client_hello_cb(3)). */
@FunctionalInterface
public interface ClientHelloCb {
    /**
     * Looks. May configure the connection, and put all its configuration in another context's place by {@link Ssl#setSslCtx}.
     *
     * @param ssl the connection
     * @param hello what the client sent
     * @return the answer; null ends the handshake with internal_error
     */
    ClientHelloAnswer clientHello(Ssl ssl, ReceivedClientHello hello);
}
