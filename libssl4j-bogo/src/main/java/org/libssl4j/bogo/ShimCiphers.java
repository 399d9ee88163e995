// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.iana.CipherSuite;

/**
 * The cipher suites of TLS 1.2 and before, by the flag {@code -cipher}. BoringSSL's language is OpenSSL's with one thing more: suites in brackets are equally good to a server, which then goes by the client's order. Without that in OpenSSL's the callback for the ClientHello puts them in the client's order.
 */
final class ShimCiphers {
    private static final String AES = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:"
            + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private static final String CHACHA =
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256:"
                    + "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256";
    private static final String OTHERS = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA:TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA:"
            + "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA:TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA:"
            + "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA:TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA:"
            + "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256:TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256:"
            + "TLS_RSA_WITH_AES_128_GCM_SHA256:TLS_RSA_WITH_AES_256_GCM_SHA384:"
            + "TLS_RSA_WITH_AES_128_CBC_SHA:TLS_PSK_WITH_AES_128_CBC_SHA:"
            + "TLS_RSA_WITH_AES_256_CBC_SHA:TLS_PSK_WITH_AES_256_CBC_SHA";

    /** What BoringSSL's shim begins with, in the order of its library. */
    private static final String ALL =
            (ConnectionSetup.AES_IS_FAST ? AES + ":" + CHACHA : CHACHA + ":" + AES) + ":" + OTHERS;

    private final List<List<String>> groups = new ArrayList<>(); // the rules; of several in one the order is open

    /** @param flag what is behind {@code -cipher}; empty without it */
    ShimCiphers(String flag) {
        String all = flag.isEmpty() ? ALL : flag.matches("ALL(:.*)?") ? ALL + flag.substring(3) : flag;
        for (String rule : all.split(":")) {
            groups.add(
                    rule.startsWith("[")
                            ? List.of(rule.substring(1, rule.length() - 1).split("\\|"))
                            : List.of(rule));
        }
    }

    /** As far as no client is known. */
    void set(SslCtx ctx) throws Unimplemented {
        try {
            ctx.setCipherList(string(List.of()));
        } catch (IllegalArgumentException e) {
            throw new Unimplemented(e.getMessage());
        }
    }

    /** For a client that has offered these. */
    void fit(Ssl ssl, int[] offered) {
        if (groups.stream().anyMatch(g -> g.size() > 1)) {
            ssl.setCipherList(string(Arrays.stream(offered).boxed().toList()));
        }
    }

    private String string(List<Integer> offered) {
        return groups.stream()
                .flatMap(g -> g.stream().sorted(Comparator.comparingInt(name -> place(name, offered))))
                .collect(Collectors.joining(":"));
    }

    private static int place(String name, List<Integer> offered) {
        CipherSuite suite = CipherSuite.named(name);
        int at = suite == null ? -1 : offered.indexOf(suite.code());
        return at < 0 ? offered.size() : at;
    }
}
