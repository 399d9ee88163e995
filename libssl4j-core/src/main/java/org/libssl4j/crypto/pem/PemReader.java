// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Reads the blocks of a PEM file (RFC 7468), lax as OpenSSL is: text around the blocks is passed over, lines may be of any length and end as they like.
 *
 * <p>Works on bytes, not on strings, so that what it held of a private key can be wiped.
 */
final class PemReader {
    private static final byte[] BEGIN = ascii("-----BEGIN ");
    private static final byte[] END = ascii("-----END ");
    private static final String DASHES = "-----";
    /** RFC 1421 §4.6.1.1: a header of the encryption that OpenSSL had before PKCS#8. */
    private static final byte[] PROC_TYPE = ascii("Proc-Type:");

    private final byte[] file;
    private final List<Block> blocks = new ArrayList<>();
    private int position;
    private int lineStart;
    private int lineEnd;

    /**
     * A block.
     *
     * @param label what stands behind BEGIN
     * @param bytes what the Base64 is of
     * @param encrypted in the way of RFC 1421 that OpenSSL had before PKCS#8
     */
    record Block(String label, byte[] bytes, boolean encrypted) {
        void wipe() {
            Arrays.fill(bytes, (byte) 0);
        }

        @Override
        public String toString() {
            return "PEM block '" + label + "'";
        }
    }

    private PemReader(byte[] file) {
        this.file = file;
    }

    /** Whether a line of it begins a block. */
    static boolean isPem(byte[] file) {
        PemReader in = new PemReader(file);
        while (in.nextLine()) {
            if (in.startsWith(BEGIN)) {
                return true;
            }
        }
        return false;
    }

    /** All blocks, in the order of the file. */
    static List<Block> read(byte[] file) throws GeneralSecurityException {
        PemReader in = new PemReader(file);
        byte[] scratch = new byte[file.length];
        try {
            while (in.nextLine()) {
                String label = in.startsWith(BEGIN) ? in.label(BEGIN) : null;
                if (label != null) {
                    in.blocks.add(in.block(label, scratch));
                }
            }
            return in.blocks;
        } finally {
            Arrays.fill(scratch, (byte) 0);
        }
    }

    /** The rest of a block, to its end. */
    private Block block(String label, byte[] base64) throws GeneralSecurityException {
        int length = 0;
        boolean encrypted = false;
        boolean inHeaders = false;
        while (nextLine()) {
            if (startsWith(END)) {
                if (!label.equals(label(END))) {
                    throw new GeneralSecurityException("a PEM block '" + label + "' with the end of another");
                }
                return new Block(label, decode(label, base64, length), encrypted);
            }
            if (length == 0 && has(':')) {
                inHeaders = true;
                encrypted |= startsWith(PROC_TYPE) && line().contains("ENCRYPTED");
            } else if (inHeaders && lineStart == lineEnd) {
                inHeaders = false;
            } else if (!inHeaders) {
                length = take(base64, length);
            }
        }
        throw new GeneralSecurityException("a PEM block '" + label + "' without an end: the file is cut off");
    }

    private static byte[] decode(String label, byte[] base64, int length) throws GeneralSecurityException {
        byte[] exact = Arrays.copyOf(base64, length);
        try {
            return Base64.getDecoder().decode(exact);
        } catch (IllegalArgumentException e) {
            // The cause would quote what may be a key.
            throw new GeneralSecurityException("a PEM block '" + label + "' that is not Base64");
        } finally {
            Arrays.fill(exact, (byte) 0);
        }
    }

    /** Appends the line without its blanks. */
    private int take(byte[] base64, int length) {
        int n = length;
        for (int i = lineStart; i < lineEnd; i++) {
            if (file[i] != ' ' && file[i] != '\t') {
                base64[n++] = file[i];
            }
        }
        return n;
    }

    /** What stands between the marker and the dashes of a line, or null if the dashes are missing. */
    private String label(byte[] marker) {
        String line = line().stripTrailing();
        return line.length() >= marker.length + DASHES.length() && line.endsWith(DASHES)
                ? line.substring(marker.length, line.length() - DASHES.length())
                : null;
    }

    /** Goes to the next line; false at the end. */
    private boolean nextLine() {
        if (position >= file.length) {
            return false;
        }
        lineStart = position;
        while (position < file.length && file[position] != '\n' && file[position] != '\r') {
            position++;
        }
        lineEnd = position;
        if (position + 1 < file.length && file[position] == '\r' && file[position + 1] == '\n') {
            position++;
        }
        position = Math.min(position + 1, file.length);
        return true;
    }

    private boolean startsWith(byte[] prefix) {
        return lineEnd - lineStart >= prefix.length
                && Arrays.equals(file, lineStart, lineStart + prefix.length, prefix, 0, prefix.length);
    }

    private boolean has(char wanted) {
        for (int i = lineStart; i < lineEnd; i++) {
            if (file[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private String line() {
        return new String(file, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
