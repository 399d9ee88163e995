// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What BIO_s_null(3) says. */
class NullBioTest {
    private final NullBio bio = new NullBio();
    private final byte[] buffer = new byte[10];

    @Test
    void whatIsWrittenIsGoneAndReadsMeetTheEnd() throws IOException {
        assertEquals(10, bio.write(buffer, 0, 10));
        assertEquals(3, bio.puts("abc"));
        assertEquals(0, bio.read(buffer, 0, 10));
        assertFalse(bio.shouldRetry());
        assertEquals(0, bio.gets(buffer, 0, 10));
        assertEquals(0, bio.getLine(buffer, 0, 10));
        assertEquals(0, bio.pending());
        assertEquals(0, bio.wpending());
        assertTrue(bio.eof());
        assertTrue(bio.readyToRead());
        assertEquals(1, bio.flush());
        bio.reset();
        bio.close();
    }

    @Test
    void itEndsAChainWhoseBytesNobodyWants() throws IOException {
        BufferBio filter = new BufferBio();
        filter.push(bio);
        assertEquals(10, filter.write(buffer, 0, 10));
        assertEquals(1, filter.flush());
        assertEquals(0, filter.wpending());
        assertEquals(0, filter.read(buffer, 0, 10));
    }

    @Test
    void whatLiesOutsideOfTheArrayIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> bio.read(buffer, 5, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.write(buffer, 5, 6));
    }
}
