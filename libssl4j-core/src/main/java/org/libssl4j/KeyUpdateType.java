// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Which keys a key update changes (SSL_key_update(3)). */
public enum KeyUpdateType {
    /** SSL_KEY_UPDATE_NONE: no update waits to be sent. */
    NONE,
    /** SSL_KEY_UPDATE_NOT_REQUESTED: ours for writing. */
    NOT_REQUESTED,
    /** SSL_KEY_UPDATE_REQUESTED: ours for writing, and the peer is asked to change its own. */
    REQUESTED
}
