// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import org.libssl4j.Ssl;
import org.libssl4j.SslOption;

/**
 * Which renegotiations a test allows, by the one switch that the library has: {@link SslOption#NO_RENEGOTIATION}, which a client looks at when a HelloRequest has come.
 *
 * <p>BoringSSL's mode {@code explicit} has SSL_read return, and the application call SSL_renegotiate. Here the application says yes to each request in the message callback, and the option is on otherwise.
 */
final class Renegotiations {
    private final TestConfig config;
    private final Ssl ssl;
    private int agreed; // explicitly

    Renegotiations(TestConfig config, Ssl ssl) {
        this.config = config;
        this.ssl = ssl;
        boolean first = config.hasAny(
                ShimFlag.RENEGOTIATE_FREELY, ShimFlag.RENEGOTIATE_ONCE, ShimFlag.FORBID_RENEGOTIATION_AFTER_HANDSHAKE);
        if (first && !config.has(ShimFlag.SERVER)) {
            ssl.clearOptions(SslOption.NO_RENEGOTIATION);
        }
    }

    /** The message callback has seen one. */
    void helloRequest() {
        if (config.has(ShimFlag.RENEGOTIATE_EXPLICIT)) {
            agreed++;
            ssl.clearOptions(SslOption.NO_RENEGOTIATION);
        }
    }

    /** The info callback was told of the end of a handshake. */
    void handshakeDone() {
        boolean over = config.hasAny(ShimFlag.RENEGOTIATE_EXPLICIT, ShimFlag.FORBID_RENEGOTIATION_AFTER_HANDSHAKE)
                || config.has(ShimFlag.RENEGOTIATE_ONCE) && ssl.totalRenegotiations() > 0;
        if (over) {
            ssl.setOptions(SslOption.NO_RENEGOTIATION);
        }
    }

    /** At the end of the connection. */
    void check() throws ShimFailure {
        int expected = config.number(ShimFlag.EXPECT_TOTAL_RENEGOTIATIONS);
        if (ssl.totalRenegotiations() != expected) {
            throw new ShimFailure("expected " + expected + " renegotiations, got " + ssl.totalRenegotiations());
        }
        if (config.has(ShimFlag.RENEGOTIATE_EXPLICIT) && ssl.totalRenegotiations() != agreed) {
            throw new ShimFailure(
                    ssl.totalRenegotiations() + " renegotiations, of which " + agreed + " were agreed to");
        }
    }
}
