// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.libssl4j.bio.Bio;
import org.libssl4j.handshake.Role;

/** A connection over the loopback interface: channels that do not block, or sockets and streams that do. */
final class LoopbackLink implements Link {
    private final SocketChannel client;
    private final SocketChannel server;
    private final Bio clientBio;
    private final Bio serverBio;
    private final boolean blocks;

    /** Makes the Bio of one end. */
    @FunctionalInterface
    interface Maker {
        Bio over(SocketChannel channel) throws IOException;
    }

    LoopbackLink(boolean blocks, Maker maker) throws IOException {
        this.blocks = blocks;
        try (ServerSocketChannel door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(door.getLocalAddress());
            server = door.accept();
        }
        ready(client);
        ready(server);
        clientBio = maker.over(client);
        serverBio = maker.over(server);
    }

    private void ready(SocketChannel c) throws IOException {
        c.setOption(StandardSocketOptions.TCP_NODELAY, true); // a byte at a time must not wait for the last one's ACK
        c.configureBlocking(blocks);
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
    public boolean end(Role from) throws IOException {
        (from == Role.CLIENT ? client : server).shutdownOutput();
        return true;
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
