// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

import java.util.List;

/** A server's choice of application protocol (RFC 7301; SSL_CTX_set_alpn_select_cb(3)). */
@FunctionalInterface
public interface AlpnSelectCb {
    /** What {@link #select} returns to go on without a protocol. As {@link #LATER} it is the name of none; neither is the empty string, which is a mistake as in OpenSSL and ends the handshake with internal_error. */
    String NO_ACK = "\ufffe";

    /** What {@link #select} returns if it cannot tell yet: the handshake waits with WANT_CLIENT_HELLO_CB and asks again. No protocol is called so, since the chars of a name are bytes. */
    String LATER = "\uffff";

    /**
     * Chooses.
     *
     * @param offered what the client offered, in its order
     * @return one of them; {@link #NO_ACK} to go on without one; {@link #LATER} to be asked again; null to end the handshake with no_application_protocol
     */
    String select(List<String> offered);
}
