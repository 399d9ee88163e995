// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.handshake.Role;

/** The kinds of links that there are. A new kind of Bio needs a line here. */
public final class Links {
    /** Two memory Bios without limit. */
    public static final Link.Kind MEMORY =
            new Link.Kind("MemoryBio", false, () -> new Memory(new MemoryBio(), new MemoryBio()));

    /** Two memory Bios that are soon full. */
    public static final Link.Kind SMALL_MEMORY =
            new Link.Kind("MemoryBio of 61 bytes", false, () -> new Memory(new MemoryBio(61), new MemoryBio(61)));

    /** Non-blocking channels. */
    public static final Link.Kind CHANNEL = new Link.Kind("ChannelBio", true, () -> new Loopback(false));

    /** Blocking sockets, each end on a thread of its own. */
    public static final Link.Kind SOCKET = new Link.Kind("SocketBio", true, () -> new Loopback(true));

    private Links() {}

    /** All of them. */
    public static List<Link.Kind> all() {
        return List.of(MEMORY, SMALL_MEMORY, CHANNEL, SOCKET);
    }

    private record Memory(MemoryBio toClient, MemoryBio toServer) implements Link {
        @Override
        public Bio in(Role end) {
            return end == Role.CLIENT ? toClient : toServer;
        }

        @Override
        public Bio out(Role end) {
            return in(end.peer());
        }

        @Override
        public void end(Role from) {
            (from == Role.CLIENT ? toServer : toClient).setEofReturn(0);
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

    private static final class Loopback implements Link {
        private final SocketChannel client;
        private final SocketChannel server;
        private final Bio clientBio;
        private final Bio serverBio;
        private final boolean blocks;

        Loopback(boolean blocks) throws IOException {
            this.blocks = blocks;
            try (ServerSocketChannel door = ServerSocketChannel.open()) {
                door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                client = SocketChannel.open(door.getLocalAddress());
                server = door.accept();
            }
            clientBio = bio(client);
            serverBio = bio(server);
        }

        private Bio bio(SocketChannel c) throws IOException {
            c.setOption(
                    StandardSocketOptions.TCP_NODELAY, true); // a byte at a time must not wait for the last one's ACK
            c.configureBlocking(blocks);
            return blocks ? new SocketBio(c.socket()) : new ChannelBio(c);
        }

        @Override
        public Bio in(Role end) {
            return end == Role.CLIENT ? clientBio : serverBio;
        }

        @Override
        public Bio out(Role end) {
            return in(end);
        }

        @Override
        public void end(Role from) {
            try {
                (from == Role.CLIENT ? client : server).shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean direct() {
            return false;
        }

        @Override
        public boolean blocks() {
            return blocks;
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                closeServer();
            }
        }

        private void closeServer() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
