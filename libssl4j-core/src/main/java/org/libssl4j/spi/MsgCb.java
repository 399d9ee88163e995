// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** Looks at protocol messages as they go by (SSL_CTX_set_msg_callback(3)). */
@FunctionalInterface
public interface MsgCb {
    /**
     * A message went by.
     *
     * @param message it
     */
    void message(ProtocolMessage message);
}
