// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The connection while it is in plain text: lines of a bounded length, single bytes, and the check that nothing was said ahead. Not thread-safe. */
public final class PlainText {
    /** The longest line that is read, without its end. SMTP and POP3 have 512 (RFC 5321 §4.5.3.1.5, RFC 2449 §4); IMAP's list of capabilities may be longer. */
    static final int LONGEST_LINE = 8192;

    /** How long it may take until TLS begins: a server that sends a byte now and then is never silent. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private final InputStream in;
    private final OutputStream out;
    private final byte[] read = new byte[LONGEST_LINE];
    private int from;
    private int to;

    private final Duration longest;
    private final long begun = System.nanoTime();

    /** @param in what comes, which may time out */
    public PlainText(InputStream in, OutputStream out) {
        this(in, out, LONGEST);
    }

    PlainText(InputStream in, OutputStream out, Duration longest) {
        this.longest = longest;
        this.in = in;
        this.out = out;
    }

    /** The next byte. */
    int next() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
            if (System.nanoTime() - begun > longest.toNanos()) {
                throw new StartTlsException(
                        "the server took more than " + longest.toSeconds() + " s, and TLS has not begun");
            }
            int n;
            try {
                n = in.read(read, 0, read.length);
            } catch (SocketTimeoutException e) {
                throw new IOException("the server is silent", e);
            }
            if (n < 0) {
                throw new StartTlsException("the server closed the connection before TLS began");
            }
            to = n;
        }
        return read[from++] & 0xff;
    }

    /** The next line without its end, CR LF or LF alone; each byte is a char. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = next(); b != '\n'; b = next()) {
            if (line.length() == LONGEST_LINE) {
                throw new StartTlsException("the server sent a line of more than " + LONGEST_LINE + " bytes");
            }
            line.append((char) b);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }

    /** Sends a command; its end is added. */
    void command(String text) throws IOException {
        send((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    // In TLS the client speaks first, so a byte behind the answer is none of an honest server's. Clients have taken
    // such
    // bytes for protected ones: libpq in CVE-2021-23222, mail clients in Poddebniak et al., "Why TLS Is Better Without
    // STARTTLS" (USENIX Security 2021).
    /** Refuses bytes that came behind the answer which lets TLS begin. */
    void nothingBehind() throws IOException {
        int more = to - from;
        if (more > 0) {
            throw new StartTlsException("the server sent " + more + (more == 1 ? " byte" : " bytes")
                    + " in plain text behind its answer, where TLS has to begin");
        }
    }
}
