// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.spi.VerifyResult;

/** One connection of the demo over a socket: the client runs on the calling thread, the server on another, and both with plain blocking calls. */
final class DemoConnection {
    private static final byte[] QUESTION = "Hello, server!".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANSWER = "Pleased to meet you, client!".getBytes(StandardCharsets.UTF_8);
    private static final int PATIENCE = 10_000; // milliseconds; the demo ends, whatever happens

    private final ServerSocket listener;
    private final ExecutorService serverThread;
    private final Trace trace;

    /** How long what took, and what came out of it. */
    static final class Result {
        long handshakeNanos;
        long dataNanos;
        long shutdownNanos;
        String version;
        String cipher;
        String group;
        String signature;
        String alpn;
        VerifyResult verified;
    }

    DemoConnection(ServerSocket listener, ExecutorService serverThread, Trace trace) {
        this.listener = listener;
        this.serverThread = serverThread;
        this.trace = trace;
    }

    /** A connection that has to succeed. */
    Result run(SslCtx clientCtx, SslCtx serverCtx, String host) throws Failure, IOException {
        Future<Result> server = serverThread.submit(() -> serve(serverCtx));
        try (Socket socket = connect();
                Ssl ssl = new Ssl(clientCtx)) {
            Result client = client(socket, ssl, host);
            agree(client, of(server));
            return client;
        } finally {
            server.cancel(true);
        }
    }

    /** A connection that the client has to refuse, with an alert that arrives; what the client says of it. */
    String refused(SslCtx clientCtx, SslCtx serverCtx, String host) throws Failure, IOException {
        Future<Result> server = serverThread.submit(() -> serve(serverCtx));
        try (Socket socket = connect();
                Ssl ssl = new Ssl(clientCtx)) {
            ssl.setFd(socket);
            ssl.setHostname(host);
            int r = ssl.connect();
            check(r < 0 && ssl.getError(r) == SslError.SSL, "a client took a server that it should have refused");
            check(ssl.getVerifyResult() != VerifyResult.OK, "a client refused a server without a word on why");
            toldOff(server);
            return ssl.getVerifyResult().text();
        } finally {
            server.cancel(true);
        }
    }

    private static void toldOff(Future<Result> server) throws Failure {
        try {
            server.get(PATIENCE, TimeUnit.MILLISECONDS);
            throw new Failure("a server does not know that the client refused it");
        } catch (ExecutionException e) {
            boolean alert = e.getCause() instanceof Failure && e.getCause().getCause() instanceof PeerAlertException;
            check(alert, "a server was not told by an alert that the client refused it: " + Failure.text(e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            throw new Failure("the server did not end: " + Failure.text(e), e);
        }
    }

    private Socket connect() throws IOException {
        return prepared(new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
    }

    private static Socket prepared(Socket s) throws IOException {
        s.setTcpNoDelay(true);
        s.setSoTimeout(PATIENCE);
        return s;
    }

    private Result client(Socket socket, Ssl ssl, String host) throws Failure, IOException {
        Result result = new Result();
        ssl.setFd(socket);
        ssl.setHostname(host); // sent as server_name, and the certificate has to bear it
        if (trace.on()) {
            ssl.setMsgCallback(m -> trace.message(true, m));
        }
        long t0 = System.nanoTime();
        require(ssl, ssl.connect() == 1, "connect()");
        long t1 = System.nanoTime();
        trace.event(true, true, data(QUESTION));
        require(ssl, ssl.write(QUESTION, 0, QUESTION.length) == QUESTION.length, "write()");
        check(Arrays.equals(read(ssl, ANSWER.length), ANSWER), "the answer came changed");
        trace.event(true, false, data(ANSWER));
        long t2 = System.nanoTime();
        require(ssl, ssl.shutdown() == 0, "shutdown()"); // our close_notify is out
        require(ssl, ssl.shutdown() == 1, "shutdown()"); // and the server's is in
        long t3 = System.nanoTime();
        result.handshakeNanos = t1 - t0;
        result.dataNanos = t2 - t1;
        result.shutdownNanos = t3 - t2;
        return negotiated(result, ssl);
    }

    private Result serve(SslCtx ctx) throws Failure, IOException {
        try (Socket socket = prepared(listener.accept());
                Ssl ssl = new Ssl(ctx)) {
            ssl.setFd(socket);
            if (trace.on()) {
                ssl.setMsgCallback(m -> trace.message(false, m));
            }
            require(ssl, ssl.accept() == 1, "accept()");
            check(Arrays.equals(read(ssl, QUESTION.length), QUESTION), "the question came changed");
            trace.event(false, false, data(QUESTION));
            trace.event(false, true, data(ANSWER));
            require(ssl, ssl.write(ANSWER, 0, ANSWER.length) == ANSWER.length, "write()");
            int end = ssl.read(new byte[1], 0, 1);
            require(ssl, end == 0 && ssl.getError(end) == SslError.ZERO_RETURN, "read() at the end");
            require(ssl, ssl.shutdown() == 1, "shutdown()"); // the client's close_notify came before
            return negotiated(new Result(), ssl);
        }
    }

    private static byte[] read(Ssl ssl, int len) throws Failure {
        byte[] b = new byte[len];
        for (int have = 0; have < len; ) {
            int n = ssl.read(b, have, len - have);
            require(ssl, n > 0, "read()");
            have += n;
        }
        return b;
    }

    private static Result negotiated(Result r, Ssl ssl) {
        r.version = ssl.getVersion();
        r.cipher = ssl.getCipherName();
        r.group = ssl.getNegotiatedGroup();
        r.alpn = ssl.getAlpnSelected();
        r.signature = ssl.isServer() ? ssl.getSignatureName() : ssl.getPeerSignatureName();
        r.verified = ssl.getVerifyResult();
        return r;
    }

    private static void agree(Result client, Result server) throws Failure {
        same("the version", client.version, server.version);
        same("the cipher suite", client.cipher, server.cipher);
        same("the group", client.group, server.group);
        same("the signature", client.signature, server.signature);
        same("the application protocol", client.alpn, server.alpn);
        check(client.verified == VerifyResult.OK, "the certificate did not verify: " + client.verified.text());
    }

    private static void same(String what, String client, String server) throws Failure {
        check(client != null && client.equals(server), what + " is " + client + " here and " + server + " there");
    }

    private static Result of(Future<Result> server) throws Failure {
        try {
            return server.get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Failure("server: " + Failure.text(e.getCause()), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new Failure("the server did not end: " + Failure.text(e), e);
        }
    }

    private static void require(Ssl ssl, boolean good, String call) throws Failure {
        if (!good) {
            throw Failure.of(call, ssl);
        }
    }

    private static void check(boolean good, String otherwise) throws Failure {
        if (!good) {
            throw new Failure(otherwise);
        }
    }

    private static String data(byte[] b) {
        return "data, " + b.length + " bytes: \"" + new String(b, StandardCharsets.UTF_8) + "\"";
    }
}
