// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;

/** A server on loopback for one client: it talks in plain text as the test tells it, then TLS 1.3, in which all that comes goes back. */
final class PlainThenTlsServer implements AutoCloseable {
    private static final int PATIENCE = 30; // seconds

    private final ServerSocket listener;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /** What is said in plain text. */
    interface Script {
        void play(Talk client) throws IOException;
    }

    /** The server's side of the talk. */
    static final class Talk {
        private final Socket socket;

        private Talk(Socket socket) {
            this.socket = socket;
        }

        /** Sends text as it is. */
        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Wants just this, byte for byte. */
        void hear(String text) throws IOException {
            byte[] came = socket.getInputStream().readNBytes(text.length());
            String heard = new String(came, StandardCharsets.ISO_8859_1);
            if (!heard.equals(text)) {
                throw new IOException("the client said '" + heard + "' where '" + text + "' was wanted");
            }
        }

        /** Says no more, and takes what comes. */
        void endOutput() throws IOException {
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        /** Wants the end of all, and nothing before. */
        void hearTheEnd() throws IOException {
            int more = socket.getInputStream().readAllBytes().length;
            if (more > 0) {
                throw new IOException("the client said " + more + " bytes more");
            }
        }
    }

    /** The usual way to TLS of a protocol, with an EHLO of OpenSSL's name. */
    static Script of(String protocol) {
        return switch (protocol) {
            case "smtp" ->
                client -> {
                    client.say("220-mail.example ESMTP\r\n220 ready\r\n");
                    client.hear("EHLO mail.example.com\r\n");
                    client.say("250-mail.example\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 CHUNKING\r\n");
                    client.hear("STARTTLS\r\n");
                    client.say("220 go ahead\r\n");
                };
            case "imap" ->
                client -> {
                    client.say("* OK [CAPABILITY IMAP4rev2] ready\r\n");
                    client.hear(". CAPABILITY\r\n");
                    client.say("* CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED\r\n. OK done\r\n");
                    client.hear(". STARTTLS\r\n");
                    client.say(". OK go ahead\r\n");
                };
            case "pop3" ->
                client -> {
                    client.say("+OK ready\r\n");
                    client.hear("STLS\r\n");
                    client.say("+OK go ahead\r\n");
                };
            case "postgres" ->
                client -> {
                    client.hear("\0\0\0\10\4\322\26\57");
                    client.say("S");
                };
            default -> throw new IllegalArgumentException(protocol);
        };
    }

    PlainThenTlsServer(PemFiles pem, Script script) throws IOException, GeneralSecurityException {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKeyFile(pem.certificate(), pem.key(), null);
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread t = new Thread(() -> serve(ctx, script), "plain, then TLS");
        t.setDaemon(true);
        t.start();
    }

    private void serve(SslCtx ctx, Script script) {
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout(PATIENCE * 1000);
            script.play(new Talk(socket));
            end.complete(echo(ctx, socket));
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** All that came through TLS. */
    private static String echo(SslCtx ctx, Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Ssl ssl = new Ssl(ctx)) {
            ssl.setFd(socket);
            if (ssl.accept() != 1) {
                throw new IOException("handshake", ssl.failure());
            }
            byte[] b = new byte[4096];
            for (int n = ssl.read(b, 0, b.length); n > 0; n = ssl.read(b, 0, b.length)) {
                all.write(b, 0, n);
                ssl.write(b, 0, n);
            }
            ssl.shutdown();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What came through TLS, once the client is gone. */
    String received() throws Exception {
        return end.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Why the talk or the handshake failed, which it has to. */
    Throwable failure() throws Exception {
        try {
            throw new AssertionError("it went well: " + received());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
