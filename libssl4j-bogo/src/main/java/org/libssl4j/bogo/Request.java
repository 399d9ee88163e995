// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a launcher asks for: the arguments of one test, as u32 count and for each u32 length and bytes. */
record Request(List<String> arguments) {
    private static final int MOST_ARGUMENTS = 10_000;
    private static final int MOST_BYTES = 1 << 20;

    /** Reads it; each byte of an argument becomes one character. */
    static Request read(DataInputStream in) throws IOException {
        int count = bounded(in.readInt(), MOST_ARGUMENTS);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = bounded(in.readInt(), MOST_BYTES);
            byte[] b = in.readNBytes(length);
            if (b.length < length) {
                throw new EOFException("an argument that ends too early");
            }
            arguments.add(new String(b, StandardCharsets.ISO_8859_1));
        }
        return new Request(arguments);
    }

    private static int bounded(int value, int most) throws IOException {
        if (value < 0 || value > most) {
            throw new IOException("a length of " + Integer.toUnsignedString(value) + "; at most " + most);
        }
        return value;
    }
}
