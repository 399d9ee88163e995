// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.PrivateKey;
import org.libssl4j.fault.TlsException;

/** Signs by one scheme. Thread-safe. */
interface Signer {
    /**
     * The signature of {@code key} over {@code input}.
     *
     * @throws TlsException internal_error if the key does not fit the scheme or its provider fails
     */
    byte[] sign(PrivateKey key, byte[] input) throws TlsException;
}
