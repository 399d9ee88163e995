// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.Ssl;
import org.libssl4j.message.ClientHello;
import org.libssl4j.wire.WireReader;

/** The first ClientHello that goes by a connection. */
final class Hellos {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private final List<byte[]> messages = new ArrayList<>();

    /** Watches a connection, in place of its message callback. */
    Hellos(Ssl ssl) {
        ssl.setMsgCallback(m -> {
            if (m.contentType() == HANDSHAKE && m.bytes()[0] == CLIENT_HELLO) {
                messages.add(m.bytes());
            }
        });
    }

    ClientHello first() throws Exception {
        byte[] m = messages.get(0);
        return ClientHello.read(new WireReader(m, 4, m.length - 4));
    }
}
