// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.crypto.Secret;

/** Where pre-shared keys come from (RFC 4279). Immutable. */
public final class PskSettings {
    /** From nowhere. */
    public static final PskSettings NONE = new PskSettings();

    /** The most bytes of an identity or of a hint; PSK_MAX_IDENTITY_LEN of OpenSSL 3. */
    public static final int MAX_IDENTITY = 256;

    /** The most bytes of a key; PSK_MAX_PSK_LEN of OpenSSL 3. */
    public static final int MAX_KEY = 512;

    private PskSource client;
    private PskSource server;
    private byte[] hint;

    private PskSettings() {}

    private PskSettings(PskSettings o) {
        client = o.client;
        server = o.server;
        hint = o.hint;
    }

    /** Gives a client identity and key; null for nobody, and then no suite with a pre-shared key is offered. */
    public PskSource client() {
        return client;
    }

    public PskSettings withClient(PskSource c) {
        PskSettings next = new PskSettings(this);
        next.client = c;
        return next;
    }

    /** Gives a server the key of an identity; null for nobody, and then no suite with a pre-shared key is chosen. */
    public PskSource server() {
        return server;
    }

    public PskSettings withServer(PskSource s) {
        PskSettings next = new PskSettings(this);
        next.server = s;
        return next;
    }

    /** What a server says to help a client choose its identity; null for nothing. Not to be changed. */
    public byte[] hint() {
        return hint;
    }

    public PskSettings withHint(byte[] h) {
        PskSettings next = new PskSettings(this);
        next.hint = h;
        return next;
    }

    /**
     * Checks an identity or a hint of ours.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public static void checkIdentity(byte[] b) {
        if (b.length > MAX_IDENTITY) {
            throw new IllegalArgumentException(
                    "an identity or hint of " + b.length + " bytes; up to " + MAX_IDENTITY + " allowed");
        }
    }

    /**
     * A copy of a key.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static Secret key(byte[] b) {
        if (b.length == 0 || b.length > MAX_KEY) {
            throw new IllegalArgumentException(
                    "a pre-shared key of " + b.length + " bytes; 1 to " + MAX_KEY + " allowed");
        }
        return Secret.copyOf(b, 0, b.length);
    }

    /** Whether there is somebody to ask. */
    public boolean any() {
        return client != null || server != null;
    }
}
