// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.PublicKey;

/** Verifies the signatures of one scheme. Thread-safe. */
interface Verifier {
    /** Whether {@code signature} is {@code key}'s over {@code input}; false also for what is malformed or does not fit. */
    boolean verify(PublicKey key, byte[] input, byte[] signature);
}
