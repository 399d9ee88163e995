// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;

/** The server did not go over to TLS: what it said instead, in a line that may be printed. */
public final class StartTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    StartTlsException(String message) {
        super(message);
    }

    /** @param answer the server's words, in which characters that a terminal would obey are made visible */
    StartTlsException(String message, String answer) {
        this(message + ": " + visible(answer));
    }

    private static String visible(String text) {
        StringBuilder s = new StringBuilder("'");
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 0x7f) {
                s.append(c);
            } else {
                s.append(String.format("\\%02X", (int) c));
            }
        }
        return s.append('\'').toString();
    }
}
