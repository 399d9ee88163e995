// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import org.libssl4j.spi.ServernameAnswer;

/** A server's use of the name that the client asks for (SSL_CTX_set_tlsext_servername_callback(3)). */
@FunctionalInterface
public interface ServernameCb {
    /**
     * Looks at the name. May configure the connection, and put all its configuration in another context's place by {@link Ssl#setSslCtx}.
     *
     * @param ssl the connection
     * @param name the name, in ASCII, as the client wrote it; null if it sent none
     * @return the answer; null ends the handshake with internal_error
     */
    ServernameAnswer servername(Ssl ssl, String name);
}
