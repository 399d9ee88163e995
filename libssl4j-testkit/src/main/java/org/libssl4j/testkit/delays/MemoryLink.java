// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import org.libssl4j.bio.Bio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.handshake.Role;

/** Two memory Bios, one each way. */
record MemoryLink(MemoryBio toClient, MemoryBio toServer) implements Link {
    @Override
    public Bio in(Role end) {
        return end == Role.CLIENT ? toClient : toServer;
    }

    @Override
    public Bio out(Role end) {
        return in(end.peer());
    }

    @Override
    public boolean end(Role from) {
        (from == Role.CLIENT ? toServer : toClient).setEofReturn(0);
        return true;
    }

    @Override
    public boolean direct() {
        return true;
    }

    @Override
    public boolean blocks() {
        return false;
    }

    @Override
    public void close() {}
}
