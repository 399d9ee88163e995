// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file as a whole that may not be larger than what it is read for can be. */
final class SmallFile {
    private SmallFile() {}

    /**
     * Its bytes.
     *
     * @throws IOException if it cannot be read or is larger than {@code most} bytes
     */
    static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                Arrays.fill(bytes, (byte) 0);
                throw new IOException(file + " is larger than " + most + " bytes: no file of this kind is");
            }
            return bytes;
        }
    }
}
