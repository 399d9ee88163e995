// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.libssl4j.Ssl;
import org.libssl4j.handshake.Role;
import org.libssl4j.interop.Library;
import org.libssl4j.interop.Link;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.EnginePeer;

/** One of ours over TCP, blocking or with a selector, and SunJSSE on a thread of its own at the other end. */
final class OverSocket implements AutoCloseable {
    final Ssl ours;
    final OurEnd end;
    private final Link link;
    private final EnginePeer sun;
    private CompletableFuture<Void> part;

    /** What SunJSSE does. */
    @FunctionalInterface
    interface Part {
        void play(EnginePeer sun) throws Exception;
    }

    private OverSocket(Ssl ours, OurEnd end, Link link, EnginePeer sun) {
        this.ours = ours;
        this.end = end;
        this.link = link;
        this.sun = sun;
    }

    static OverSocket blocking(Role role) throws IOException {
        return open(role, true);
    }

    static OverSocket nonBlocking(Role role) throws IOException {
        return open(role, false);
    }

    private static OverSocket open(Role role, boolean blocking) throws IOException {
        Link link = Link.open();
        Ssl ssl = OverMemory.newSsl(role);
        EnginePeer sun = new EnginePeer(Library.SUN_JSSE.engine(OverMemory.wish(role)), link.peer());
        return new OverSocket(ssl, link.ours(ssl, blocking), link, sun);
    }

    /** Lets SunJSSE play its part at the same time. */
    OverSocket with(Part p) {
        part = Link.aside(() -> {
            p.play(sun);
            return null;
        });
        return this;
    }

    /** The peer's socket, for a part without TLS. */
    Socket peer() {
        return link.peer();
    }

    /** Waits until the part was played to its end. */
    void played() throws Exception {
        Link.result(part);
    }

    @Override
    public void close() throws IOException {
        try (link) {
            end.close();
        }
    }
}
