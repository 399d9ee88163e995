// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/**
 * Key exchanges of one group, of which equal seeds give equal ones: a real one is made for each seed that is drawn, and remembered. So it does for every group, also for those whose provider takes random bytes from nobody, and what a KEM encapsulates is repeated as well.
 */
final class RepeatedExchanges implements KeyExchange.Factory {
    private static final HexFormat HEX = HexFormat.of();

    private static final Kept<KeyExchange> BEGUN = new Kept<>();
    private static final Kept<Answered> ANSWERED = new Kept<>();
    private static final Kept<byte[]> FINISHED = new Kept<>();

    private final Object group; // a NamedGroup, or the numbers of a field
    private final KeyExchange.Factory real;
    private final SecureRandom random;

    private record Answered(byte[] share, byte[] secret) {}

    RepeatedExchanges(Object group, KeyExchange.Factory real, SecureRandom random) {
        this.group = group;
        this.real = real;
        this.random = random;
    }

    @Override
    public KeyExchange start() {
        try {
            return new Begun(BEGUN.get(List.of(group, seed()), real::start), null);
        } catch (TlsException e) {
            throw new IllegalStateException(e); // start() throws none
        }
    }

    @Override
    public KeyExchange.Answer answer(byte[] peerShare) throws TlsException {
        Answered a = ANSWERED.get(List.of(group, seed(), HEX.formatHex(peerShare)), () -> {
            KeyExchange.Answer answer = real.answer(peerShare);
            try (Secret s = answer.secret()) {
                return new Answered(answer.share(), s.getEncoded());
            }
        });
        return new KeyExchange.Answer(a.share.clone(), Secret.of(a.secret.clone()));
    }

    private String seed() {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        return HEX.formatHex(seed);
    }

    /** An exchange whose real one stays open, for the next that asks for the same. */
    private static final class Begun implements KeyExchange {
        private final KeyExchange real;
        private final Begun whole; // that this is a part of, or null
        private boolean closed;

        Begun(KeyExchange real, Begun whole) {
            this.real = real;
            this.whole = whole;
        }

        @Override
        public byte[] share() {
            return real.share().clone();
        }

        @Override
        public Secret finish(byte[] peerShare) throws TlsException {
            if (closed()) {
                throw new IllegalStateException("this key exchange was closed");
            }
            byte[] secret = FINISHED.get(List.of(real, HEX.formatHex(peerShare)), () -> {
                try (Secret s = real.finish(peerShare)) {
                    return s.getEncoded();
                }
            });
            return Secret.of(secret.clone());
        }

        @Override
        public KeyExchange part(NamedGroup g) {
            KeyExchange part = real.part(g);
            return part == null ? null : new Begun(part, this);
        }

        private boolean closed() {
            return closed || whole != null && whole.closed();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
