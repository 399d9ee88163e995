// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.Objects;
import org.libssl4j.crypto.Secret;

/** Asks who uses the library for a pre-shared key in the middle of a handshake (RFC 4279 §2). */
@FunctionalInterface
public interface PskSource {
    /** What came of it. */
    final class Answer {
        /** There is no key. */
        public static final Answer NONE = new Answer(null, null);

        /** Not yet: to be asked again. */
        public static final Answer LATER = new Answer(null, null);

        private final byte[] identity;
        private final Secret key;

        private Answer(byte[] identity, Secret key) {
            this.identity = identity;
            this.key = key;
        }

        /**
         * A key.
         *
         * @param identity by which a client names it; null in a server
         * @param key belongs to whom it is given
         */
        public static Answer of(byte[] identity, Secret key) {
            return new Answer(identity, Objects.requireNonNull(key, "key"));
        }

        public byte[] identity() {
            return identity;
        }

        public Secret key() {
            return key;
        }
    }

    /**
     * Asks.
     *
     * @param said the server's hint, null for none, to a client; the client's identity to a server
     */
    Answer ask(byte[] said);
}
