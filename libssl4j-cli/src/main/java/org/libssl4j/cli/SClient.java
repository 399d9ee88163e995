// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslMode;
import org.libssl4j.TlsMethod;
import org.libssl4j.cli.starttls.StartTls;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects to a server as openssl-s_client(1) does: the terminal's lines go there, and what comes is printed. */
@Command(name = "s_client", description = "Connects to a TLS server.", sortOptions = false)
final class SClient implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-connect", paramLabel = "HOST:PORT", description = "The server; localhost:4433 if none is given.")
    private String connect;

    @Option(names = "-host", paramLabel = "HOST", description = "The server's name or address.")
    private String host;

    @Option(names = "-port", paramLabel = "PORT", description = "The server's port.")
    private String port;

    @Parameters(arity = "0..1", paramLabel = "HOST:PORT", description = "As -connect.")
    private String target;

    @Option(
            names = "-servername",
            paramLabel = "NAME",
            description = "The name to send; by default that of the server.")
    private String servername;

    @Option(names = "-noservername", description = "Sends no name.")
    private boolean noservername;

    @Option(names = "-verify_hostname", paramLabel = "NAME", description = "The name that the certificate has to bear.")
    private String verifyHostname;

    @Option(names = "-verify_ip", paramLabel = "ADDRESS", description = "The address that it has to bear.")
    private String verifyIp;

    @Option(names = "-showcerts", description = "Prints all certificates of the chain.")
    private boolean showcerts;

    @Option(
            names = "-ign_eof",
            description = "Stays until the server closes: neither the end of input nor a line Q ends the connection.")
    private boolean ignEof;

    @Option(names = "-no_ign_eof", description = "The end of input and a line Q end the connection, even with -quiet.")
    private boolean noIgnEof;

    @Option(names = "-nocommands", description = "Letters at the start of a line are data, too.")
    private boolean nocommands;

    @Option(
            names = "-maxfraglen",
            paramLabel = "BYTES",
            description = "Asks for records of at most 512, 1024, 2048 or 4096 bytes.")
    private String maxFragmentLength;

    @Option(
            names = "-requestCAfile",
            paramLabel = "FILE",
            description = "Tells the server whom we trust: the subjects of these certificates.")
    private Path requestCaFile;

    @Option(names = "-enable_pha", description = "Lets the server ask for our certificate after the handshake.")
    private boolean enablePha;

    @Option(
            names = "-fallback_scsv",
            description = "Says that a newer version was tried before, which a server that has one refuses.")
    private boolean fallbackScsv;

    @Option(
            names = "-starttls",
            paramLabel = "PROTOCOL",
            description = "Begins in plain text: smtp, imap, pop3 or postgres.")
    private String starttls;

    @Option(
            names = "-name",
            paramLabel = "HOST",
            defaultValue = StartTls.DEFAULT_NAME,
            description = "The host that -starttls smtp says we are.")
    private String name;

    @Mixin
    private final ClientSessions sessions = new ClientSessions();

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    SClient(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Endpoint server = server();
        PlainStart before = PlainStart.of(starttls, name);
        SslCtx ctx = context();
        try (KeyLogFile log = tls.keyLog(terminal);
                WatchOptions.Watch watch = tls.watching.open(terminal)) {
            ctx.setKeylogCallback(log);
            InputPump input = new InputPump(terminal.in());
            Relay.End end;
            do {
                end = run(ctx, server, before, watch, input);
            } while (end == Relay.End.RECONNECT);
        }
        return 0;
    }

    /** One connection from its beginning to its end. */
    private Relay.End run(SslCtx ctx, Endpoint server, PlainStart before, WatchOptions.Watch watch, InputPump input)
            throws Failure, IOException {
        Ssl ssl = connection(ctx, server);
        try (SocketChannel channel = open(server)) {
            before.talk(channel);
            try (TlsStream stream = new TlsStream(ssl, channel)) {
                if (!tls.quiet && !tls.brief) {
                    terminal.line("CONNECTED(" + stream.peer() + ")");
                }
                watch.at(ssl);
                sessions.resume(ssl);
                handshake(stream);
                report(ssl);
                if (sessions.again()) {
                    terminal.line("drop connection and then reconnect");
                    stream.goodbye(null); // in TLS 1.3 tickets come meanwhile
                    return Relay.End.RECONNECT;
                }
                Relay.End end = talk(stream, input);
                sessions.check();
                return end;
            }
        }
    }

    private Endpoint server() throws Failure {
        if ((connect != null ? 1 : 0) + (target != null ? 1 : 0) + (host != null || port != null ? 1 : 0) > 1) {
            throw new Failure("the server is named twice: one of -connect, -host with -port, or HOST:PORT is wanted");
        }
        if (connect != null || target != null) {
            Endpoint e = Endpoint.ofPeer(connect != null ? connect : target);
            return e.host() == null ? new Endpoint("localhost", e.port()) : e;
        }
        return new Endpoint(
                host == null ? "localhost" : host, port == null ? Endpoint.DEFAULT_PORT : Endpoint.port(port));
    }

    private SslCtx context() throws Failure {
        SslCtx ctx = tls.context(TlsMethod.TLS_CLIENT);
        OptionValue.number("-maxfraglen", maxFragmentLength, v -> ctx.setTlsextMaxFragmentLength(fragments(v)));
        if (requestCaFile != null) {
            OptionValue.readable("-requestCAfile", requestCaFile);
            try {
                ctx.set0CaList(SslCtx.loadClientCaFile(requestCaFile));
            } catch (IOException | GeneralSecurityException e) {
                throw new Failure("-requestCAfile " + requestCaFile + ": " + Failure.text(e), e);
            }
        }
        ctx.setPostHandshakeAuth(enablePha);
        if (fallbackScsv) {
            ctx.setMode(SslMode.SEND_FALLBACK_SCSV);
        }
        OptionValue.given(
                "-alpn",
                tls.negotiation.alpn,
                v -> ctx.setAlpnProtos(tls.negotiation.alpnNames().toArray(new String[0])));
        tls.certificate.useCertificate(ctx);
        tls.verification.client(ctx, terminal);
        tls.psk.client(ctx);
        sessions.in(ctx, tls.quiet || tls.brief ? null : terminal);
        return ctx;
    }

    private static FragmentLength fragments(int bytes) {
        for (FragmentLength f : FragmentLength.values()) {
            if (f.bytes() == bytes && f != FragmentLength.DISABLED) {
                return f;
            }
        }
        throw new IllegalArgumentException("512, 1024, 2048 or 4096 is wanted");
    }

    private Ssl connection(SslCtx ctx, Endpoint server) throws Failure {
        if (servername != null && noservername) {
            throw new Failure("-servername and -noservername exclude each other");
        }
        if (verifyHostname != null && verifyIp != null) {
            throw new Failure("-verify_hostname and -verify_ip exclude each other");
        }
        Ssl ssl = new Ssl(ctx);
        ssl.setConnectState();
        ssl.disableHostnameCheck();
        if (!noservername) {
            OptionValue.given("-servername", servername != null ? servername : server.host(), ssl::setHostname);
        }
        OptionValue.given("-verify_hostname", verifyHostname, ssl::set1Host);
        OptionValue.given("-verify_ip", verifyIp, ssl::set1Host);
        return ssl;
    }

    /** Tries each address of the server. */
    private SocketChannel open(Endpoint server) throws Failure {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(server.host());
        } catch (UnknownHostException e) {
            throw new Failure("connect to " + server + ": the host is not known", e);
        }
        IOException last = null;
        for (InetAddress a : addresses) {
            try {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(a, server.port()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return channel;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new Failure("connect to " + server + ": " + Failure.text(last), last);
    }

    private void handshake(TlsStream stream) throws Failure, IOException {
        if (tls.nbio) {
            stream.unblock();
        }
        try {
            stream.handshake();
        } catch (Failure e) {
            stream.hangUp();
            throw e;
        }
    }

    private void report(Ssl ssl) throws Failure {
        VerifyResult v = ssl.getVerifyResult();
        if (v != VerifyResult.OK && !tls.quiet && !tls.brief && tls.verification.verify == null) {
            terminal.note("verify error:num=" + v.code() + ":" + v.text());
        }
        String verifiedName = verifyHostname != null ? verifyHostname : verifyIp;
        tls.report(ssl, terminal, verifiedName, (s, keyMaterial) -> s.client(showcerts, verifiedName, keyMaterial));
    }

    private Relay.End talk(TlsStream stream, InputPump input) throws Failure, IOException {
        boolean stay = (ignEof || tls.quiet) && !noIgnEof;
        Relay.End end = Relay.talk(stream, input, terminal, keys(stay), new Letters(stream.ssl(), terminal));
        if (end == Relay.End.RECONNECT) {
            terminal.note("RECONNECTING");
        } else if (end != Relay.End.PEER && !tls.quiet) {
            terminal.note("DONE");
        } else if (!tls.quiet && !tls.brief) {
            terminal.line("closed");
        }
        return end;
    }

    private Relay.Keys keys(boolean stay) {
        return stay ? Relay.Keys.NONE : nocommands ? Relay.Keys.END_OF_INPUT : Relay.Keys.CLIENT;
    }
}
