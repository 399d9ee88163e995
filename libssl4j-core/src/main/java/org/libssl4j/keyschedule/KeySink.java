// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;

/** Where secrets leave the key schedule. Whoever takes them decides when to use them. */
public interface KeySink {
    /**
     * Takes the keys of one epoch and direction. What the sink needs of {@code keys} it derives at once; they stay the caller's to close.
     *
     * @throws TlsException unexpected_message if bytes of a message lie behind the point where the read keys change (RFC 9846 §5.1)
     */
    void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) throws TlsException;
}
