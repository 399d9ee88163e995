// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.libssl4j.bio.BioPair;
import org.libssl4j.interop.Identity;

/** A client and a server as Bios, over a pair of so many bytes each way. */
final class SslBioPair {
    final SslBio client = SslBio.newSsl(MemoryPair.clientCtx(), true);
    final SslBio server = SslBio.newSsl(MemoryPair.serverCtx(), false);

    SslBioPair(int room) {
        BioPair pair = BioPair.of(room, room);
        client.getSsl().setHostname(Identity.HOST);
        client.push(pair.first());
        server.push(pair.second());
    }

    SslBioPair connected() throws IOException {
        int c;
        int s;
        do {
            c = client.doHandshake();
            s = server.doHandshake();
        } while (c < 0 || s < 0);
        assertEquals(1, c);
        assertEquals(1, s);
        return this;
    }
}
