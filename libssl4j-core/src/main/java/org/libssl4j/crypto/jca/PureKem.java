// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.TlsException;

/** ML-KEM alone as a group (draft-ietf-tls-mlkem §4): the client's share is the encapsulation key, the server's the ciphertext. */
record PureKem(Kem kem) implements KeyExchange.Factory {
    @Override
    public KeyExchange start() {
        return kem.generate();
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        return kem.encapsulate(peerShare);
    }
}
