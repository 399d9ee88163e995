// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;

/** What a server does with a connection once the handshake is done. */
interface Service {
    /**
     * Serves one connection up to its end; the caller closes it.
     *
     * @return whether the server goes on with others
     */
    boolean serve(TlsStream stream) throws Failure, IOException;

    /** Whether several connections may be served at a time. */
    boolean concurrent();
}
