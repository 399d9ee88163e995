// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;

/** Takes connections, handshakes and hands them to a {@link Service}. One that fails is one line, and the next has its turn. */
final class Acceptor implements AutoCloseable {
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);
    private static final int MOST_AT_A_TIME = 64;

    private final ServerSocketChannel listener;
    private final SslCtx ctx;
    private final Service service;
    private final Consumer<Ssl> begin; // what to do before the handshake
    private final boolean stateless;
    private final Report report; // what to print of a new connection
    private final Consumer<String> complaint;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** Says something of a connection. */
    interface Report {
        void accept(Ssl ssl) throws Failure;
    }

    Acceptor(
            Endpoint at,
            SslCtx ctx,
            Service service,
            Consumer<Ssl> begin,
            boolean stateless,
            Report report,
            Consumer<String> complaint)
            throws Failure {
        this.begin = begin;
        this.stateless = stateless;
        this.ctx = ctx;
        this.service = service;
        this.report = report;
        this.complaint = complaint;
        try {
            this.listener = ServerSocketChannel.open();
            listener.bind(
                    at.host() == null ? new InetSocketAddress(at.port()) : new InetSocketAddress(at.host(), at.port()),
                    128);
        } catch (IOException | RuntimeException e) { // an unresolved address is an unchecked exception
            throw new Failure("-accept " + at + ": " + Failure.text(e), e);
        }
    }

    String address() throws IOException {
        return Endpoint.text((InetSocketAddress) listener.getLocalAddress());
    }

    /**
     * Serves.
     *
     * @param most how many connections; 0 for no end
     * @return whether none failed
     */
    boolean run(int most) throws IOException {
        if (service.concurrent()) {
            serveSeveral(most);
        } else {
            boolean more = true;
            for (int i = 0; more && (most == 0 || i < most); i++) {
                more = serve(listener.accept());
            }
        }
        return !failed.get();
    }

    private void serveSeveral(int most) throws IOException {
        Semaphore room = new Semaphore(MOST_AT_A_TIME);
        ExecutorService threads = Executors.newCachedThreadPool(r -> {
            Thread t = new Thread(r, "connection");
            t.setDaemon(true);
            return t;
        });
        try {
            for (int i = 0; most == 0 || i < most; i++) {
                room.acquire(); // further clients wait in the listener's queue
                SocketChannel channel = listener.accept();
                threads.execute(() -> {
                    try {
                        serve(channel);
                    } finally {
                        room.release();
                    }
                });
            }
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    /** One connection from handshake to end; whether the server goes on. */
    private boolean serve(SocketChannel channel) {
        String peer = "client";
        try (channel;
                TlsStream stream = new TlsStream(new Ssl(ctx), channel)) {
            peer = stream.peer();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return serve(stream);
        } catch (Failure | IOException e) {
            complain(peer, Failure.text(e));
        } catch (RuntimeException e) {
            complain(peer, "internal error: " + e);
        }
        return true;
    }

    private boolean serve(TlsStream stream) throws Failure, IOException {
        stream.ssl().setAcceptState();
        begin.accept(stream.ssl());
        stream.unblock();
        stream.within(HANDSHAKE);
        try {
            if (stateless) {
                stream.cookie();
            }
            stream.handshake();
            report.accept(stream.ssl());
            return service.serve(stream);
        } catch (Failure e) {
            stream.hangUp();
            throw e;
        }
    }

    private void complain(String peer, String why) {
        failed.set(true);
        complaint.accept(peer + ": " + why);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
