// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;

/** SSL_set_fd(3), SSL_set_rfd(3) and SSL_set_wfd(3). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslSetFdManualTest {
    private static final byte[] HELLO = {1, 2, 3, 4, 5};

    private final byte[] buffer = new byte[100];
    private final List<SocketChannel> open = new ArrayList<>();
    private final Ssl client = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
    private final Ssl server = new Ssl(OurEnd.server(Identity.ECDSA, null, null, null));

    /** Knows whether it was closed. */
    private static final class Closing extends FilterBio {
        private int closed;

        @Override
        public void close() {
            closed++;
        }
    }

    /** Two ends of a connection. */
    private SocketChannel[] connected() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel a = SocketChannel.open(listener.getLocalAddress());
            open.add(a);
            SocketChannel b = listener.accept();
            open.add(b);
            return new SocketChannel[] {a, b};
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel c : open) {
            c.close();
        }
    }

    private void talk() {
        client.setHostname(Identity.HOST);
        CompletableFuture<Integer> served = CompletableFuture.supplyAsync(server::accept);
        assertEquals(1, client.connect(), () -> "" + client.failure());
        assertEquals(1, served.join());
        assertEquals(HELLO.length, client.write(HELLO, 0, HELLO.length));
        assertEquals(HELLO.length, server.read(buffer, 0, 100));
        assertEquals(2, server.write(HELLO, 0, 2));
        assertEquals(2, client.read(buffer, 0, 100));
    }

    @Test
    void aSocketIsReadAndWritten() throws IOException {
        SocketChannel[] c = connected();
        client.setFd(c[0].socket());
        server.setFd(c[1].socket());
        talk();
    }

    @Test
    void aChannelIsReadAndWritten() throws IOException {
        SocketChannel[] c = connected();
        client.setFd(c[0]);
        server.setFd(c[1]);
        talk();
    }

    @Test
    void aBioIsMadeForIt() throws IOException {
        SocketChannel c = connected()[0];
        client.setFd(c.socket());
        assertSame(
                c.socket(), assertInstanceOf(SocketBio.class, client.getRbio()).socket());
        assertSame(client.getRbio(), client.getWbio());
        client.setFd(c);
        assertSame(c, assertInstanceOf(ChannelBio.class, client.getRbio()).channel());
        assertSame(client.getRbio(), client.getWbio());
    }

    @Test
    void aNonBlockingChannelMakesCallsNonBlocking() throws IOException {
        SocketChannel c = connected()[0];
        c.configureBlocking(false);
        client.setFd(c);
        client.setHostname(Identity.HOST);
        assertEquals(-1, client.connect());
        assertEquals(SslError.WANT_READ, client.getError(-1));
        assertFalse(c.isBlocking());
    }

    @Test
    void theBiosOfBeforeAreClosed() throws IOException {
        Closing in = new Closing();
        Closing out = new Closing();
        client.setBio(in, out);
        client.setFd(connected()[0]);
        assertEquals(1, in.closed);
        assertEquals(1, out.closed);
        Closing both = new Closing();
        client.setBio(both, both);
        client.setFd(connected()[0].socket());
        assertEquals(1, both.closed);
    }

    @Test
    void eachDirectionCanHaveASocketOfItsOwn() throws IOException {
        SocketChannel[] up = connected();
        SocketChannel[] down = connected();
        client.setWfd(up[0].socket());
        client.setRfd(down[0].socket());
        server.setRfd(up[1]);
        server.setWfd(down[1]);
        assertNotSame(client.getRbio(), client.getWbio());
        talk();
    }

    @Test
    void settingOneDirectionLeavesTheOtherAlone() throws IOException {
        Closing in = new Closing();
        Closing out = new Closing();
        client.setBio(in, out);
        client.setRfd(connected()[0]);
        assertEquals(1, in.closed);
        assertEquals(0, out.closed);
        assertSame(out, client.getWbio());
        client.setWfd(connected()[0].socket());
        assertEquals(1, out.closed);
        assertInstanceOf(ChannelBio.class, client.getRbio());
        assertInstanceOf(SocketBio.class, client.getWbio());
    }

    @Test
    void theSameSocketForBothDirectionsHasOneBio() throws IOException {
        SocketChannel c = connected()[0];
        client.setRfd(c.socket());
        assertNull(client.getWbio());
        client.setWfd(c.socket());
        assertSame(client.getRbio(), client.getWbio());
        client.setWfd(c);
        assertNotSame(client.getRbio(), client.getWbio());
        client.setRfd(c);
        assertSame(client.getRbio(), client.getWbio());
    }

    @Test
    void theSocketStaysOpenWhenTheConnectionIsClosed() throws IOException {
        SocketChannel[] c = connected();
        client.setFd(c[0].socket());
        client.close();
        server.setFd(c[1]);
        server.close();
        assertTrue(c[0].isOpen() && c[1].isOpen());
    }

    @Test
    void aSocketThatIsNotConnectedIsRefused() throws IOException {
        try (Socket unconnected = new Socket()) {
            assertThrows(IOException.class, () -> client.setFd(unconnected));
            assertThrows(IOException.class, () -> client.setRfd(unconnected));
            assertThrows(IOException.class, () -> client.setWfd(unconnected));
            assertNull(client.getRbio());
            assertNull(client.getWbio());
        }
    }
}
