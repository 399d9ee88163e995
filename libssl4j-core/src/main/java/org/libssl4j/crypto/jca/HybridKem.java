// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.util.Arrays;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

/**
 * ML-KEM and a Diffie-Hellman group side by side (draft-ietf-tls-ecdhe-mlkem §4): shares and secrets of both, one behind the other, always in the same order.
 */
final class HybridKem implements KeyExchange.Factory {
    private final NamedGroup group;
    private final Kem kem;
    private final KeyExchange.Factory dh;
    private final NamedGroup dhGroup;
    private final boolean kemFirst;
    private final int dhShareLength;

    HybridKem(NamedGroup group, Kem kem, KeyExchange.Factory dh, NamedGroup dhGroup) {
        this.group = group;
        this.kem = kem;
        this.dh = dh;
        this.dhGroup = dhGroup;
        // draft-ietf-tls-ecdhe-mlkem §4.1-4.3: ML-KEM comes first beside X25519, last beside a NIST curve, so that the
        // first is always one that FIPS approves.
        this.kemFirst = dhGroup == NamedGroup.X25519;
        this.dhShareLength = dhGroup.clientShareLength();
        if (group.clientShareLength() != kem.encapsulationKeyLength() + dhShareLength
                || group.serverShareLength() != kem.ciphertextLength() + dhShareLength) {
            throw new IllegalArgumentException(group + " is not made of these parts");
        }
    }

    @Override
    public KeyExchange start() {
        return new Exchange(kem.generate(), dh.start());
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        Parts parts = split(peerShare, kem.encapsulationKeyLength());
        KeyExchange.Answer forKem = kem.encapsulate(parts.kem);
        try (Secret kemSecret = forKem.secret()) {
            KeyExchange.Answer forDh = dh.answer(parts.dh);
            try (Secret dhSecret = forDh.secret()) {
                return new KeyExchange.Answer(join(forKem.share(), forDh.share()), join(kemSecret, dhSecret));
            }
        }
    }

    private record Parts(byte[] kem, byte[] dh) {}

    private Parts split(byte[] share, int kemLength) throws TlsException {
        // draft-ietf-tls-ecdhe-mlkem §4.1, §4.2: both parts have fixed lengths, and a share of another length ends the
        // handshake.
        if (share.length != kemLength + dhShareLength) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_ECPOINT,
                    "key_share of " + group.ianaName() + ": " + share.length + " bytes; " + (kemLength + dhShareLength)
                            + " allowed");
        }
        int first = kemFirst ? kemLength : dhShareLength;
        byte[] head = Arrays.copyOf(share, first);
        byte[] tail = Arrays.copyOfRange(share, first, share.length);
        return kemFirst ? new Parts(head, tail) : new Parts(tail, head);
    }

    private byte[] join(byte[] ofKem, byte[] ofDh) {
        byte[] head = kemFirst ? ofKem : ofDh;
        byte[] tail = kemFirst ? ofDh : ofKem;
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private Secret join(Secret ofKem, Secret ofDh) {
        byte[] both = new byte[ofKem.length() + ofDh.length()];
        ofKem.copyTo(both, kemFirst ? 0 : ofDh.length());
        ofDh.copyTo(both, kemFirst ? ofKem.length() : 0);
        return Secret.of(both);
    }

    private final class Exchange implements KeyExchange {
        private final KeyExchange ofKem;
        private final KeyExchange ofDh;
        private final byte[] share;

        Exchange(KeyExchange ofKem, KeyExchange ofDh) {
            this.ofKem = ofKem;
            this.ofDh = ofDh;
            this.share = join(ofKem.share(), ofDh.share());
        }

        @Override
        public byte[] share() {
            return share;
        }

        @Override
        public Secret finish(byte[] peerShare) throws TlsException {
            Parts parts = split(peerShare, kem.ciphertextLength());
            try (Secret kemSecret = ofKem.finish(parts.kem);
                    Secret dhSecret = ofDh.finish(parts.dh)) {
                return join(kemSecret, dhSecret);
            }
        }

        @Override
        public KeyExchange part(NamedGroup g) {
            return g == dhGroup ? ofDh : null;
        }

        @Override
        public void close() {
            ofKem.close();
            ofDh.close();
        }
    }
}
