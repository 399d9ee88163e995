// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.SslCtx;
import picocli.CommandLine.Option;

/** A key that both sides were given before, for TLS 1.2 and before (RFC 4279), as {@code openssl s_client} has it. */
final class PskOptions {
    @Option(
            names = "-psk",
            paramLabel = "HEX",
            description = "A pre-shared key for TLS 1.2 and before, in hexadecimal.")
    private String key;

    @Option(
            names = "-psk_identity",
            paramLabel = "NAME",
            description = "The client's name for the key; Client_identity if none is given.")
    private String identity = "Client_identity";

    void client(SslCtx ctx) throws Failure {
        if (key == null) {
            return;
        }
        byte[] bytes = bytes();
        OptionValue.given("-psk_identity", identity, name -> PskClientCb.Answer.of(name, bytes));
        ctx.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(identity, bytes));
    }

    /** As OpenSSL: another name is told, and the key tried all the same. */
    void server(SslCtx ctx, Terminal terminal) throws Failure {
        if (key == null) {
            return;
        }
        byte[] bytes = bytes();
        ctx.setPskServerCallback((ssl, name) -> {
            if (!Arrays.equals(identity.getBytes(StandardCharsets.UTF_8), name)) {
                terminal.note("PSK warning: client identity not what we expected (got '" + text(name) + "' expected '"
                        + identity + "')");
            }
            return PskServerCb.Answer.of(bytes);
        });
    }

    private byte[] bytes() throws Failure {
        try {
            byte[] b = HexFormat.of().parseHex(key);
            PskServerCb.Answer.of(b); // refuses lengths that cannot be
            return b;
        } catch (IllegalArgumentException e) {
            throw new Failure("-psk: a key of 1 to 512 bytes in hexadecimal is wanted", e);
        }
    }

    /** Bytes of the peer's, for a terminal. */
    static String text(byte[] b) {
        StringBuilder s = new StringBuilder(b.length);
        for (byte c : b) {
            if (c >= ' ' && c <= '~') {
                s.append((char) c);
            } else {
                s.append(String.format("\\x%02x", c));
            }
        }
        return s.toString();
    }
}
