// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** What tests against programs share: files with certificates and keys, a port to be called at, a call to a port. */
@Tag("peers")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ProgramTest {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String ALPN = "libssl4j/1";
    static final int DATA = 64 * 1024;

    @TempDir
    static Path directory;

    @BeforeAll
    static void writePemFiles() throws IOException {
        for (Identity.Kind k : new Identity.Kind[] {Identity.Kind.ECDSA, Identity.Kind.RSA}) {
            Identity.of(k).writePem(Files.createDirectories(directory.resolve(k.name())));
        }
    }

    /** The path of ca.pem, cert.pem or key.pem. */
    static String pem(Identity.Kind kind, String file) {
        return directory.resolve(kind.name()).resolve(file).toString();
    }

    static byte[] random(long seed) {
        byte[] b = new byte[DATA];
        new Random(seed).nextBytes(b);
        return b;
    }

    /** Our server's door, on a free port of the loopback. */
    static final class Door implements AutoCloseable {
        private final ServerSocketChannel listener;

        Door() throws IOException {
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        int port() {
            return listener.socket().getLocalPort();
        }

        /** The program's connection, with an {@link Ssl} on our end of it. */
        OurEnd accept(Ssl ssl, boolean blocking) throws IOException {
            listener.socket().setSoTimeout((int) PATIENCE.toMillis());
            return over(ssl, listener.socket().accept().getChannel(), blocking);
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    /** A program that serves, and the connection to it. */
    record Call(PeerProgram server, SocketChannel channel) implements AutoCloseable {
        private static final int TRIES = 3;

        /**
         * Starts a server that cannot choose a port itself on one that was free a moment ago, and connects; where somebody else was quicker, on another one.
         *
         * @param command by the port
         */
        static Call to(IntFunction<List<String>> command) throws IOException {
            for (int tries = 1; ; tries++) {
                int port = PeerProgram.freePort();
                PeerProgram server = PeerProgram.start(command.apply(port).toArray(new String[0]));
                SocketChannel channel = connect(server, port);
                if (channel != null) {
                    return new Call(server, channel);
                }
                server.close();
                if (tries == TRIES) {
                    throw new AssertionError("nobody listens on port " + port + "; " + server);
                }
            }
        }

        /** Tries until the program listens, for not every one says so: null if it ends or the patience does. */
        private static SocketChannel connect(PeerProgram server, int port) throws IOException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (server.isAlive() && System.nanoTime() < deadline) {
                try {
                    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                } catch (ConnectException e) {
                    LockSupport.parkNanos(5_000_000);
                }
            }
            return null;
        }

        /** Our end of it. */
        OurEnd ours(Ssl ssl, boolean blocking) throws IOException {
            return over(ssl, channel, blocking);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static OurEnd over(Ssl ssl, SocketChannel channel, boolean blocking) throws IOException {
        return blocking ? OurEnd.blocking(ssl, channel.socket()) : OurEnd.nonBlocking(ssl, channel);
    }
}
