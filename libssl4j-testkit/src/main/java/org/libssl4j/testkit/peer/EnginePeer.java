// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.peer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Any library's {@link SSLEngine} over blocking streams: one driver for all, so that what differs between peers is their TLS alone. Remembers the first bytes of both directions as they were on the wire, see {@link WireView}. For one thread.
 */
public final class EnginePeer implements AutoCloseable {
    private static final int REMEMBERED = 1 << 15; // more than any flight of ours that is not encrypted

    private final SSLEngine engine;
    private final InputStream in;
    private final OutputStream out;
    private final AutoCloseable transport;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    // Three buffers, each kept ready for reading.
    private ByteBuffer netIn;
    private ByteBuffer netOut;
    private ByteBuffer plain;

    public EnginePeer(SSLEngine engine, Socket socket) throws IOException {
        this(engine, socket.getInputStream(), socket.getOutputStream(), socket);
    }

    /**
     * @param transport is closed with the peer
     */
    public EnginePeer(SSLEngine engine, InputStream in, OutputStream out, AutoCloseable transport) {
        this.engine = engine;
        this.in = in;
        this.out = out;
        this.transport = transport;
        int packet = Math.max(engine.getSession().getPacketBufferSize(), 17_000);
        this.netIn = ByteBuffer.allocate(packet).flip();
        this.netOut = ByteBuffer.allocate(packet).flip();
        this.plain = ByteBuffer.allocate(Math.max(engine.getSession().getApplicationBufferSize(), 17_000))
                .flip();
    }

    public SSLEngine engine() {
        return engine;
    }

    /** The bytes that passed so far. */
    public WireView wire() {
        return new WireView(sent.toByteArray(), received.toByteArray());
    }

    /** Handshakes. */
    public void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus s = engine.getHandshakeStatus();
            switch (s) {
                case NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                default -> {
                    if (unwrap() < 0) {
                        throw new EOFException("the stream or its peer ended in the handshake");
                    }
                }
            }
        }
    }

    /** Sends application data. */
    public void write(byte[] data) throws IOException {
        ByteBuffer src = ByteBuffer.wrap(data);
        while (src.hasRemaining()) {
            wrap(src);
        }
    }

    /** Reads exactly so many bytes. */
    public byte[] read(int length) throws IOException {
        byte[] data = new byte[length];
        int have = 0;
        while (have < length) {
            int n = read(data, have, length - have);
            if (n < 0) {
                throw new EOFException("close_notify after " + have + " of " + length + " bytes");
            }
            have += n;
        }
        return data;
    }

    /**
     * Reads what is there.
     *
     * @return bytes read, at least 1; -1 after close_notify
     * @throws EOFException if the stream ended without close_notify
     */
    public int read(byte[] b, int off, int len) throws IOException {
        while (!plain.hasRemaining()) {
            if (unwrap() < 0) {
                return -1;
            }
            settle();
        }
        int n = Math.min(len, plain.remaining());
        plain.get(b, off, n);
        return n;
    }

    /** Sends close_notify. */
    public void sendCloseNotify() throws IOException {
        engine.closeOutbound();
        for (int i = 0; i < 4 && !engine.isOutboundDone(); i++) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    /** Reads until the peer's close_notify; whatever data come before are a fault of the test. */
    public void awaitCloseNotify() throws IOException {
        int n = read(new byte[1], 0, 1);
        if (n >= 0) {
            throw new IOException("application data where close_notify was awaited");
        }
    }

    /** Closes the transport, without a word to the peer. */
    @Override
    public void close() throws IOException {
        try {
            transport.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** What a message after the handshake (a ticket, a KeyUpdate) makes the engine want. */
    private void settle() throws IOException {
        while (true) {
            HandshakeStatus s = engine.getHandshakeStatus();
            if (s == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (s == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                wrap(ByteBuffer.allocate(0));
            } else {
                return;
            }
        }
    }

    private void runTasks() {
        for (Runnable r = engine.getDelegatedTask(); r != null; r = engine.getDelegatedTask()) {
            r.run();
        }
    }

    private void wrap(ByteBuffer src) throws IOException {
        SSLEngineResult r;
        do {
            netOut.clear();
            r = engine.wrap(src, netOut);
            netOut.flip();
            if (r.getStatus() == Status.BUFFER_OVERFLOW) {
                netOut = ByteBuffer.allocate(netOut.capacity() * 2).flip();
            }
        } while (r.getStatus() == Status.BUFFER_OVERFLOW);
        flush();
        if (r.getStatus() == Status.CLOSED && src.hasRemaining()) {
            throw new SSLException("closed for writing");
        }
    }

    private void flush() throws IOException {
        if (netOut.hasRemaining()) {
            remember(sent, netOut.array(), netOut.position(), netOut.remaining());
            out.write(netOut.array(), netOut.position(), netOut.remaining());
            out.flush();
        }
    }

    /** Opens what came, or waits for more: -1 if the peer has closed its side. */
    private int unwrap() throws IOException {
        while (true) {
            ByteBuffer dst = plain.compact();
            SSLEngineResult r;
            try {
                r = engine.unwrap(netIn, dst);
            } catch (SSLException e) {
                sendAlert();
                throw e;
            } finally {
                plain = dst.flip();
            }
            HandshakeStatus h = r.getHandshakeStatus();
            boolean wantsBytes = h == HandshakeStatus.NEED_UNWRAP || h == HandshakeStatus.NOT_HANDSHAKING;
            if (r.getStatus() == Status.CLOSED) {
                return -1;
            }
            if (r.getStatus() == Status.BUFFER_OVERFLOW) {
                plain = ByteBuffer.allocate(plain.capacity() * 2).put(plain).flip();
            } else if (r.getStatus() == Status.BUFFER_UNDERFLOW && wantsBytes) {
                fill();
            } else if (r.bytesConsumed() > 0 || r.bytesProduced() > 0 || !wantsBytes) {
                return 0; // Netty's tells the end of a handshake by FINISHED with an underflow, and nothing consumed
            } else if (!netIn.hasRemaining()) {
                fill();
            }
        }
    }

    private void fill() throws IOException {
        netIn.compact();
        if (!netIn.hasRemaining()) {
            netIn = ByteBuffer.allocate(netIn.capacity() * 2).put(netIn.flip());
        }
        int n = in.read(netIn.array(), netIn.position(), netIn.remaining());
        if (n > 0) {
            remember(received, netIn.array(), netIn.position(), n);
            netIn.position(netIn.position() + n);
        }
        netIn.flip();
        if (n < 0) {
            throw new EOFException("the stream ended without close_notify");
        }
    }

    /** Some engines hand out the alert that tells of their failure on the next wrap. */
    private void sendAlert() {
        try {
            for (int i = 0; i < 4 && !engine.isOutboundDone(); i++) {
                runTasks();
                netOut.clear();
                engine.wrap(ByteBuffer.allocate(0), netOut);
                netOut.flip();
                flush();
            }
        } catch (IOException e) {
            netOut.clear().flip(); // the failure that brought us here is the one to be told
        }
    }

    private static void remember(ByteArrayOutputStream log, byte[] b, int off, int len) {
        log.write(b, off, Math.min(len, REMEMBERED - Math.min(REMEMBERED, log.size())));
    }
}
