// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.libssl4j.bio.Bio;
import org.libssl4j.handshake.Role;

/**
 * A Bio for each end, which are joined somehow and do not block.
 *
 * @param direct whether what one takes can be read from the other at once
 * @param ender ends the stream that comes from an end
 */
record JoinedLink(Bio client, Bio server, boolean direct, Ender ender) implements Link {
    /** As {@link Link#end}. */
    @FunctionalInterface
    interface Ender {
        boolean end(Bio from) throws IOException;
    }

    @Override
    public Bio in(Role end) {
        return end == Role.CLIENT ? client : server;
    }

    @Override
    public Bio out(Role end) {
        return in(end);
    }

    @Override
    public boolean end(Role from) throws IOException {
        return ender.end(in(from));
    }

    @Override
    public boolean blocks() {
        return false;
    }

    @Override
    public void close() {
        try {
            client.closeAll();
            server.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
