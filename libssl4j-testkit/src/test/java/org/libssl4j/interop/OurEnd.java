// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.IntSupplier;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.TlsMethod;

/** Our end of a connection: an {@link Ssl} over a blocking socket, or over a channel with a selector; the calls of a test are the same. For one thread. */
public final class OurEnd implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;

    private final Ssl ssl;
    private final Socket socket;
    private final SocketChannel channel; // the socket's, if non-blocking
    private final Selector selector; // null: blocking
    private final SelectionKey key;
    private int waits;

    private OurEnd(Ssl ssl, Socket socket, SocketChannel channel, Selector selector, SelectionKey key) {
        this.ssl = ssl;
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /** Over a connected socket. */
    public static OurEnd blocking(Ssl ssl, Socket socket) throws IOException {
        socket.setSoTimeout((int) PATIENCE_MILLIS);
        ssl.setFd(socket);
        return new OurEnd(ssl, socket, null, null, null);
    }

    /** Over a connected channel, which becomes non-blocking. */
    public static OurEnd nonBlocking(Ssl ssl, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        ssl.setFd(channel);
        Selector s = Selector.open();
        return new OurEnd(ssl, channel.socket(), channel, s, channel.register(s, 0));
    }

    /** A client of the test's server: one suite and group where given, the certificate's authority trusted, the name checked. */
    public static SslCtx client(Identity server, String suite, String group, String alpn) {
        SslCtx c = context(TlsMethod.TLS_CLIENT, suite, group);
        c.addTrusted(java.util.List.of(server.issuer()));
        if (alpn != null) {
            c.setAlpnProtos(alpn);
        }
        return c;
    }

    /** A server with one suite and group where given, which takes one application protocol. */
    public static SslCtx server(Identity own, String suite, String group, String alpn) {
        SslCtx c = context(TlsMethod.TLS_SERVER, suite, group);
        try {
            c.useCertAndKey(own.chain(), own.key());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        c.setAlpnSelectCb(offered -> offered.contains(alpn) ? alpn : org.libssl4j.spi.AlpnSelectCb.NO_ACK);
        return c;
    }

    private static SslCtx context(TlsMethod method, String suite, String group) {
        SslCtx c = new SslCtx(method);
        if (suite != null) {
            c.setCiphersuites(suite);
            if (suite.contains("CCM_8")) {
                c.setSecurityLevel(0); // a tag of 64 bits
            }
        }
        if (group != null) {
            c.set1GroupsList(group);
        }
        return c;
    }

    public Ssl ssl() {
        return ssl;
    }

    /** How often a call asked to be made again. */
    public int waits() {
        return waits;
    }

    /** Handshakes, which has to succeed. */
    public void handshake() {
        succeed(tryHandshake());
    }

    /** Handshakes; the answer of the last call. */
    public int tryHandshake() {
        return call(ssl::doHandshake);
    }

    /** Asks for a cookie and gets it back; then handshakes, all of which has to succeed. */
    public void handshakeStateless() {
        assertEquals(0, call(ssl::stateless), this::toString);
        assertEquals(1, call(ssl::stateless), this::toString);
        handshake();
    }

    /** Sends all of it. */
    public void write(byte[] data) {
        assertEquals(data.length, succeed(call(() -> ssl.write(data, 0, data.length))));
    }

    /** Reads exactly so many bytes. */
    public byte[] read(int length) {
        byte[] b = new byte[length];
        for (int have = 0; have < length; ) {
            int at = have;
            have += succeed(call(() -> ssl.read(b, at, length - at)));
        }
        return b;
    }

    /** Reads what comes; the answer of the last call. */
    public int tryRead(byte[] b) {
        return call(() -> ssl.read(b, 0, b.length));
    }

    /** Reads until the peer has closed its side, with no data before. */
    public void awaitCloseNotify() {
        int r = tryRead(new byte[1]);
        assertEquals(0, r, this::toString);
        assertEquals(SslError.ZERO_RETURN, ssl.getError(r));
        assertTrue(ssl.receivedShutdown());
    }

    /** The first call of shutdown(): 0 while the peer's close_notify has not come, else 1. */
    public int sendCloseNotify() {
        int r = call(ssl::shutdown);
        assertTrue(r >= 0, this::toString);
        assertTrue(ssl.sentShutdown());
        return r;
    }

    /** The second call of shutdown(). */
    public void completeShutdown() {
        assertEquals(1, call(ssl::shutdown), this::toString);
    }

    private int succeed(int r) {
        if (r <= 0) {
            fail("returned " + r + "; " + this, ssl.failure());
        }
        return r;
    }

    /** Makes a call again until it no longer waits for the channel. */
    private int call(IntSupplier call) {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (true) {
            int r = call.getAsInt();
            SslError e = ssl.getError(r);
            if (e != SslError.WANT_READ && e != SslError.WANT_WRITE) {
                return r;
            }
            if (selector == null) {
                fail("a blocking connection answered " + e);
            }
            waits++;
            await(e == SslError.WANT_READ ? SelectionKey.OP_READ : SelectionKey.OP_WRITE, deadline);
        }
    }

    private void await(int ops, long deadline) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            fail("nothing came for " + PATIENCE_MILLIS + " ms; " + this);
        }
        try {
            key.interestOps(ops);
            selector.select(left);
            selector.selectedKeys().clear();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void close() throws IOException {
        ssl.close();
        socket.close();
        if (selector != null) {
            selector.close();
        }
    }

    /** Ends our half of the stream and waits for the peer's end: what we have sent arrives, which a plain close does not promise while bytes of the peer's wait to be read. */
    public void awaitEnd() throws IOException {
        if (selector != null) {
            selector.close();
            channel.configureBlocking(true);
        }
        socket.setSoTimeout((int) PATIENCE_MILLIS);
        socket.shutdownOutput();
        socket.getInputStream().skip(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return (ssl.isServer() ? "our server" : "our client") + ", " + ssl.stateStringLong() + ", verify result "
                + ssl.getVerifyResult() + ", failure " + ssl.failure();
    }
}
