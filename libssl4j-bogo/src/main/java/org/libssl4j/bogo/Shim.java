// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Supplier;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;

/** One test: reads its flags, connects to the runner as often as they say, and answers with an exit code. Each test has its own; nothing is kept from one to the next. */
final class Shim {
    private static final byte[] LOOPBACK4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final List<String> arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<SslCtx> contexts;
    private SocketChannel channel; // guarded by this
    private boolean cancelled; // guarded by this

    /**
     * A test that has not begun.
     *
     * @param arguments the runner's, a character for each byte
     * @param out where the runner looks only if the test fails
     * @param err has to stay empty if the test passes
     */
    Shim(List<String> arguments, PrintStream out, PrintStream err) {
        this(arguments, out, err, () -> new SslCtx(TlsMethod.TLS));
    }

    /**
     * As above, with the origin of the connections' contexts: those of a recorded test draw no random numbers.
     *
     * @param contexts a new one for each connection
     */
    Shim(List<String> arguments, PrintStream out, PrintStream err, Supplier<SslCtx> contexts) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.contexts = contexts;
    }

    /** Runs the test: an {@link ExitCode}. */
    int run() {
        try {
            FlagParser flags = FlagParser.parse(arguments);
            if (flags.initial.has(ShimFlag.IS_HANDSHAKER_SUPPORTED)) {
                out.println("No");
                return ExitCode.PASSED;
            }
            int more = flags.initial.number(ShimFlag.RESUME_COUNT);
            ShimSessions sessions = new ShimSessions();
            connection(flags.initial, sessions, 1);
            for (int i = 0; i < more; i++) {
                sessions.pass((i == 0 ? flags.initial : flags.resume).wide(ShimFlag.RESUMPTION_DELAY));
                connection(flags.resume, sessions, i + 2);
            }
            return ExitCode.PASSED;
        } catch (Unimplemented e) {
            out.println("not implemented: " + e.getMessage());
            return ExitCode.UNIMPLEMENTED;
        } catch (ShimFailure e) {
            err.println(e.getMessage());
            return e.exitCode();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            e.printStackTrace(err); // a fault of ours, which no test expects
            return ExitCode.MUST_FAIL;
        }
    }

    /** Hangs up, so that the test ends. */
    synchronized void cancel() {
        cancelled = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            out.println("while hanging up: " + e);
        }
    }

    private void connection(TestConfig config, ShimSessions sessions, int number) throws Unimplemented, ShimFailure {
        Observed observed = new Observed(config);
        SslCtx ctx = contexts.get();
        sessions.prepare(ctx, config);
        Ssl ssl = ConnectionSetup.of(config, observed, ctx);
        sessions.offer(ssl, config, number > 1);
        try (SocketChannel c = connect(config)) {
            try {
                new Exchange(config, observed, ssl, c, sessions, number > 1).run();
                observed.checkTrace();
            } finally {
                ssl.close();
                hangUp(c);
            }
        } catch (ShimFailure e) {
            throw new ShimFailure(e.exitCode(), e.getMessage() + "\nConnection " + number + " failed.");
        } catch (IOException e) {
            throw new ShimFailure(ExitCode.MUST_FAIL, "the socket to the runner: " + e);
        }
    }

    private SocketChannel connect(TestConfig config) throws IOException {
        SocketChannel c = SocketChannel.open();
        boolean connected = false;
        try {
            synchronized (this) {
                if (cancelled) {
                    throw new IOException("the test was cancelled");
                }
                channel = c;
            }
            c.setOption(StandardSocketOptions.TCP_NODELAY, true);
            InetAddress runner = InetAddress.getByAddress(config.has(ShimFlag.IPV6) ? LOOPBACK6 : LOOPBACK4);
            c.connect(new InetSocketAddress(runner, config.number(ShimFlag.PORT)));
            ByteBuffer id = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            id.putLong(config.wide(ShimFlag.SHIM_ID)).flip();
            while (id.hasRemaining()) {
                c.write(id);
            }
            connected = true;
            return c;
        } finally {
            if (!connected) {
                c.close();
            }
        }
    }

    /** Closes our half and reads the rest: a socket closed with unread bytes is reset, and the runner would not see our alert. */
    private static void hangUp(SocketChannel c) {
        try {
            c.shutdownOutput();
            ByteBuffer rest = ByteBuffer.allocate(4096);
            while (c.read(rest.clear()) >= 0) {
                // Nobody wants it.
            }
        } catch (IOException e) {
            // The runner has hung up first.
        }
    }
}
