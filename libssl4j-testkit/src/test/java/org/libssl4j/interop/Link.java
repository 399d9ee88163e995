// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libssl4j.Ssl;

/** A TCP connection over the loopback with a free port: a socket for the peer, and a socket or channel for us. */
public final class Link implements AutoCloseable {
    static final int PATIENCE_SECONDS = 20;

    private final Socket peer;
    private final SocketChannel ours;

    private Link(Socket peer, SocketChannel ours) {
        this.peer = peer;
        this.ours = ours;
    }

    public static Link open() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Socket peer = new Socket();
            peer.setSoTimeout(PATIENCE_SECONDS * 1000);
            peer.setTcpNoDelay(true);
            peer.connect(listener.getLocalAddress());
            return new Link(peer, listener.accept());
        }
    }

    /** The peer's end, blocking. */
    public Socket peer() {
        return peer;
    }

    /** Our end with an {@link Ssl} on it. */
    public OurEnd ours(Ssl ssl, boolean blocking) throws IOException {
        return blocking ? OurEnd.blocking(ssl, ours.socket()) : OurEnd.nonBlocking(ssl, ours);
    }

    /** Does the peer's part of a test on a thread of its own. */
    public static <T> CompletableFuture<T> aside(Callable<T> part) {
        CompletableFuture<T> f = new CompletableFuture<>();
        Thread t = new Thread(
                () -> {
                    try {
                        f.complete(part.call());
                    } catch (Throwable e) { // an AssertionError too has to reach the test
                        f.completeExceptionally(e);
                    }
                },
                "peer");
        t.setDaemon(true);
        t.start();
        return f;
    }

    /** What came of the peer's part; its failure as it was thrown. */
    public static <T> T result(CompletableFuture<T> f) throws Exception {
        try {
            return f.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception x) {
                throw x;
            }
            throw new AssertionError("the peer's part failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the peer has not come to an end", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (peer) {
            ours.close();
        }
    }
}
