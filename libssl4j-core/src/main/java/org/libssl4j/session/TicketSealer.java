// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

/** Turns a server's sessions into tickets that only it, and who shares its keys, can read (RFC 5077 §4, RFC 9846 §4.7.1). Thread-safe. */
public interface TicketSealer {
    /**
     * Seals.
     *
     * @param session stays the caller's
     * @return at most 65,535 bytes; null if there is to be no ticket
     */
    byte[] seal(SessionState session);

    /**
     * Opens what a client has brought. What cannot be opened, for whatever reason, is none: a full handshake follows, and no error. The answer may be "later".
     *
     * @param ticket at least one byte
     */
    Lookup unseal(byte[] ticket);
}
