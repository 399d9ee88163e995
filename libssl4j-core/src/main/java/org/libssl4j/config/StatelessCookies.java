// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.crypto.Secret;

/**
 * How a server that keeps no state makes and judges cookies (SSL_stateless(3)).
 *
 * @param key authenticates them; shared by all connections that may see one another's cookies
 * @param application has a part in them
 */
public record StatelessCookies(Secret key, Application application) {
    /** Bytes that the application's part may have (OpenSSL's SSL_COOKIE_LENGTH). */
    public static final int MOST_BYTES = 4096;

    /** Seconds for which a cookie is good, as with OpenSSL. */
    public static final int LIFETIME = 600;

    /** What the application puts into a cookie. */
    public interface Application {
        /** Its part of a new cookie; null if there can be none, which ends the handshake. */
        byte[] generate();

        /** Whether what came back is good. That it was ours has been found out before. */
        boolean verify(byte[] cookie);
    }
}
