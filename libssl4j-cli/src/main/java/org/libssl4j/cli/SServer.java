// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.TlsMethod;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves as openssl-s_server(1) does: the terminal, a page or files, to one client after another. */
@Command(name = "s_server", description = "Serves TLS clients.", sortOptions = false)
final class SServer implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "-accept",
            paramLabel = "[HOST:]PORT",
            defaultValue = "4433",
            description = "Where to listen; 4433 if nothing is given, and any free port for 0.")
    private String accept;

    @Option(names = "-naccept", paramLabel = "N", description = "Ends after so many connections.")
    private int naccept;

    @Option(names = "-www", description = "Answers HTTP requests with a page on the connection.")
    private boolean www;

    @Option(names = "-WWW", description = "Answers HTTP requests with the files below the current directory.")
    private boolean files;

    @Option(names = "-HTTP", description = "The same, where each file is a whole HTTP response.")
    private boolean http;

    @Option(names = "-rev", description = "Sends each line back reversed.")
    private boolean rev;

    @Option(
            names = "-Verify",
            paramLabel = "DEPTH",
            description = "As -verify, and a client without a certificate is refused.")
    private Integer verifyRequired;

    @Option(
            names = "-servername",
            paramLabel = "NAME",
            description = "Clients that ask for this name get the second certificate.")
    private String servername;

    @Option(names = "-servername_fatal", description = "Clients that ask for another name are refused.")
    private boolean servernameFatal;

    @Option(names = "-cert2", paramLabel = "FILE", description = "The second certificate.")
    private Path cert2;

    @Option(names = "-key2", paramLabel = "FILE", description = "Its key; by default from -cert2.")
    private Path key2;

    @Option(names = "-stateless", description = "Wants a cookie of each client before anything is kept for it.")
    private boolean stateless;

    @Option(
            names = "-psk_hint",
            paramLabel = "TEXT",
            description = "What clients are told to choose the name of their pre-shared key.")
    private String pskHint;

    @Option(names = "-serverpref", description = "Our order of cipher suites and groups counts, not the client's.")
    private boolean serverpref;

    @Option(
            names = "-prioritize_chacha",
            description = "With -serverpref, a client that puts ChaCha20-Poly1305 first gets it.")
    private boolean prioritizeChacha;

    @Option(names = "-no_dhe", description = "No Diffie-Hellman over a finite field, in TLS 1.2 and before.")
    private boolean noDhe;

    @Option(names = "-no_ca_names", description = "Names no authorities to clients that are asked for a certificate.")
    private boolean noCaNames;

    @Mixin
    private final ServerSessions sessions = new ServerSessions();

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    SServer(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, IOException {
        if (naccept < 0) {
            throw new Failure("-naccept " + naccept + ": a number of connections is wanted");
        }
        Endpoint at = Endpoint.ofListener(accept);
        SslCtx ctx = context();
        Service service = service(new SessionCounts(ctx));
        if (!tls.certificate.useCertificate(ctx)) {
            TestCertificate.make("localhost", "127.0.0.1", "::1").use(ctx);
            terminal.note("s_server: no -cert: using a self-signed certificate for localhost, made just now");
        }
        SslCtx named = cert2 == null && key2 == null ? null : context();
        if (named != null) {
            tls.certificate.useCertificate(named, cert2, key2, "2");
        }
        if (servername != null) {
            ctx.setTlsextServernameCallback(new NamedContext(servername, servernameFatal, named, terminal));
        }
        tls.verification.announce(verifyRequired, terminal);
        try (KeyLogFile log = tls.keyLog(terminal);
                WatchOptions.Watch watch = tls.watching.open(terminal);
                Acceptor acceptor = new Acceptor(
                        at,
                        ctx,
                        service,
                        ssl -> begin(ssl, watch),
                        stateless,
                        this::report,
                        w -> terminal.note("s_server: " + w))) {
            ctx.setKeylogCallback(log);
            String listening = "ACCEPT " + acceptor.address();
            if (tls.quiet) {
                terminal.note(listening);
            } else {
                terminal.line(listening);
            }
            boolean good = acceptor.run(naccept);
            return good || naccept == 0 ? 0 : 1;
        }
    }

    /** All but the certificate. */
    private SslCtx context() throws Failure {
        SslCtx ctx = tls.context(TlsMethod.TLS_SERVER);
        tls.verification.server(ctx, verifyRequired, terminal);
        ctx.setDhAuto(!noDhe); // as OpenSSL's
        if (serverpref) {
            ctx.setOptions(SslOption.CIPHER_SERVER_PREFERENCE);
        }
        if (prioritizeChacha) {
            ctx.setOptions(SslOption.PRIORITIZE_CHACHA);
        }
        tls.psk.server(ctx, terminal);
        sessions.in(ctx);
        OptionValue.given("-psk_hint", pskHint, ctx::usePskIdentityHint);
        if (noCaNames) {
            ctx.setOptions(SslOption.DISABLE_TLSEXT_CA_NAMES);
        }
        if (stateless) {
            Cookies.in(ctx);
        }
        if (tls.negotiation.alpn != null) {
            List<String> ours = tls.negotiation.alpnNames();
            // RFC 7301 §3.2: the server's preference decides; without a common protocol the handshake ends.
            ctx.setAlpnSelectCb(offered ->
                    ours.stream().filter(offered::contains).findFirst().orElse(null));
        }
        return ctx;
    }

    private Service service(SessionCounts counts) throws Failure {
        if ((www ? 1 : 0) + (files ? 1 : 0) + (http ? 1 : 0) + (rev ? 1 : 0) > 1) {
            throw new Failure("-www, -WWW, -HTTP and -rev exclude each other");
        }
        if (rev) {
            return new ReverseService();
        }
        if (www || files || http) {
            WebService.Kind kind =
                    www ? WebService.Kind.STATUS : files ? WebService.Kind.FILES : WebService.Kind.RESPONSES;
            return new WebService(kind, Path.of("").toAbsolutePath());
        }
        return new TerminalService(terminal, tls.quiet, tls.brief, tls.verification.report(terminal), counts);
    }

    private void begin(Ssl ssl, WatchOptions.Watch watch) {
        watch.at(ssl);
    }

    private synchronized void report(Ssl ssl) throws Failure {
        tls.report(ssl, terminal, null, Summary::server);
    }
}
