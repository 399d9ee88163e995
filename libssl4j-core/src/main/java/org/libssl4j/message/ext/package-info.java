// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * The extensions of handshake messages, one record each, and the block that holds them.
 *
 * <p>A record reads and writes the body of its extension; type and length belong to {@link org.libssl4j.message.ext.ExtensionBlock}. As with the messages, arrays are not copied and are compared by identity.
 */
package org.libssl4j.message.ext;
