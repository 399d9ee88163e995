// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

/** HMAC (RFC 2104) over one hash; an instance serves many keys, one after the other. Not thread-safe. */
public interface Hmac {
    /** Begins a new computation under {@code key}. */
    void init(Secret key);

    void update(byte[] in, int off, int len);

    /** Writes the result to {@code out} and begins anew under the same key. */
    void doFinal(byte[] out, int off);

    /** Output length in bytes. */
    int length();

    /** Drops the key: a MAC of JCA has no way to do so but to get another one. */
    default void forget() {
        init(Secret.zeros(length()));
    }
}
