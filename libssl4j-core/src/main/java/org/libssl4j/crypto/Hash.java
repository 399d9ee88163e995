// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

/** A running message digest. Not thread-safe. */
public interface Hash {
    void update(byte[] in, int off, int len);

    /** Ends the digest and begins a new one. */
    byte[] digest();

    /** An independent copy of the running state. */
    Hash copy();

    /** Output length in bytes. */
    int length();
}
