// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;
import java.util.List;

/**
 * How an application protocol goes over to TLS on a connection that began in plain text: what is said before the ClientHello.
 *
 * <p>All that the server says here is unprotected. So nothing of it is kept for later, and a byte behind its last answer ends the attempt: who reads it in as if it had come through TLS believes whoever sits in between.
 */
public interface StartTls {
    /** What there is, in the words of {@code -starttls}. */
    List<String> PROTOCOLS = List.of("smtp", "imap", "pop3", "postgres");

    /** The host that an SMTP client says it is if it is told nothing else; OpenSSL's choice. */
    String DEFAULT_NAME = "mail.example.com";

    /**
     * Talks up to where TLS begins; the next byte either way is TLS.
     *
     * @throws StartTlsException if the server does not go over to TLS, or does not speak the protocol
     * @throws IOException if the connection fails, or the server is silent for too long
     */
    void negotiate(PlainText link) throws IOException;

    /**
     * The protocol of this name.
     *
     * @param protocol one of {@link #PROTOCOLS}
     * @param name the host that SMTP's EHLO names
     * @throws IllegalArgumentException for another protocol, or a name that is none
     */
    static StartTls of(String protocol, String name) {
        return switch (protocol) {
            case "smtp" -> new Smtp(name);
            case "imap" -> new Imap();
            case "pop3" -> new Pop3();
            case "postgres" -> new Postgres();
            default -> throw new IllegalArgumentException("one of " + String.join(", ", PROTOCOLS) + " is wanted");
        };
    }
}
