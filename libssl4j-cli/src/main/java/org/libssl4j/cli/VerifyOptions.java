// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.libssl4j.SslCtx;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import picocli.CommandLine.Option;

/** Whom to trust, and what of the peer's certificate is asked. */
final class VerifyOptions {
    @Option(names = "-CAfile", paramLabel = "FILE", description = "Whom to trust; by default whom the platform trusts.")
    Path caFile;

    @Option(
            names = "-CApath",
            paramLabel = "DIR",
            description = "Whom to trust: a directory of certificates whose names openssl rehash has made.")
    Path caPath;

    @Option(
            names = "-verify",
            paramLabel = "DEPTH",
            description =
                    "Verifies the peer's certificate and says what was found; a server asks for one. The chain may have so many certificates between.")
    Integer verify;

    @Option(
            names = "-verify_return_error",
            description = "Ends the connection if the peer's certificate does not verify.")
    boolean returnError;

    @Option(names = "-verify_quiet", description = "Of a verification says only what is wrong.")
    boolean quiet;

    /** Takes in whom to trust. */
    private void trust(SslCtx ctx) throws Failure {
        try {
            if (caFile != null) {
                OptionValue.readable("-CAfile", caFile);
                ctx.loadVerifyFile(caFile);
            }
            if (caPath != null) {
                ctx.loadVerifyDir(caPath);
            }
            if (caFile == null && caPath == null) {
                ctx.setDefaultVerifyPaths();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(source() + ": " + Failure.text(e), e);
        }
    }

    private String source() {
        return caPath != null
                ? "-CApath " + caPath
                : caFile != null ? "-CAfile " + caFile : "the platform's trusted certificates";
    }

    /** Makes a client verify. */
    void client(SslCtx ctx, Terminal terminal) throws Failure {
        trust(ctx);
        // As with OpenSSL: any name will do if none was given, and verification reports but does not refuse.
        ctx.disableHostnameCheck();
        ctx.setVerify(returnError ? VerifyMode.PEER : VerifyMode.NONE, verify == null ? null : report(terminal));
        depth(ctx, verify);
        announce(null, terminal);
    }

    /**
     * Makes a server ask for a certificate, if one of the options says so.
     *
     * @param required the depth of {@code -Verify}, or null
     */
    void server(SslCtx ctx, Integer required, Terminal terminal) throws Failure {
        if (verify == null && required == null && caFile == null && caPath == null) {
            return;
        }
        trust(ctx);
        if (caFile != null) {
            try {
                ctx.setClientCaList(SslCtx.loadClientCaFile(caFile));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw new Failure("-CAfile " + caFile + ": " + Failure.text(e), e);
            }
        }
        if (verify != null || required != null) {
            ctx.setVerify(required == null ? VerifyMode.PEER : VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, report(terminal));
            depth(ctx, required == null ? verify : required);
        }
    }

    /** Says how deep a server looks. */
    void announce(Integer required, Terminal terminal) {
        if (required != null) {
            terminal.note("verify depth is " + required + ", must return a certificate");
        } else if (verify != null) {
            terminal.note("verify depth is " + verify);
        }
    }

    private static void depth(SslCtx ctx, Integer depth) throws Failure {
        if (depth != null && depth < 0) {
            throw new Failure("-verify " + depth + ": a number of certificates is wanted");
        }
        if (depth != null) {
            ctx.setVerifyDepth(depth);
        }
    }

    /** Says what was found, and goes on unless {@code -verify_return_error} was given. */
    VerifyCb report(Terminal terminal) {
        return (result, chain) -> {
            boolean accepted = result == VerifyResult.OK || !returnError;
            if (result != VerifyResult.OK || !quiet) {
                terminal.note("depth=0 " + subject(chain));
            }
            if (result != VerifyResult.OK) {
                terminal.note("verify error:num=" + result.code() + ":" + result.text());
            }
            if (!quiet) {
                terminal.note("verify return:" + (accepted ? 1 : 0));
            }
            return accepted ? VerifyCb.Answer.ACCEPT : VerifyCb.Answer.REJECT;
        };
    }

    private static String subject(List<X509Certificate> chain) {
        return chain.isEmpty()
                ? "a certificate that cannot be read"
                : DistinguishedName.text(chain.get(0).getSubjectX500Principal());
    }
}
