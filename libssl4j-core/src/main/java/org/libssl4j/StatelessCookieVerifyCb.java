// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Judges the application's part of a cookie that came back (SSL_CTX_set_stateless_cookie_verify_cb(3)). */
@FunctionalInterface
public interface StatelessCookieVerifyCb {
    /**
     * Judges it. That the cookie is one that this context made has been checked before.
     *
     * @param ssl the connection that {@link Ssl#stateless} was called on
     * @param cookie what the generating callback made
     * @return whether it is good; if not, the handshake ends with an illegal_parameter
     */
    boolean verify(Ssl ssl, byte[] cookie);
}
