// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** X25519 (RFC 7748 §5) of Bouncy Castle. Private keys and secrets are arrays, which are wiped. */
final class BcX25519 implements KeyExchange.Factory {
    private final SecureRandom random;

    BcX25519(SecureRandom random) {
        this.random = random;
    }

    @Override
    public KeyExchange start() {
        byte[] scalar = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, scalar);
        return exchange(scalar);
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        try (KeyExchange own = start()) {
            return new KeyExchange.Answer(own.share(), own.finish(peerShare));
        }
    }

    /** @param scalar a private key, which the exchange takes over */
    static KeyExchange exchange(byte[] scalar) {
        byte[] share = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(scalar, 0, share, 0);
        return new Exchange(scalar, share);
    }

    private record Exchange(byte[] scalar, byte[] share) implements KeyExchange {
        @Override
        public Secret finish(byte[] peerShare) throws TlsException {
            // RFC 9846 §4.3.8.2 [8446 4.2.8.2], RFC 7748 §6.1: a share has 32 bytes.
            if (peerShare.length != X25519.POINT_SIZE) {
                throw bad(peerShare.length + " bytes; " + X25519.POINT_SIZE + " allowed");
            }
            byte[] secret = new byte[X25519.POINT_SIZE];
            // RFC 9846 §7.4.2: an all-zero result means a share of small order, and ends the handshake.
            if (!X25519.calculateAgreement(scalar, 0, peerShare, 0, secret, 0)) {
                throw bad("its order is small");
            }
            return Secret.of(secret);
        }

        @Override
        public void close() {
            Arrays.fill(scalar, (byte) 0);
        }

        private static TlsException bad(String what) {
            return new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_ECPOINT, "key_share of x25519: " + what);
        }
    }
}
