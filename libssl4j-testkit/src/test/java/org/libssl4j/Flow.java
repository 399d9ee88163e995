// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Verification;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.testkit.crypto.RepeatableCrypto;
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
 * @param asks sets callbacks of an end, with its brake on each
 * @param kit what is particular about the end that is the kit's; null if neither is
 * @param fault how it has to fail; null if it has not
 * @param stateless whether the server wants a cookie back, and forgets the connection in between (SSL_stateless(3))
 * @param bytes application data that goes over the wire, by which it is known how long a run takes
 */
record Flow(
        String name,
        Consumer<SslCtx> client,
        Consumer<SslCtx> server,
        Asks asks,
        KitEngine.Traits kit,
        int bytes,
        List<Op> clientScript,
        List<Op> serverScript,
        Fault fault,
        boolean stateless) {
    /** How a flow fails: the one of that role finds the fault; the other one is told by the alert, if there is one. */
    record Fault(Role finder, Reason reason, AlertDescription alert) {}

    /** Sets callbacks of the end of that role. */
    interface Asks {
        void set(Role role, SslCtx ctx, Brake brake);
    }

    /** What a connection is driven by. */
    enum Face {
        CONNECTION,
        SSL
    }

    static final Identity IDENTITY =
            Identity.make(Identity.Kind.ED25519, Identity.HOST, Instant.now().plus(Duration.ofDays(2)));
    /** Small shares, because many a run moves them a byte at a time; flows about groups have others. */
    private static final String GROUPS = "X25519:P-256";

    /** Stands still: the time is in tickets, and what goes over the wire has to be the same each time. */
    static final Clock CLOCK = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    /** Of all servers. */
    static final byte[] CONTEXT = {1};

    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);

    static Flow of(String name) {
        return new Flow(name, c -> {}, c -> {}, (r, c, b) -> {}, null, 0, List.of(), List.of(), null, false);
    }

    Flow client(Consumer<SslCtx> c) {
        return new Flow(name, c, server, asks, kit, bytes, clientScript, serverScript, fault, stateless);
    }

    Flow server(Consumer<SslCtx> s) {
        return new Flow(name, client, s, asks, kit, bytes, clientScript, serverScript, fault, stateless);
    }

    /** The server has these callbacks as well. */
    Flow serverAsks(BiConsumer<SslCtx, Brake> a) {
        return asks(Role.SERVER, a);
    }

    /** The client has these callbacks as well. */
    Flow clientAsks(BiConsumer<SslCtx, Brake> a) {
        return asks(Role.CLIENT, a);
    }

    private Flow asks(Role who, BiConsumer<SslCtx, Brake> a) {
        Asks all = (r, c, b) -> {
            asks.set(r, c, b);
            if (r == who) {
                a.accept(c, b);
            }
        };
        return new Flow(name, client, server, all, kit, bytes, clientScript, serverScript, fault, stateless);
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
        SslCtx ctx = ctx(role, brake, log);
        if (kit != null && kit.role() == role) {
            HandshakeConfig config = config(new Ssl(ctx).config(), role);
            return new EngineEnd(role, new KitEngine(kit, config, ctx.crypto(), log), brake, log);
        }
        if (face == Face.CONNECTION) {
            Ssl settings = new Ssl(ctx); // is never connected: its callbacks may change what it has
            Supplier<HandshakeConfig> config = () -> {
                visits.look();
                return visits.on(config(settings.config(), role));
            };
            Crypto crypto = visits.on(ctx.crypto());
            if (!stateless || role == Role.CLIENT) {
                return new EngineEnd(role, Engine.of(new TlsConnection(role, config, crypto)), brake, log);
            }
            Supplier<HandshakeConfig> cookies = () -> config.get().with(ctx.cookies(null));
            return new EngineEnd(role, Engine.forgetting(() -> new TlsConnection(role, cookies, crypto)), brake, log);
        }
        Ssl ssl = new Ssl(ctx);
        if (role == Role.CLIENT) {
            ssl.setHostname(Identity.HOST);
            ssl.setConnectState();
        } else {
            ssl.setAcceptState();
        }
        return new SslEnd(ssl, brake, log, stateless && role == Role.SERVER);
    }

    private SslCtx ctx(Role role, Brake brake, Log log) {
        SslCtx ctx = ctx(role);
        watched(ctx, brake, log);
        ctx.setAsyncExecutor(brake.executor());
        asks.set(role, ctx, brake);
        Verification v = ctx.config().verification();
        ctx.setVerify(v.modeFor(role == Role.CLIENT), brake.verify(v, role));
        return ctx;
    }

    /** Those who look on, and a callback for certificates that has to be waited for. */
    private static void watched(SslCtx ctx, Brake brake, Log log) {
        ctx.setMsgCallback(brake.asked(MsgCb.class, log));
        ctx.setInfoCallback(brake.asked(InfoCb.class, log));
        ctx.setKeylogCallback(brake.asked(KeylogCb.class, log));
        if (brake.putsOff()) {
            ctx.setCertCb(brake.asked(CertCb.class, ssl -> CertCb.Answer.OK));
        }
    }

    private SslCtx ctx(Role role) {
        boolean c = role == Role.CLIENT;
        SslCtx ctx =
                new SslCtx(c ? TlsMethod.TLS_CLIENT : TlsMethod.TLS_SERVER, new RepeatableCrypto(REAL, role.ordinal()));
        ctx.set1GroupsList(GROUPS);
        ctx.setClock(CLOCK);
        ctx.setNumTickets(0); // as what is written to a client that has failed has to fit into the smallest Bio
        ctx.setSessionIdContext(CONTEXT); // the derived one is another each time a callback verifies
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
