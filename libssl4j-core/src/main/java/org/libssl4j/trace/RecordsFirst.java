// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.spi.ProtocolMessage;

/**
 * Hands messages on in the order of the wire: after the header of the record that they begin in.
 *
 * <pre>
 *   told:       EncryptedExtensions, Certificate, ..., record header
 *   handed on:  record header, EncryptedExtensions, Certificate, ...
 * </pre>
 *
 * Handshake messages of a flight share a record, so they are sent before it is made. Those of the peer come in the right order anyway. What is never put into a record, since the connection failed before, was not sent and is not handed on. One for each connection.
 */
public final class RecordsFirst implements MsgCb {
    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;
    private static final int ALERT = 21;
    private static final int APPLICATION_DATA = 23;

    private final MsgCb next;
    private final Queue<ProtocolMessage> waiting = new ArrayDeque<>();

    /** @param next gets the messages */
    public RecordsFirst(MsgCb next) {
        this.next = next;
    }

    @Override
    public void message(ProtocolMessage m) {
        int type = m.contentType();
        if (!m.sent() || type == ALERT) { // an alert is told after its record
            next.message(m);
        } else if (type == RECORD_HEADER || type == INNER_CONTENT_TYPE) {
            next.message(m);
            int carries = m.bytes()[0];
            // What a protected record carries, the next call says.
            if (type == INNER_CONTENT_TYPE || carries != APPLICATION_DATA) {
                release(carries);
            }
        } else {
            waiting.add(m);
        }
    }

    private void release(int contentType) {
        for (Iterator<ProtocolMessage> i = waiting.iterator(); i.hasNext(); ) {
            ProtocolMessage m = i.next();
            if (m.contentType() == contentType) {
                i.remove();
                next.message(m);
            }
        }
    }
}
