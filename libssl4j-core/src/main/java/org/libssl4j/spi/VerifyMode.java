// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/** What of a peer's certificate is asked, by SSL_CTX_set_verify(3)'s SSL_VERIFY_* bits. */
public enum VerifyMode {
    /** Client: a failed verification does not end the handshake. Server: no certificate is asked for. */
    NONE,
    /** Client: a failed verification ends the handshake. Server: a certificate is asked for, and verified if it comes. */
    PEER,
    /** As {@link #PEER}; a server also ends the handshake of a client that has none. */
    PEER_FAIL_IF_NO_PEER_CERT,
    /** As {@link #PEER}; a server does not ask during the handshake, but after it, by SSL_verify_client_post_handshake(3). */
    PEER_POST_HANDSHAKE,
    /** As {@link #PEER_POST_HANDSHAKE}; a server also ends the connection of a client that has none then. */
    PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE;

    /** Whether a server ends the handshake of a client that shows no certificate.
     *
     * @return whether
     */
    public boolean failsWithoutCertificate() {
        return this == PEER_FAIL_IF_NO_PEER_CERT || this == PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE;
    }

    /** Whether a server asks for a certificate during the handshake.
     *
     * @return whether
     */
    public boolean asksDuringHandshake() {
        return this == PEER || this == PEER_FAIL_IF_NO_PEER_CERT;
    }
}
