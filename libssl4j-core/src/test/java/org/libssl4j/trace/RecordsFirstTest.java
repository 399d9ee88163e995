// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.spi.ProtocolMessage;

class RecordsFirstTest {
    private final List<String> seen = new ArrayList<>();
    private final RecordsFirst order =
            new RecordsFirst(m -> seen.add((m.sent() ? "> " : "< ") + m.contentType() + " " + m.bytes()[0]));

    private void told(boolean sent, int contentType, int firstByte) {
        order.message(new ProtocolMessage(sent, contentType, "", new byte[] {(byte) firstByte, 0}));
    }

    @Test
    void messagesWaitForTheHeaderOfTheirRecord() {
        told(true, 22, 2);
        told(true, 20, 1);
        told(true, 256, 22);
        told(true, 256, 20);
        told(true, 22, 8);
        told(true, 22, 20);
        told(true, 256, 23);
        told(true, 257, 22);
        assertEquals(
                List.of("> 256 22", "> 22 2", "> 256 20", "> 20 1", "> 256 23", "> 257 22", "> 22 8", "> 22 20"), seen);
    }

    @Test
    void whatIsReceivedIsInOrderAlready() {
        told(true, 22, 1);
        told(false, 256, 22);
        told(false, 22, 2);
        assertEquals(List.of("< 256 22", "< 22 2"), seen);
    }

    @Test
    void anAlertComesAfterItsRecordAnyway() {
        told(true, 256, 23);
        told(true, 257, 21);
        told(true, 21, 1);
        assertEquals(List.of("> 256 23", "> 257 21", "> 21 1"), seen);
    }
}
