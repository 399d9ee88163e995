// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

/** Which roles the connections of a context may have (SSL_CTX_new(3)). */
public enum TlsMethod {
    /** TLS_method(): either role. */
    TLS,
    /** TLS_client_method(): clients alone. */
    TLS_CLIENT,
    /** TLS_server_method(): servers alone. */
    TLS_SERVER
}
