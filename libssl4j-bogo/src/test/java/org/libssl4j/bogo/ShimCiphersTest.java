// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.CipherSuite;

class ShimCiphersTest {
    private static final String GROUP =
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:[TLS_RSA_WITH_AES_128_GCM_SHA256|TLS_RSA_WITH_AES_256_GCM_SHA384]";

    private static List<String> names(List<String> ciphers) {
        return ciphers.stream()
                .filter(n -> !n.startsWith("TLS_AES") && !n.startsWith("TLS_CHACHA"))
                .toList();
    }

    private static SslCtx context(String flag) throws Unimplemented {
        SslCtx ctx = new SslCtx(TlsMethod.TLS);
        ctx.setSecurityLevel(0);
        new ShimCiphers(flag).set(ctx);
        return ctx;
    }

    @Test
    void withoutTheFlagThereIsAllThatBoringSslHas() throws Exception {
        List<String> names = names(context("").getCiphers());
        assertEquals(21, names.size());
        assertEquals("ECDHE-ECDSA-AES128-GCM-SHA256", names.get(0));
        assertTrue(names.contains("AES256-SHA"));
    }

    @Test
    void allIsAllThatBoringSslHasAndKeywordsAreOurs() throws Exception {
        assertEquals(names(context("").getCiphers()), names(context("ALL:3DES").getCiphers()));
        assertEquals(List.of("AES128-SHA"), names(context("AES128-SHA").getCiphers()));
    }

    @Test
    void whatLeavesNoSuiteIsNotImplemented() {
        assertThrows(Unimplemented.class, () -> context("3DES"));
    }

    @Test
    void withinBracketsTheClientsOrderCounts() throws Exception {
        ShimCiphers ciphers = new ShimCiphers(GROUP);
        SslCtx ctx = context(GROUP);
        try (Ssl ssl = new Ssl(ctx)) {
            int[] offered = {
                CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384.code(),
                CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256.code(),
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.code()
            };
            ciphers.fit(ssl, offered);
            assertEquals(
                    List.of("ECDHE-RSA-AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-GCM-SHA256"),
                    names(ssl.getCiphers()));
        }
    }
}
