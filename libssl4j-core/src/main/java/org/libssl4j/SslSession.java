// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.time.Instant;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;

/** What a server gave a client to resume by (SSL_get1_session(3)). Immutable and thread-safe. */
public final class SslSession {
    private final SessionState state;

    SslSession(SessionState state) {
        this.state = state;
    }

    /**
     * The version it was made in (SSL_SESSION_get_protocol_version(3)).
     *
     * @return "TLSv1.3"
     */
    public String getVersion() {
        return state.version().text();
    }

    /**
     * The cipher suite it was made with (SSL_SESSION_get0_cipher(3)).
     *
     * @return OpenSSL's name, which in TLS 1.3 is the registry's
     */
    public String getCipherName() {
        return state.suite().opensslName();
    }

    /**
     * When it was made (SSL_SESSION_get_time(3)).
     *
     * @return the time of receipt
     */
    public Instant getTime() {
        return state.created();
    }

    /**
     * How long it may be used (SSL_SESSION_get_ticket_lifetime_hint(3)).
     *
     * @return seconds, at most 604,800
     */
    public long getTicketLifetimeHint() {
        return state.lifetimeHint();
    }

    /**
     * The ticket (SSL_SESSION_get0_ticket(3)).
     *
     * @return a copy
     */
    public byte[] getTicket() {
        return state.ticket().clone();
    }

    /**
     * The greatest length of records that was agreed on by max_fragment_length (SSL_SESSION_get_max_fragment_length(3)).
     *
     * @return {@link FragmentLength#DISABLED} for none
     */
    public FragmentLength getMaxFragmentLength() {
        return state.maxFragment();
    }

    /**
     * How much early data the server takes with it (SSL_SESSION_get_max_early_data(3)).
     *
     * @return bytes; 0 for none
     */
    public long getMaxEarlyData() {
        return state.maxEarlyData();
    }
}
