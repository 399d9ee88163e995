// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.util.List;
import org.libssl4j.bio.MemoryBio;

/** The kinds of links that there are. A new kind of Bio needs a line here. */
public final class Links {
    /** Two memory Bios without limit. */
    public static final Link.Kind MEMORY =
            new Link.Kind("MemoryBio", false, () -> new MemoryLink(new MemoryBio(), new MemoryBio()));

    /** Two memory Bios that are soon full. */
    public static final Link.Kind SMALL_MEMORY =
            new Link.Kind("MemoryBio of 61 bytes", false, () -> new MemoryLink(new MemoryBio(61), new MemoryBio(61)));

    /** Non-blocking channels. */
    public static final Link.Kind CHANNEL = new Link.Kind("ChannelBio", true, () -> new LoopbackLink(false));

    /** Blocking sockets, each end on a thread of its own. */
    public static final Link.Kind SOCKET = new Link.Kind("SocketBio", true, () -> new LoopbackLink(true));

    private Links() {}

    /** All of them. */
    public static List<Link.Kind> all() {
        return List.of(MEMORY, SMALL_MEMORY, CHANNEL, SOCKET);
    }
}
