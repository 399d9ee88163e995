// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a server and a client of ours on one socket: what passes, what comes out, how long it takes. Ends with 0 only if all went as it has to. */
@Command(name = "demo", description = "Runs a TLS server and a client, and shows what passes between them.")
final class Demo implements Callable<Integer> {
    private static final String HOST = "localhost";
    private static final int WARM = 300;
    private static final long WARM_NANOS = 2_000_000_000L;

    private final Terminal terminal;

    @Mixin
    private final HelpOptions help = new HelpOptions();

    Demo(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, IOException {
        long t0 = System.nanoTime();
        TestCertificate certificate = TestCertificate.make(HOST);
        long t1 = System.nanoTime();
        SslCtx server = new SslCtx(TlsMethod.TLS_SERVER);
        certificate.use(server);
        server.setNumTickets(0); // nobody comes back to resume
        server.setAlpnSelectCb(offered -> offered.contains("demo/1") ? "demo/1" : null);
        SslCtx client = new SslCtx(TlsMethod.TLS_CLIENT);
        client.addTrusted(List.of(certificate.x509()));
        client.setAlpnProtos("demo/2", "demo/1");
        long t2 = System.nanoTime();
        terminal.line("libssl4j " + Version.project() + " on Java " + System.getProperty("java.version"));
        terminal.line("A key and a self-signed certificate for " + HOST + ": " + ms(t1 - t0)
                + "; a context for each side: " + ms(t2 - t1));
        ExecutorService thread = Executors.newSingleThreadExecutor(r -> {
            Thread t = new Thread(r, "server");
            t.setDaemon(true);
            return t;
        });
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            show(listener, thread, client, server);
            DemoConnection untraced = new DemoConnection(listener, thread, Trace.NONE);
            refusals(untraced, client, server);
            warm(untraced, client, server);
        } finally {
            thread.shutdownNow();
        }
        terminal.line("All went as it should.");
        return 0;
    }

    private void show(ServerSocket listener, ExecutorService thread, SslCtx client, SslCtx server)
            throws Failure, IOException {
        terminal.line("");
        Trace trace = Trace.begun();
        DemoConnection.Result r;
        try {
            r = new DemoConnection(listener, thread, trace).run(client, server, HOST);
        } finally {
            trace.print(terminal);
        }
        terminal.line("");
        terminal.line("Both sides negotiated:");
        terminal.line("  version    " + r.version);
        terminal.line("  cipher     " + r.cipher);
        terminal.line("  group      " + r.group);
        terminal.line("  signature  " + r.signature + " by the server");
        terminal.line("  ALPN       " + r.alpn);
        terminal.line("  verified   chain and name " + HOST + ": " + r.verified.text());
        terminal.line("First handshake, in a cold JVM: " + ms(r.handshakeNanos) + "; data both ways: " + ms(r.dataNanos)
                + "; close_notify both ways: " + ms(r.shutdownNanos));
    }

    /** What would be worth nothing if it never said no. */
    private void refusals(DemoConnection connection, SslCtx client, SslCtx server) throws Failure, IOException {
        terminal.line("");
        terminal.line("A client that wants other.example refuses this server: "
                + connection.refused(client, server, "other.example"));
        SslCtx stranger = new SslCtx(TlsMethod.TLS_CLIENT);
        terminal.line("A client that does not trust its certificate does, too: "
                + connection.refused(stranger, server, HOST));
    }

    private void warm(DemoConnection connection, SslCtx client, SslCtx server) throws Failure, IOException {
        long[] nanos = new long[WARM];
        int n = 0;
        for (long end = System.nanoTime() + WARM_NANOS; n < WARM && System.nanoTime() < end; n++) {
            nanos[n] = connection.run(client, server, HOST).handshakeNanos;
        }
        int last = Math.max(1, n / 5);
        long[] newest = Arrays.copyOfRange(nanos, n - last, n);
        Arrays.sort(newest);
        terminal.line("");
        terminal.line("Then " + n + " more, full handshakes without the trace: of the last " + last
                + " the median took " + ms(newest[last / 2]) + " (client and server together)");
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
