// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

/** A text that somebody else chose, such as a name in a certificate or of a host: shown on the terminal, and not obeyed by it. */
final class PeerText {
    private PeerText() {}

    /** The text, where control characters, ends of lines and what turns the direction of writing stand as their numbers. */
    static String shown(String text) {
        StringBuilder s = new StringBuilder(text.length());
        text.codePoints().forEach(c -> s.append(steers(c) ? String.format("\\%02X", c) : Character.toString(c)));
        return s.toString();
    }

    private static boolean steers(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
                return true;
            default:
                return false;
        }
    }
}
