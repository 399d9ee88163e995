// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** STARTTLS of IMAP (RFC 9051 §6.2.1). */
final class Imap implements StartTls {
    private static final int MOST_LINES = 100;
    private static final String TAG = "."; // OpenSSL's

    @Override
    public void negotiate(PlainText link) throws IOException {
        String greeting = link.line();
        // RFC 9051 §6.2.1, §7.1.4: STARTTLS is for the time before authentication, which a server that greets with
        // PREAUTH has left.
        if (!begins(greeting, "* OK")) {
            throw new StartTlsException("the server does not greet with OK but", greeting);
        }
        link.command(TAG + " CAPABILITY");
        if (!completed(link, "CAPABILITY is refused")) {
            throw new StartTlsException("the server does not offer STARTTLS");
        }
        link.command(TAG + " STARTTLS");
        completed(link, "STARTTLS is refused");
        link.nothingBehind();
    }

    // RFC 9051 §2.2.2: untagged responses come before the one that completes a command, which bears the command's tag.
    /** Reads up to the end of a command, which has to be OK; whether a capability STARTTLS was named. */
    private static boolean completed(PlainText link, String otherwise) throws IOException {
        boolean offered = false;
        for (int i = 0; i < MOST_LINES; i++) {
            String line = link.line();
            if (begins(line, "* CAPABILITY")) {
                offered |=
                        Arrays.asList(line.toUpperCase(Locale.ROOT).split(" ")).contains("STARTTLS");
            } else if (line.startsWith(TAG + " ")) {
                if (!begins(line, TAG + " OK")) {
                    throw new StartTlsException(otherwise, line);
                }
                return offered;
            } else if (!line.startsWith("* ")) {
                throw new StartTlsException("this is no response of IMAP", line);
            }
        }
        throw new StartTlsException("the server sent more than " + MOST_LINES + " lines and no end of the response");
    }

    /** Whether a line begins with these words, in any case. */
    private static boolean begins(String line, String words) {
        return line.regionMatches(true, 0, words, 0, words.length())
                && (line.length() == words.length() || line.charAt(words.length()) == ' ');
    }
}
