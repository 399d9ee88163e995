// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.testkit.crypto.DeterministicCrypto;
import org.libssl4j.testkit.delays.Brake;
import org.libssl4j.testkit.delays.Delays;
import org.libssl4j.testkit.delays.End;
import org.libssl4j.testkit.delays.Engine;
import org.libssl4j.testkit.delays.EngineEnd;
import org.libssl4j.testkit.delays.KitEngine;
import org.libssl4j.testkit.delays.Link;
import org.libssl4j.testkit.delays.Log;
import org.libssl4j.testkit.delays.Op;
import org.libssl4j.testkit.delays.Outcome;
import org.libssl4j.testkit.delays.Pair;

/**
 * What two ends do: how they are configured, and each one's script.
 *
 * @param name a sentence
 * @param client changes the client's context
 * @param server changes the server's context
 * @param asks sets the callbacks of the server that may be "later", with the server's brake on each
 * @param kit what is particular about the end that is the kit's; null if neither is
 * @param fault how it has to fail; null if it has not
 * @param stateless whether the server wants a cookie back, and forgets the connection in between (SSL_stateless(3))
 * @param bytes application data that goes over the wire, by which it is known how long a run takes
 */
record Flow(
        String name,
        Consumer<SslCtx> client,
        Consumer<SslCtx> server,
        BiConsumer<SslCtx, Brake> asks,
        KitEngine.Traits kit,
        int bytes,
        List<Op> clientScript,
        List<Op> serverScript,
        Fault fault,
        boolean stateless) {
    /** How a flow fails: the one of that role finds the fault; the other one is told by the alert, if there is one. */
    record Fault(Role finder, Reason reason, AlertDescription alert) {}

    /** What a connection is driven by. */
    enum Face {
        CONNECTION,
        SSL
    }

    static final Identity IDENTITY =
            Identity.make(Identity.Kind.ED25519, Identity.HOST, Instant.now().plus(Duration.ofDays(2)));
    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);

    static Flow of(String name) {
        return new Flow(name, c -> {}, c -> {}, (c, b) -> {}, null, 0, List.of(), List.of(), null, false);
    }

    Flow client(Consumer<SslCtx> c) {
        return new Flow(name, c, server, asks, kit, bytes, clientScript, serverScript, fault, stateless);
    }

    Flow server(Consumer<SslCtx> s) {
        return new Flow(name, client, s, asks, kit, bytes, clientScript, serverScript, fault, stateless);
    }

    Flow serverAsks(BiConsumer<SslCtx, Brake> a) {
        return new Flow(name, client, server, a, kit, bytes, clientScript, serverScript, fault, stateless);
    }

    /** The end of that role is the kit's. */
    Flow kit(KitEngine.Traits k) {
        return new Flow(name, client, server, asks, k, bytes, clientScript, serverScript, fault, stateless);
    }

    Flow bytes(int n) {
        return new Flow(name, client, server, asks, kit, n, clientScript, serverScript, fault, stateless);
    }

    Flow clientDoes(Op... ops) {
        return new Flow(name, client, server, asks, kit, bytes, List.of(ops), serverScript, fault, stateless);
    }

    Flow serverDoes(Op... ops) {
        return new Flow(name, client, server, asks, kit, bytes, clientScript, List.of(ops), fault, stateless);
    }

    Flow withStatelessServer() {
        return new Flow(name, client, server, asks, kit, bytes, clientScript, serverScript, fault, true);
    }

    /** The one of that role finds a fault and sends an alert. */
    Flow fails(Role finder, Reason reason, AlertDescription alert) {
        Fault f = new Fault(finder, reason, alert);
        return new Flow(name, client, server, asks, kit, bytes, clientScript, serverScript, f, stateless);
    }

    /** What the failure of an end has to be; null for none. */
    String failure(Role end) {
        if (fault == null) {
            return null;
        }
        if (end == fault.finder) {
            return "TlsException " + (fault.alert == null ? AlertDescription.CLOSE_NOTIFY : fault.alert) + " "
                    + fault.reason;
        }
        return fault.alert == null ? null : Outcome.fault(PeerAlertException.of(fault.alert.code()));
    }

    /** Runs it; what came of the client, then of the server. */
    List<Outcome> run(Face face, Link.Kind kind, Delays delays) {
        return run(face, kind, delays, Visits.NOBODY);
    }

    List<Outcome> run(Face face, Link.Kind kind, Delays delays, Visits visits) {
        try (Link link = kind.open();
                End c = end(face, Role.CLIENT, link, delays, visits);
                End s = end(face, Role.SERVER, link, delays, visits)) {
            return Pair.run(link, c, clientScript, s, serverScript);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private End end(Face face, Role role, Link link, Delays delays, Visits visits) {
        Log log = new Log();
        Brake brake = new Brake(delays, log);
        brake.on(link.in(role), link.out(role));
        SslCtx ctx = ctx(role);
        ctx.setMsgCallback(log);
        ctx.setInfoCallback(log);
        ctx.setKeylogCallback(log);
        if (role == Role.SERVER) {
            asks.accept(ctx, brake);
        }
        if (kit != null && kit.role() == role) {
            KitEngine engine = new KitEngine(kit, brake.on(config(ctx.config(), role), role), ctx.crypto(), log);
            return new EngineEnd(role, engine, brake, log);
        }
        if (face == Face.CONNECTION) {
            Ssl settings = new Ssl(ctx); // is never connected: its callbacks may change what it has
            Supplier<HandshakeConfig> config = () -> {
                visits.look();
                return visits.on(brake.on(config(settings.config(), role), role));
            };
            Crypto crypto = visits.on(ctx.crypto());
            if (!stateless || role == Role.CLIENT) {
                return new EngineEnd(role, Engine.of(new TlsConnection(role, config, crypto)), brake, log);
            }
            Supplier<HandshakeConfig> cookies = () -> config.get().with(ctx.cookies(null));
            return new EngineEnd(role, Engine.forgetting(() -> new TlsConnection(role, cookies, crypto)), brake, log);
        }
        ctx.setCertVerifyCallback(brake.judge(ctx.config().verification()));
        ctx.setAsyncExecutor(brake.executor());
        Ssl ssl = new Ssl(ctx);
        ssl.setVerify(
                ctx.config().verification().modeFor(role == Role.CLIENT),
                brake.verify(ctx.config().verification(), role));
        if (delays.later() > 0) {
            ssl.setCertCb(s -> brake.later() ? CertCb.Answer.LATER : CertCb.Answer.OK);
        }
        if (role == Role.CLIENT) {
            ssl.setHostname(Identity.HOST);
            ssl.setConnectState();
        } else {
            ssl.setAcceptState();
        }
        return new SslEnd(ssl, brake, log, stateless && role == Role.SERVER);
    }

    private SslCtx ctx(Role role) {
        boolean c = role == Role.CLIENT;
        SslCtx ctx = new SslCtx(
                c ? TlsMethod.TLS_CLIENT : TlsMethod.TLS_SERVER, new DeterministicCrypto(REAL, role.ordinal()));
        if (c) {
            ctx.addTrusted(List.of(IDENTITY.issuer()));
        } else {
            certificate(ctx, IDENTITY);
        }
        (c ? client : server).accept(ctx);
        return ctx;
    }

    static void certificate(SslCtx ctx, Identity identity) {
        try {
            ctx.useCertAndKey(identity.chain(), identity.key());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@link Ssl} makes of the context. */
    private static HandshakeConfig config(HandshakeConfig c, Role role) {
        return role == Role.SERVER
                ? c
                : c.with(c.extensions().withServerName(Identity.HOST))
                        .with(c.verification().withHosts(List.of(Identity.HOST)));
    }

    @Override
    public String toString() {
        return name;
    }
}
