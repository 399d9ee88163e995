// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

import java.util.Objects;
import org.libssl4j.iana.AlertDescription;

/** What a callback makes of a ClientHello (SSL_CTX_set_client_hello_cb(3)). */
public final class ClientHelloAnswer {
    /** SSL_CLIENT_HELLO_SUCCESS: the handshake goes on. */
    public static final ClientHelloAnswer SUCCESS = new ClientHelloAnswer("SUCCESS", null);

    /** SSL_CLIENT_HELLO_RETRY: not yet; the handshake waits with WANT_CLIENT_HELLO_CB and asks again. */
    public static final ClientHelloAnswer RETRY = new ClientHelloAnswer("RETRY", null);

    private final String name;
    private final AlertDescription alert;

    private ClientHelloAnswer(String name, AlertDescription alert) {
        this.name = name;
        this.alert = alert;
    }

    /**
     * SSL_CLIENT_HELLO_ERROR: the handshake ends.
     *
     * @param alert what the client is told
     * @return the answer
     */
    public static ClientHelloAnswer error(AlertDescription alert) {
        return new ClientHelloAnswer("ERROR", Objects.requireNonNull(alert));
    }

    /**
     * What the client is told.
     *
     * @return the alert of an error; null for any other answer
     */
    public AlertDescription alert() {
        return alert;
    }

    /** The answer by OpenSSL's name. */
    @Override
    public String toString() {
        return alert == null ? name : name + " " + alert;
    }
}
