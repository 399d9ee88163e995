// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What launcher and server say to each other. */
class FramingTest {
    private static final byte[] REQUEST = hex("00000003 00000002 2d61 00000000 00000003 ff0a03");

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s.replace(" ", ""));
    }

    private static Request read(byte[] b) throws IOException {
        return Request.read(new DataInputStream(new ByteArrayInputStream(b)));
    }

    @Test
    void anArgumentHasACharacterForEachByte() throws Exception {
        assertEquals(List.of("-a", "", "\u00ff\n\u0003"), read(REQUEST).arguments());
    }

    @Test
    void eachPrefixOfARequestIsRefused() {
        for (int n = 0; n < REQUEST.length; n++) {
            byte[] prefix = Arrays.copyOf(REQUEST, n);
            assertThrows(
                    EOFException.class, () -> read(prefix), () -> HexFormat.of().formatHex(prefix));
        }
    }

    @Test
    void noMemoryIsTakenForALengthThatCannotBe() {
        assertThrows(IOException.class, () -> read(hex("ffffffff")));
        assertThrows(IOException.class, () -> read(hex("00000001 7fffffff")));
    }

    @Test
    void aReplyIsWhatWasPrintedAndThenTheExitCode() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Reply r = new Reply(Channels.newChannel(sent));
        r.err().print("e");
        r.out().print("oo");
        r.finish(89);
        assertArrayEquals(hex("01 00000002 6f6f 02 00000001 65 00 00000059"), sent.toByteArray());
    }

    @Test
    void theFirstWhoFinishesAReplyHasTheSay() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Reply r = new Reply(Channels.newChannel(sent));
        r.finish(90);
        int length = sent.size();
        r.finish(0);
        assertEquals(length, sent.size());
    }
}
