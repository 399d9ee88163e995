// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.testkit.delays.Op.handshake;
import static org.libssl4j.testkit.delays.Op.read;
import static org.libssl4j.testkit.delays.Op.readToTheEnd;
import static org.libssl4j.testkit.delays.Op.shutdown;
import static org.libssl4j.testkit.delays.Op.shutdownBothWays;
import static org.libssl4j.testkit.delays.Op.write;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.Brake;
import org.libssl4j.testkit.delays.Op;

/** All flows that there are: what is added to the library is added here, and so runs with every delay over every Bio. */
final class Flows {
    /** One whom nobody trusts. */
    static final Identity STRANGER =
            Identity.make(Identity.Kind.ED25519, "stranger", Instant.now().plus(Duration.ofDays(2)));

    static final VerifyCb REFUSE = (result, chain) -> VerifyCb.Answer.REJECT;
    static final VerifyCb ACCEPT = (result, chain) -> VerifyCb.Answer.ACCEPT;

    private Flows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>();
        all.addAll(NegotiationFlows.all());
        all.addAll(CallbackFlows.all());
        all.addAll(ClientCertificateFlows.all());
        all.addAll(LateAuthenticationFlows.all());
        all.addAll(RefusalFlows.all());
        all.addAll(DataFlows.all());
        all.addAll(Flows12.all());
        all.addAll(SessionFlows.all());
        return all;
    }

    // ---- what many of them have in common --------------------------------------------------------------------------

    /** Handshake, a few bytes each way, shutdown both ways. */
    static Flow greeting(String name) {
        return Flow.of(name)
                .bytes(12)
                .clientDoes(handshake(), write(5), read(7), shutdown(), shutdownBothWays())
                .serverDoes(handshake(), read(5), write(7), readToTheEnd(), shutdownBothWays());
    }

    /** A handshake that fails; the client reads on, for it may learn of it only then. */
    static Flow refused(String name) {
        return Flow.of(name).clientDoes(handshake(), readToTheEnd()).serverDoes(handshake(), readToTheEnd());
    }

    /** With this certificate of its own. */
    static Consumer<SslCtx> with(Identity identity) {
        return c -> Flow.certificate(c, identity);
    }

    /** A server that asks for a client's certificate. */
    static Consumer<SslCtx> asks(VerifyMode mode) {
        return s -> {
            s.addTrusted(List.of(Flow.IDENTITY.issuer()));
            s.setVerify(mode, null);
        };
    }

    /** A server that wants a cookie back. */
    static void cookies(SslCtx ctx, Brake b) {
        ctx.setClock(Clock.fixed(Instant.parse("2027-01-15T12:00:00Z"), ZoneOffset.UTC));
        ctx.setStatelessCookieGenerateCb(b.asked(StatelessCookieGenerateCb.class, ssl -> Op.content(20)));
        ctx.setStatelessCookieVerifyCb(
                b.asked(StatelessCookieVerifyCb.class, (ssl, cookie) -> Arrays.equals(Op.content(20), cookie)));
    }
}
