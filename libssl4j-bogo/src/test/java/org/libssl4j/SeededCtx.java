// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.testkit.crypto.DeterministicCrypto;

/** Contexts whose random bytes and keys come from a seed, so that a recorded peer's bytes fit once more. In this package for the constructor that it needs, which users do not. */
public final class SeededCtx {
    private static final Instant RECORDED = Instant.parse("2026-11-22T00:00:00Z");

    private SeededCtx() {}

    /** Contexts of one test, which share a stream of random bytes: its second connection has others than its first. */
    public static Supplier<SslCtx> of(long seed) {
        Crypto crypto = new DeterministicCrypto(JcaCrypto.of(CryptoPolicy.DEFAULT), seed);
        return () -> {
            SslCtx ctx = new SslCtx(TlsMethod.TLS, crypto);
            ctx.setClock(Clock.fixed(RECORDED, ZoneOffset.UTC)); // tickets tell when they were made
            return ctx;
        };
    }
}
