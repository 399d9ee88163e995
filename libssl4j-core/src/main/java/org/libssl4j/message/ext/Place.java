// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

/** Where an extension may stand: the messages of RFC 9846 §4.3 [8446 4.2], Table 1, and the ServerHello of TLS 1.2 and before. */
public enum Place {
    CLIENT_HELLO("client_hello"),
    SERVER_HELLO("server_hello"),
    SERVER_HELLO_12("server_hello"),
    HELLO_RETRY_REQUEST("hello_retry_request"),
    ENCRYPTED_EXTENSIONS("encrypted_extensions"),
    CERTIFICATE("certificate"),
    CERTIFICATE_REQUEST("certificate_request"),
    NEW_SESSION_TICKET("new_session_ticket");

    private final String text;

    Place(String text) {
        this.text = text;
    }

    /** The message's name. */
    @Override
    public String toString() {
        return text;
    }
}
