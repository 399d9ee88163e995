// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.function.Function;
import java.util.function.Supplier;
import org.libssl4j.crypto.Secret;
import org.libssl4j.session.Lookup;

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
    private Supplier<Lookup> use;
    private Function<byte[], Lookup> find;

    private PskSettings() {}

    private PskSettings(PskSettings o) {
        client = o.client;
        server = o.server;
        hint = o.hint;
        use = o.use;
        find = o.find;
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

    /** Gives a client of TLS 1.3 an external key (SSL_CTX_set_psk_use_session_callback(3)), as a session whose ticket is the identity; "later" is possible; null for nobody. */
    public Supplier<Lookup> use() {
        return use;
    }

    public PskSettings withUse(Supplier<Lookup> u) {
        PskSettings next = new PskSettings(this);
        next.use = u;
        return next;
    }

    /** Gives a server of TLS 1.3 the external key of an identity (SSL_CTX_set_psk_find_session_callback(3)); "later" is possible; null for nobody. */
    public Function<byte[], Lookup> find() {
        return find;
    }

    public PskSettings withFind(Function<byte[], Lookup> f) {
        PskSettings next = new PskSettings(this);
        next.find = f;
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
