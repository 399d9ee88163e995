// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** Receives the lines of a key log (RFC 9850; SSL_CTX_set_keylog_callback(3)). Whoever has them can read the connection. */
@FunctionalInterface
public interface KeylogCb {
    /**
     * Takes one line.
     *
     * @param line label, client random and secret; no line end
     */
    void line(String line);
}
