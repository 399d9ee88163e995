// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.file.Path;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that {@code s_client} and {@code s_server} share. */
final class TlsOptions {
    @Mixin
    final CertificateOptions certificate = new CertificateOptions();

    @Mixin
    final NegotiationOptions negotiation = new NegotiationOptions();

    @Mixin
    private final RenegotiationOptions renegotiation = new RenegotiationOptions();

    @Mixin
    private final RecordOptions records = new RecordOptions();

    @Mixin
    final PskOptions psk = new PskOptions();

    @Mixin
    final VerifyOptions verification = new VerifyOptions();

    @Mixin
    private final KeyMaterial keyMaterial = new KeyMaterial();

    @Mixin
    final WatchOptions watching = new WatchOptions();

    @Option(names = "-keylogfile", paramLabel = "FILE", description = "Adds the secrets to this file (RFC 9850).")
    private Path keylogfile;

    @Option(names = "-brief", description = "Says in short what was negotiated, on the stream for errors.")
    boolean brief;

    @Option(names = "-quiet", description = "Prints nothing but the data.")
    boolean quiet;

    @Option(names = "-nbio", description = "Handshakes without blocking; what follows never blocks.")
    boolean nbio;

    @Mixin
    private final HelpOptions help = new HelpOptions();

    /** A context with what both sides set alike; the certificate is for the caller to add. */
    SslCtx context(TlsMethod side) throws Failure {
        SslCtx ctx = new SslCtx(side);
        negotiation.apply(ctx);
        renegotiation.apply(ctx);
        records.apply(ctx);
        return ctx;
    }

    /** The key log, or null if none is wanted. */
    KeyLogFile keyLog(Terminal terminal) throws Failure {
        return keylogfile == null ? null : new KeyLogFile(keylogfile, terminal);
    }

    /** What of a summary is printed. */
    interface View {
        String of(Summary summary, String keyMaterial);
    }

    /**
     * Says what was negotiated, as much as {@code -quiet} and {@code -brief} leave.
     *
     * @param verifiedName the name that the peer's certificate had to bear, or null
     * @param whole what is said without these options
     */
    void report(Ssl ssl, Terminal terminal, String verifiedName, View whole) throws Failure {
        if (quiet) {
            return;
        }
        Summary summary = new Summary(ssl, PeerCertificates.of(ssl, terminal));
        if (brief) {
            terminal.err().print(summary.brief(verifiedName));
            terminal.err().flush();
        } else {
            terminal.print(whole.of(summary, keyMaterial.text(ssl)));
        }
    }
}
