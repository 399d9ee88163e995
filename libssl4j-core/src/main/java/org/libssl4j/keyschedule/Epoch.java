// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

/** Which keys protect a message: OpenSSL's protection levels, QUIC's encryption levels and DTLS's epochs at once (RFC 9846 §7.1, §B.1; RFC 9147 §6.1). */
public enum Epoch {
    INITIAL,
    EARLY_DATA,
    HANDSHAKE,
    APPLICATION
}
