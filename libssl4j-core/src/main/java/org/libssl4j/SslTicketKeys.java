// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.time.Duration;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.session.TicketKey;
import org.libssl4j.session.TicketKeys;

/**
 * The keys of a server's tickets, for one context or for several that resume each other's sessions (OpenSSL has one key a context, set by SSL_CTX_set_tlsext_ticket_keys(3)). The current key seals; it, the next one and the previous one open.
 *
 * <p>Either they are made here, and then replaced by themselves each time a period is over: a ticket is good for one period at least and two at most. Or the application gives them, the same on all servers that share sessions: a new one first as the next one everywhere, so that all can open its tickets, then as the current one. After two steps the tickets of a key open nothing; their clients get a full handshake and notice nothing else.
 *
 * <p>Who has a key reads all sessions of its tickets, and in TLS 1.2 all that was said in them. So keys are worth replacing often, and storing nowhere.
 *
 * <p>Thread-safe.
 */
public final class SslTicketKeys {
    /** Bytes of a key: 16 of its name and 64 of secret; as many as with OpenSSL. */
    public static final int KEY_LENGTH = TicketKey.LENGTH;

    /** How long a key seals unless it is said otherwise. */
    public static final Duration DEFAULT_PERIOD = TicketKeys.PERIOD;

    private final TicketKeys keys;

    /** Keys that are made here, each for {@link #DEFAULT_PERIOD}. */
    public SslTicketKeys() {
        this(DEFAULT_PERIOD);
    }

    /**
     * Keys that are made here.
     *
     * @param period how long each seals; for as long again it opens
     * @throws IllegalArgumentException for a period of nothing or less
     */
    public SslTicketKeys(Duration period) {
        keys = new TicketKeys(JcaCrypto.of(CryptoPolicy.DEFAULT), period);
    }

    /**
     * Takes keys in place of all before; they stay until they are set anew, or {@link #rotate}.
     *
     * @param next only opens for now, 80 bytes; null for none
     * @param current seals and opens, 80 bytes
     * @param previous still opens, and its clients get new tickets, 80 bytes; null for none
     * @throws IllegalArgumentException for another length
     */
    public void set(byte[] next, byte[] current, byte[] previous) {
        try (TicketKey n = next == null ? null : TicketKey.of(next);
                TicketKey c = TicketKey.of(current);
                TicketKey p = previous == null ? null : TicketKey.of(previous)) {
            keys.set(n, c, p);
        }
    }

    /** Goes on to the next key, or where there is none to a new one: the current one only opens from now on, and the previous one is forgotten. */
    public void rotate() {
        keys.rotate();
    }

    TicketKeys inside() {
        return keys;
    }
}
