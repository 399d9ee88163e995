// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** STARTTLS of SMTP (RFC 3207). */
final class Smtp implements StartTls {
    private static final int MOST_LINES = 100;
    private static final Pattern REPLY_LINE = Pattern.compile("[2-5][0-9]{2}([ -].*)?", Pattern.DOTALL);

    private final String name;

    /**
     * @param name the host that we say we are
     * @throws IllegalArgumentException for a name that would not end where the command does
     */
    Smtp(String name) {
        // RFC 5321 §4.1.1.1: EHLO takes a domain or an address in brackets; no space, no control character is in
        // either.
        if (!name.matches("[!-~]{1,255}")) {
            throw new IllegalArgumentException("a host name is wanted: 1 to 255 printable characters without a space");
        }
        this.name = name;
    }

    @Override
    public void negotiate(PlainText link) throws IOException {
        reply(link, "220", "the server did not greet");
        link.command("EHLO " + name);
        List<String> keywords = reply(link, "250", "EHLO is refused");
        // RFC 3207 §4: the extension is offered by the keyword STARTTLS, without parameters; RFC 5321 §2.4: in any
        // case.
        if (keywords.stream().skip(1).noneMatch("STARTTLS"::equalsIgnoreCase)) {
            throw new StartTlsException("the server does not offer STARTTLS but", String.join(" / ", keywords));
        }
        link.command("STARTTLS");
        reply(link, "220", "STARTTLS is refused");
        link.nothingBehind();
    }

    // RFC 5321 §4.2.1: all lines of a reply begin with the same code; a hyphen behind it says that another one follows.
    /** The texts of a reply's lines. */
    private static List<String> reply(PlainText link, String wanted, String otherwise) throws IOException {
        List<String> texts = new ArrayList<>();
        String line;
        do {
            if (texts.size() == MOST_LINES) {
                throw new StartTlsException("the server sent a reply of more than " + MOST_LINES + " lines");
            }
            line = link.line();
            if (!REPLY_LINE.matcher(line).matches()) {
                throw new StartTlsException("this is no reply of SMTP", line);
            }
            if (!line.startsWith(wanted)) {
                throw new StartTlsException(otherwise, line);
            }
            texts.add(line.length() > 4 ? line.substring(4).stripTrailing() : "");
        } while (line.startsWith("-", 3));
        return texts;
    }
}
