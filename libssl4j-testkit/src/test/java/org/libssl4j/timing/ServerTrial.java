// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.io.IOException;
import org.libssl4j.Ssl;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** A last byte given to a whole server over Bios in memory: one call, which reads it and ends with an alert, or with data if all is right. */
final class ServerTrial implements Trial {
    private static final byte[] OUT = new byte[17_000];

    private final Ssl server;
    private final MemoryBio toServer;
    private final MemoryBio toClient;
    private final byte[] last;
    private final boolean right;

    /**
     * Gives it all but what is timed.
     *
     * @param last what is given then: some bytes at the end
     */
    ServerTrial(Ssl server, MemoryBio toServer, MemoryBio toClient, byte[] last, boolean right) {
        this.server = server;
        this.toServer = toServer;
        this.toClient = toClient;
        this.last = last;
        this.right = right;
    }

    @Override
    public long run() throws IOException {
        toServer.write(last, 0, last.length);
        long before = toClient.pending();
        long begin = System.nanoTime();
        int read = server.read(OUT, 0, OUT.length);
        long end = System.nanoTime();
        Exception failure = server.failure();
        boolean refused = read < 0
                && failure instanceof TlsException e
                && e.alert() == AlertDescription.BAD_RECORD_MAC
                && toClient.pending() > before;
        if (right ? read <= 0 : !refused) {
            throw new IllegalStateException("not what was to be measured: " + read, failure);
        }
        server.close();
        return end - begin;
    }
}
