// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Makes the application's part of a cookie (SSL_CTX_set_stateless_cookie_generate_cb(3)), such as the client's address under a key. */
@FunctionalInterface
public interface StatelessCookieGenerateCb {
    /**
     * Makes it.
     *
     * @param ssl the connection that {@link Ssl#stateless} was called on
     * @return 0 to 4096 bytes; null ends the handshake with an internal_error
     */
    byte[] generate(Ssl ssl);
}
