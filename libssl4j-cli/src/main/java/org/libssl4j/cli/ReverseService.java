// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends each line back reversed ({@code -rev}); a line CLOSE ends the connection. */
final class ReverseService implements Service {
    private static final int LONGEST_LINE = 16_384;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public boolean serve(TlsStream stream) throws Failure, IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] in = new byte[4096];
        while (true) {
            stream.within(PATIENCE);
            int n = stream.read(in);
            if (n < 0) {
                break;
            }
            if (!answer(stream, line, in, n)) {
                break;
            }
        }
        stream.goodbye(null);
        return true;
    }

    /** Answers the lines that are complete; false after CLOSE. */
    private static boolean answer(TlsStream stream, ByteArrayOutputStream line, byte[] in, int n)
            throws Failure, IOException {
        for (int i = 0; i < n; i++) {
            if (in[i] != '\n') {
                if (line.size() == LONGEST_LINE) {
                    throw new Failure("a line of more than " + LONGEST_LINE + " bytes");
                }
                line.write(in[i]);
                continue;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
            line.reset();
            if (text.equals("CLOSE")) {
                return false;
            }
            byte[] reversed = (new StringBuilder(text).reverse() + "\n").getBytes(StandardCharsets.ISO_8859_1);
            stream.write(reversed, 0, reversed.length);
        }
        return true;
    }

    @Override
    public boolean concurrent() {
        return true;
    }
}
