// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.libssl4j.SslSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows and converts files of sessions as openssl-sess_id(1) does. */
@Command(name = "sess_id", description = "Shows what is in the file of a session.", sortOptions = false)
final class SessId implements Callable<Integer> {
    private static final int MOST_BYTES = 1 << 20;

    private final Terminal terminal;

    @Option(names = "-in", paramLabel = "FILE", description = "The session; by default the input.")
    private Path in;

    @Option(names = "-inform", paramLabel = "FORM", description = "PEM, the default, or DER.")
    private String inform = "PEM";

    @Option(names = "-out", paramLabel = "FILE", description = "Where it goes; by default to the output.")
    private Path out;

    @Option(names = "-outform", paramLabel = "FORM", description = "PEM, the default, or DER.")
    private String outform = "PEM";

    @Option(names = "-text", description = "Says in words what is in it, the secret too.")
    private boolean text;

    @Option(names = "-cert", description = "Gives the peer's certificate in place of the session.")
    private boolean cert;

    @Option(names = "-noout", description = "Gives neither.")
    private boolean noout;

    @Option(names = "-context", paramLabel = "ID", description = "Sets the session id context.")
    private String context;

    @Mixin
    private final HelpOptions help = new HelpOptions();

    SessId(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, IOException {
        OptionValue.oneOf("-inform", inform, "PEM", "DER");
        OptionValue.oneOf("-outform", outform, "PEM", "DER");
        try (SslSession s = withContext(session())) {
            byte[] what = noout ? new byte[0] : cert ? certificate(s) : pem() ? s.toPem() : s.toDer();
            try {
                write(text ? SessionText.of(s, true).getBytes(StandardCharsets.UTF_8) : new byte[0], what);
            } finally {
                Arrays.fill(what, (byte) 0);
            }
        }
        return 0;
    }

    private boolean pem() {
        return outform.equals("PEM");
    }

    private SslSession session() throws Failure, IOException {
        byte[] file = in == null ? terminal.in().readNBytes(MOST_BYTES) : read(in);
        try {
            return inform.equals("PEM") ? SslSession.fromPem(file) : SslSession.fromDer(file);
        } catch (GeneralSecurityException e) {
            throw new Failure((in == null ? "the input" : "-in " + in) + ": " + Failure.text(e), e);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws Failure {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Failure("-in " + file + ": more than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure("-in " + file + ": " + Failure.text(e), e);
        }
    }

    private SslSession withContext(SslSession s) throws Failure {
        if (context == null) {
            return s;
        }
        try (s) {
            return s.withIdContext(context.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Failure("-context: " + e.getMessage(), e);
        }
    }

    private byte[] certificate(SslSession s) throws Failure {
        List<byte[]> chain = s.getPeerChainDer();
        if (chain.isEmpty()) {
            throw new Failure("-cert: no certificate present");
        }
        if (!pem()) {
            return chain.get(0);
        }
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(chain.get(0));
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void write(byte[]... parts) throws Failure, IOException {
        if (out == null) {
            for (byte[] p : parts) {
                terminal.out().write(p);
            }
            terminal.out().flush();
            return;
        }
        try {
            ClientSessions.writePrivate(out, parts);
        } catch (IOException e) {
            throw new Failure("-out " + out + ": " + Failure.text(e), e);
        }
    }
}
