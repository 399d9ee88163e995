// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.pki.TestCertificate;

/** Speaks the runner's part of the shim protocol for one connection, with the JDK's TLS. */
final class MiniRunner implements AutoCloseable {
    private static final TestCertificate IDENTITY =
            TestCertificate.builder().dns("server.example").build();
    private static final int SHIM_ID = 0x0102;

    private final ServerSocket listening;
    private final Path certificate;
    private final Path key;

    MiniRunner(Path directory) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        certificate = IDENTITY.writeCertificate(directory.resolve("certificate.pem"));
        key = IDENTITY.writeKey(directory.resolve("key.pem"));
    }

    /** The arguments of a shim that is to connect here. */
    List<String> arguments(String... flags) {
        List<String> all = new ArrayList<>(
                List.of("-port", String.valueOf(listening.getLocalPort()), "-shim-id", String.valueOf(SHIM_ID)));
        all.addAll(List.of(flags));
        return all;
    }

    /** As {@link #arguments}, of a shim that is the server. */
    List<String> server(String... flags) {
        List<String> all = arguments("-server", "-cert-file", certificate.toString(), "-key-file", key.toString());
        all.addAll(List.of(flags));
        return all;
    }

    /** Takes a shim's connection, and does something with it beside the caller. */
    <T> CompletableFuture<T> meet(Meeting<T> meeting) {
        return beside(() -> {
            try (Socket s = listening.accept()) {
                ByteBuffer id =
                        ByteBuffer.wrap(s.getInputStream().readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
                if (id.getLong() != SHIM_ID) {
                    throw new IOException("a shim that names itself wrongly");
                }
                return meeting.with(s);
            }
        });
    }

    /** A TLS connection on which the shim has to turn over what it gets; then an orderly end. */
    CompletableFuture<Void> echo(boolean shimIsServer) {
        return meet(s -> {
            try (EnginePeer peer = new EnginePeer(engine(shimIsServer), s)) {
                peer.handshake();
                byte[] sent = "what comes back".getBytes(StandardCharsets.US_ASCII);
                peer.write(sent);
                byte[] back = peer.read(sent.length);
                for (int i = 0; i < back.length; i++) {
                    back[i] ^= (byte) 0xff;
                }
                if (!Arrays.equals(sent, back)) {
                    throw new IOException("the shim has sent something else back");
                }
                peer.sendCloseNotify();
            }
            return null;
        });
    }

    private static SSLEngine engine(boolean client) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", IDENTITY.privateKey(), new char[0], new Certificate[] {IDENTITY.x509()});
        store.setCertificateEntry("trusted", IDENTITY.x509());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return engine;
    }

    private static <T> CompletableFuture<T> beside(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread t = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        t.setDaemon(true);
        t.start();
        return result;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** What to do with a connection. */
    interface Meeting<T> {
        T with(Socket shim) throws Exception;
    }
}
