// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

/** Whether a port may be bound that is still in use: BIO_BIND_* (BIO_set_bind_mode(3)). */
public enum BindMode {
    /** No (BIO_BIND_NORMAL); connections of an earlier listener that the system still remembers are in the way, too. */
    NORMAL,
    /** Yes, as far as the system goes along (BIO_BIND_REUSEADDR, SO_REUSEADDR): on Linux beside remembered connections, not beside another listener. */
    REUSEADDR,
    /** As {@link #NORMAL}; where that fails and nobody answers at the port, as {@link #REUSEADDR} (BIO_BIND_REUSEADDR_IF_UNUSED). */
    REUSEADDR_IF_UNUSED
}
