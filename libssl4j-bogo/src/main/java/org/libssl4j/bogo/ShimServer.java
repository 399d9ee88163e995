// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The warm shim: takes the arguments of tests from launchers, over a Unix socket, and runs each on a thread of its own.
 *
 * <p>A test whose launcher is gone is cancelled. One that takes too long ends with {@link ExitCode#MUST_FAIL} and the stack of its thread, before the runner kills the launcher and all that could be known is lost.
 */
final class ShimServer {
    private final ServerSocketChannel listening;
    private final Duration limit;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "watchdog");
        t.setDaemon(true);
        return t;
    });

    /**
     * Listens.
     *
     * @param socket a path where nothing is yet
     * @param limit how long a test may take
     */
    ShimServer(Path socket, Duration limit) throws IOException {
        this.limit = limit;
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket), 1000);
    }

    /** Takes launchers until {@link #stop}. */
    void serve() throws IOException {
        while (true) {
            SocketChannel launcher;
            try {
                launcher = listening.accept();
            } catch (ClosedChannelException e) {
                return;
            }
            start("launcher", () -> attend(launcher));
        }
    }

    /** Ends {@link #serve}. */
    void stop() throws IOException {
        watchdog.shutdownNow();
        listening.close();
    }

    /** Reads a launcher's request, starts the test, and waits for the launcher to hang up. */
    private void attend(SocketChannel launcher) {
        try (launcher) {
            Request request = Request.read(new DataInputStream(Channels.newInputStream(launcher)));
            Reply reply = new Reply(launcher);
            Shim shim = new Shim(request.arguments(), reply.out(), reply.err());
            Thread test = start("test", () -> {
                int code = shim.run();
                finish(reply, code);
            });
            Future<?> late =
                    watchdog.schedule(() -> tooLate(test, shim, reply), limit.toMillis(), TimeUnit.MILLISECONDS);
            while (launcher.read(ByteBuffer.allocate(16)) >= 0) {
                // A launcher says nothing more.
            }
            late.cancel(false);
            shim.cancel();
        } catch (IOException e) {
            // The launcher is gone, and with it whoever would like to know.
        }
    }

    private static void tooLate(Thread test, Shim shim, Reply reply) {
        StackTraceElement[] stack = test.getStackTrace();
        if (stack.length > 0) {
            reply.err().println("the test takes too long; its thread is at");
            for (StackTraceElement frame : stack) {
                reply.err().println("  " + frame);
            }
            finish(reply, ExitCode.MUST_FAIL);
        }
        shim.cancel();
    }

    private static void finish(Reply reply, int code) {
        try {
            reply.finish(code);
        } catch (IOException e) {
            // The launcher is gone.
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread t = new Thread(work, name);
        t.setDaemon(true);
        t.start();
        return t;
    }
}
