// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

import java.util.Objects;
import org.libssl4j.iana.AlertDescription;

/** What a callback makes of the name that the client asks for (SSL_CTX_set_tlsext_servername_callback(3)). */
public final class ServernameAnswer {
    /** SSL_TLSEXT_ERR_OK: the name is accepted, and the client is told so. */
    public static final ServernameAnswer OK = new ServernameAnswer("OK", null);

    /** SSL_TLSEXT_ERR_NOACK: the name is not accepted; the handshake goes on, and the client is not told. */
    public static final ServernameAnswer NOACK = new ServernameAnswer("NOACK", null);

    /** Not yet: the handshake waits with WANT_CLIENT_HELLO_CB and asks again. OpenSSL's callback has no such answer. */
    public static final ServernameAnswer RETRY = new ServernameAnswer("RETRY", null);

    private static final String FATAL = "ALERT_FATAL";

    private final String name;
    private final AlertDescription alert;

    private ServernameAnswer(String name, AlertDescription alert) {
        this.name = name;
        this.alert = alert;
    }

    /**
     * SSL_TLSEXT_ERR_ALERT_FATAL: the name is not accepted, and the handshake ends.
     *
     * @param alert what the client is told; OpenSSL's default is {@link AlertDescription#UNRECOGNIZED_NAME}
     * @return the answer
     */
    public static ServernameAnswer alertFatal(AlertDescription alert) {
        return new ServernameAnswer(FATAL, Objects.requireNonNull(alert));
    }

    /**
     * SSL_TLSEXT_ERR_ALERT_WARNING: the name is not accepted; the handshake goes on, and before TLS 1.3 the client is told by an alert. TLS 1.3 has no such alerts: there it is {@link #NOACK}.
     *
     * @param alert what the client is told
     * @return the answer
     */
    public static ServernameAnswer alertWarning(AlertDescription alert) {
        return new ServernameAnswer("ALERT_WARNING", Objects.requireNonNull(alert));
    }

    /**
     * Whether the handshake ends.
     *
     * @return whether it is an {@link #alertFatal}
     */
    public boolean fatal() {
        return name.equals(FATAL);
    }

    /**
     * What the client is told.
     *
     * @return the alert; null if there is none
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
