// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** A stream of bytes that a seed determines, in the clothes of a {@link SecureRandom}: SHA-256 over seed and counter. For tests alone, where it makes two runs comparable. Thread-safe, though threads that share one see an order of their own. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    SeededRandom(long seed) {
        super(new Stream(seed), null);
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a seeded stream has a position and is not copied");
    }

    private static final class Stream extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final long seed;
        private long counter;
        private byte[] block = {};
        private int taken;

        Stream(long seed) {
            this.seed = seed;
        }

        @Override
        protected synchronized void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                if (taken == block.length) {
                    block = next();
                    taken = 0;
                }
                bytes[i] = block[taken++];
            }
        }

        private byte[] next() {
            try {
                ByteBuffer in = ByteBuffer.allocate(16).putLong(seed).putLong(counter++);
                return MessageDigest.getInstance("SHA-256").digest(in.array());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has SHA-256
            }
        }

        @Override
        protected void engineSetSeed(byte[] ignored) {
            // what is added must not change the stream
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] b = new byte[length];
            engineNextBytes(b);
            return b;
        }
    }
}
