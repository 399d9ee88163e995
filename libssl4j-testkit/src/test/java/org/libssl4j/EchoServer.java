// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.libssl4j.interop.Identity;

/** A TLS server of the JDK on the loopback, one connection after the other, which sends back what it is sent. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLContext context;
    private final int layers;
    private final Thread thread;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    /**
     * How a connection ended.
     *
     * @param names what the client sent as server_name
     * @param failure null if it ended with the client's close_notify
     */
    record Outcome(List<SNIServerName> names, IOException failure) {}

    /**
     * @param layers how many TLS connections stand one in the other
     */
    EchoServer(Identity identity, int layers) throws IOException, GeneralSecurityException {
        this.layers = layers;
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, new char[0]);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How the next connection ended. */
    Outcome outcome() throws InterruptedException {
        Outcome o = outcomes.poll(20, TimeUnit.SECONDS);
        if (o == null) {
            throw new AssertionError("no connection has ended");
        }
        return o;
    }

    private void serve() {
        while (true) {
            try (Socket tcp = listener.accept()) {
                tcp.setSoTimeout(20_000);
                outcomes.add(echo(tcp));
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private Outcome echo(Socket tcp) {
        List<SNIServerName> names = List.of();
        try {
            Socket s = tcp;
            for (int i = 0; i < layers; i++) {
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(s, null, true);
                tls.startHandshake();
                names = ((ExtendedSSLSession) tls.getSession()).getRequestedServerNames();
                s = tls;
            }
            s.getInputStream().transferTo(s.getOutputStream());
            s.close();
            return new Outcome(names, null);
        } catch (IOException e) {
            return new Outcome(names, e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
