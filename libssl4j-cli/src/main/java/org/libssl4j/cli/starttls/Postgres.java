// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;

/** PostgreSQL's request for TLS (PostgreSQL's manual, "Message Flow", SSL Session Encryption). */
final class Postgres implements StartTls {
    /** SSLRequest: its own length, then 1234 and 5679 where a version would stand. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    @Override
    public void negotiate(PlainText link) throws IOException {
        link.send(SSL_REQUEST);
        int answer = link.next();
        switch (answer) {
            case 'S' -> link.nothingBehind();
            case 'N' -> throw new StartTlsException("the server does not offer TLS: it answers N");
            // An error message of a server that may be anyone: the manual wants it not to be shown.
            case 'E' -> throw new StartTlsException("the server answers the request for TLS with an error");
            default ->
                throw new StartTlsException(String.format(
                        "the server answers the request for TLS with byte 0x%02x; S or N is allowed", answer));
        }
    }
}
