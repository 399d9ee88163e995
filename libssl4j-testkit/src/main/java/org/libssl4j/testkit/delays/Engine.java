// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import java.util.function.Supplier;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;

/** A connection without Bios: the real one, or the kit's, which can do what the real one cannot yet, or never will. The methods are those of {@link TlsConnection}. */
public interface Engine extends AutoCloseable {
    Want advance() throws TlsException;

    /** What it waits for that is to happen here; NOTHING if it does not. */
    Want localWant();

    /** Asks a client for its certificate, after the handshake. */
    void requestCertificate() throws TlsException;

    StateName stateName();

    Negotiated negotiated();

    TlsException failure();

    int read(byte[] dst, int off, int len) throws TlsException;

    int write(byte[] src, int off, int len) throws TlsException;

    void keyUpdate(boolean updateRequested) throws TlsException;

    /** Asks for another handshake on the same connection; the kit's own engine cannot. */
    default void renegotiate() {
        throw new UnsupportedOperationException();
    }

    void closeNotify() throws TlsException;

    boolean closeNotifySent();

    boolean closeNotifyReceived();

    int fill(DataCarrier.Source source) throws IOException, TlsException;

    int drain(DataCarrier.Sink sink) throws IOException;

    boolean drained();

    TlsException abandon(TlsException e);

    @Override
    void close();

    /** The real one. */
    static Engine of(TlsConnection connection) {
        return of(connection, null);
    }

    /** A real one after the other: one that has sent a cookie is forgotten (SSL_stateless(3)). */
    static Engine forgetting(Supplier<TlsConnection> connections) {
        return of(connections.get(), connections);
    }

    private static Engine of(TlsConnection first, Supplier<TlsConnection> further) {
        return new Engine() {
            private TlsConnection c = first;

            @Override
            public Want advance() throws TlsException {
                Want w = c.advance();
                Negotiated n = c.negotiated();
                if (further == null || w != Want.READ || !n.retried() || n.cookieAccepted()) {
                    return w;
                }
                c.close();
                c = further.get();
                return c.advance();
            }

            @Override
            public Want localWant() {
                return c.localWant();
            }

            @Override
            public void requestCertificate() throws TlsException {
                c.requestCertificate();
            }

            @Override
            public StateName stateName() {
                return c.stateName();
            }

            @Override
            public Negotiated negotiated() {
                return c.negotiated();
            }

            @Override
            public TlsException failure() {
                return c.failure();
            }

            @Override
            public int read(byte[] dst, int off, int len) throws TlsException {
                return c.read(dst, off, len);
            }

            @Override
            public int write(byte[] src, int off, int len) throws TlsException {
                return c.write(src, off, len);
            }

            @Override
            public void renegotiate() {
                c.renegotiate();
            }

            @Override
            public void keyUpdate(boolean updateRequested) {
                c.keyUpdate(updateRequested);
            }

            @Override
            public void closeNotify() throws TlsException {
                c.closeNotify();
            }

            @Override
            public boolean closeNotifySent() {
                return c.closeNotifySent();
            }

            @Override
            public boolean closeNotifyReceived() {
                return c.closeNotifyReceived();
            }

            @Override
            public int fill(DataCarrier.Source source) throws IOException, TlsException {
                return c.fill(source, false);
            }

            @Override
            public int drain(DataCarrier.Sink sink) throws IOException {
                return c.drain(sink);
            }

            @Override
            public boolean drained() {
                return c.drained();
            }

            @Override
            public TlsException abandon(TlsException e) {
                return c.abandon(e);
            }

            @Override
            public void close() {
                c.close();
            }
        };
    }
}
