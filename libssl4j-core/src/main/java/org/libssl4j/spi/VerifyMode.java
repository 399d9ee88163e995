// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** What of a peer's certificate is asked, by SSL_CTX_set_verify(3)'s SSL_VERIFY_* bits. */
public enum VerifyMode {
    /** Client: a failed verification does not end the handshake. Server: no certificate is asked for. */
    NONE,
    /** Client: a failed verification ends the handshake. Server: a certificate is asked for, and verified if it comes. */
    PEER,
    /** As {@link #PEER}; a server also ends the handshake of a client that has none. */
    PEER_FAIL_IF_NO_PEER_CERT
}
