// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.ACCEPT;
import static org.libssl4j.Flows.STRANGER;
import static org.libssl4j.Flows.asks;
import static org.libssl4j.Flows.greeting;
import static org.libssl4j.Flows.refused;
import static org.libssl4j.Flows.with;
import static org.libssl4j.testkit.delays.Op.handshake;
import static org.libssl4j.testkit.delays.Op.read;
import static org.libssl4j.testkit.delays.Op.readToTheEnd;
import static org.libssl4j.testkit.delays.Op.renegotiate;
import static org.libssl4j.testkit.delays.Op.shutdown;
import static org.libssl4j.testkit.delays.Op.shutdownBothWays;
import static org.libssl4j.testkit.delays.Op.write;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.Brake;

/** TLS 1.2 and before: each key exchange, either protection of records with CBC, client certificates and what an application is asked. */
final class Flows12 {
    private static final Identity RSA =
            Identity.make(Identity.Kind.RSA, Identity.HOST, Instant.now().plus(Duration.ofDays(2)));
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private Flows12() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>(keyExchanges());
        all.addAll(records());
        all.addAll(certificates());
        all.addAll(questions());
        all.addAll(preShared());
        all.addAll(renegotiations());
        return all;
    }

    private static Consumer<SslCtx> speaks(String cipher) {
        return c -> {
            c.setMaxProtoVersion(ProtocolVersion.TLS1_2);
            c.setCipherList(cipher);
        };
    }

    /** Both have suites of this string, and TLS 1.2 is the newest version. */
    private static Flow both(String name, String cipher) {
        return greeting(name).client(speaks(cipher)).server(speaks(cipher));
    }

    private static Flow withRsa(String name, String cipher) {
        return greeting(name)
                .client(speaks(cipher).andThen(c -> c.addTrusted(List.of(RSA.issuer()))))
                .server(speaks(cipher).andThen(with(RSA)).andThen(s -> s.setDhAuto(true)));
    }

    private static List<Flow> keyExchanges() {
        return List.of(
                both("TLS 1.2: ECDHE signed by Ed25519", "ECDHE-ECDSA-AES128-GCM-SHA256"),
                withRsa("TLS 1.2: ECDHE signed by RSA", "ECDHE-RSA-CHACHA20-POLY1305"),
                withRsa("TLS 1.2: DHE", "DHE-RSA-AES128-GCM-SHA256"),
                withRsa("TLS 1.2: RSA encryption", "AES128-GCM-SHA256"),
                greeting("a server that has no more than TLS 1.2").server(speaks("DEFAULT")),
                greeting("a client that has no more than TLS 1.2").client(speaks("DEFAULT")),
                refused("TLS 1.2: no suite in common")
                        .client(speaks("ECDHE-ECDSA-AES128-GCM-SHA256"))
                        .server(speaks("ECDHE-RSA-AES128-GCM-SHA256"))
                        .fails(Role.SERVER, Reason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE),
                refused("TLS 1.2 for a client that has TLS 1.3 alone")
                        .client(c -> c.setMinProtoVersion(ProtocolVersion.TLS1_3))
                        .server(speaks("DEFAULT"))
                        .fails(Role.SERVER, Reason.UNSUPPORTED_PROTOCOL, AlertDescription.PROTOCOL_VERSION));
    }

    private static List<Flow> records() {
        return List.of(
                both("TLS 1.2: CBC, encrypted first", "ECDHE-ECDSA-AES128-SHA256"),
                greeting("TLS 1.2: CBC, with the MAC inside")
                        .client(speaks("ECDHE-ECDSA-AES256-SHA384"))
                        .server(speaks("ECDHE-ECDSA-AES256-SHA384")
                                .andThen(s -> s.setOptions(SslOption.NO_ENCRYPT_THEN_MAC))),
                greeting("TLS 1.2 without extended_master_secret")
                        .client(speaks("DEFAULT").andThen(c -> c.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET)))
                        .server(speaks("DEFAULT")),
                old("TLS 1.1", ProtocolVersion.TLS1_1),
                old("TLS 1.0", ProtocolVersion.TLS1_0));
    }

    private static Flow old(String name, ProtocolVersion version) {
        Consumer<SslCtx> speaks = c -> {
            c.setMinProtoVersion(version);
            c.setMaxProtoVersion(version);
            c.setCipherList("ECDHE-RSA-AES128-SHA:@SECLEVEL=0");
        };
        return greeting(name)
                .client(speaks.andThen(c -> c.addTrusted(List.of(RSA.issuer()))))
                .server(speaks.andThen(with(RSA)));
    }

    private static List<Flow> certificates() {
        Consumer<SslCtx> tls12 = speaks("DEFAULT");
        return List.of(
                greeting("TLS 1.2: a client certificate")
                        .client(tls12.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)),
                greeting("TLS 1.2: no client certificate where one was asked for")
                        .client(tls12)
                        .server(asks(VerifyMode.PEER)),
                refused("TLS 1.2: no client certificate where one is required")
                        .client(tls12)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT))
                        .fails(
                                Role.SERVER,
                                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                AlertDescription.HANDSHAKE_FAILURE),
                refused("TLS 1.2: a client certificate of a stranger")
                        .client(tls12.andThen(with(STRANGER)))
                        .server(asks(VerifyMode.PEER))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA),
                refused("TLS 1.2: a server certificate of a stranger")
                        .client(tls12)
                        .server(with(STRANGER))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA));
    }

    private static List<Flow> questions() {
        BiConsumer<SslCtx, Brake> own = (c, b) -> c.setCertCb(b.asked(CertCb.class, ssl -> {
            ssl.useCertAndKey(Flow.IDENTITY.chain(), Flow.IDENTITY.key());
            return CertCb.Answer.OK;
        }));
        Consumer<SslCtx> judge = c -> c.setVerify(VerifyMode.PEER, ACCEPT); // every flow has a brake on it
        return List.of(
                greeting("TLS 1.2: both ask about all")
                        .client(speaks("DEFAULT").andThen(judge).andThen(c -> c.setAlpnProtos("h2", "http/1.1")))
                        .clientAsks(own)
                        .server(with(STRANGER).andThen(asks(VerifyMode.PEER)).andThen(judge))
                        .serverAsks(own)
                        .serverAsks((s, b) -> {
                            s.setClientHelloCb(b.asked(ClientHelloCb.class, (ssl, hello) -> ClientHelloAnswer.SUCCESS));
                            s.setTlsextServernameCallback(
                                    b.asked(ServernameCb.class, (ssl, name) -> ServernameAnswer.OK));
                            s.setAlpnSelectCb(b.asked(SslAlpnSelectCb.class, (ssl, offered) -> offered.get(1)));
                        }),
                greeting("TLS 1.2: callbacks in the library's place")
                        .client(speaks("DEFAULT"))
                        .clientAsks((c, b) -> {
                            c.setCertVerifyCallback(b.asked(CertVerifyCb.class, chain -> CertVerifyCb.Verdict.ACCEPT));
                            c.setClientCertCb(b.asked(
                                    ClientCertCb.class,
                                    ssl -> ClientCertCb.Answer.of(Flow.IDENTITY.chain(), Flow.IDENTITY.key())));
                        })
                        .server(asks(VerifyMode.PEER)),
                refused("TLS 1.2: a server whose callback for its certificate fails")
                        .client(speaks("DEFAULT"))
                        .serverAsks((s, b) -> s.setCertCb(b.asked(CertCb.class, ssl -> CertCb.Answer.FAIL)))
                        .fails(Role.SERVER, Reason.CERT_CB_ERROR, AlertDescription.INTERNAL_ERROR));
    }

    private static List<Flow> preShared() {
        List<Flow> flows = new ArrayList<>();
        for (String suite :
                List.of("PSK-AES128-GCM-SHA256", "DHE-PSK-AES128-GCM-SHA256", "ECDHE-PSK-CHACHA20-POLY1305")) {
            flows.add(both("TLS 1.2: " + suite, suite)
                    .server(speaks(suite).andThen(s -> {
                        s.setDhAuto(true);
                        s.usePskIdentityHint("who?");
                    }))
                    .clientAsks(Flows12::knows)
                    .serverAsks((s, b) -> s.setPskServerCallback(
                            b.asked(PskServerCb.class, (ssl, identity) -> PskServerCb.Answer.of(KEY)))));
        }
        flows.add(refused("TLS 1.2: an identity that the server does not know")
                .client(speaks("PSK"))
                .clientAsks(Flows12::knows)
                .server(speaks("PSK"))
                .serverAsks((s, b) ->
                        s.setPskServerCallback(b.asked(PskServerCb.class, (ssl, identity) -> PskServerCb.Answer.NONE)))
                .fails(Role.SERVER, Reason.PSK_IDENTITY_NOT_FOUND, AlertDescription.UNKNOWN_PSK_IDENTITY));
        return flows;
    }

    private static List<Flow> renegotiations() {
        Consumer<SslCtx> willing = c -> c.clearOptions(SslOption.NO_RENEGOTIATION);
        Consumer<SslCtx> allows = willing.andThen(s -> s.setOptions(SslOption.ALLOW_CLIENT_RENEGOTIATION))
                .andThen(asks(VerifyMode.PEER));
        Consumer<SslCtx> client = speaks("DEFAULT").andThen(with(Flow.IDENTITY)).andThen(willing);
        return List.of(
                Flow.of("TLS 1.2: a client renegotiates twice")
                        .bytes(40)
                        .client(client)
                        .server(allows)
                        .clientDoes(
                                handshake(),
                                write(5),
                                renegotiate(),
                                write(6),
                                read(7),
                                renegotiate(),
                                write(4),
                                read(8),
                                shutdown(),
                                shutdownBothWays())
                        .serverDoes(
                                handshake(),
                                read(5),
                                read(6),
                                write(7),
                                read(4),
                                write(8),
                                readToTheEnd(),
                                shutdownBothWays()),
                Flow.of("TLS 1.2: a server asks for a renegotiation, and says more before it is answered")
                        .bytes(40)
                        .client(client)
                        .server(willing.andThen(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)))
                        .clientDoes(handshake(), write(5), read(7), write(6), read(9), shutdown(), shutdownBothWays())
                        .serverDoes(
                                handshake(),
                                read(5),
                                renegotiate(),
                                write(7),
                                read(6),
                                write(9),
                                readToTheEnd(),
                                shutdownBothWays()),
                Flow.of("TLS 1.2: a client refuses to renegotiate")
                        .bytes(20)
                        .client(speaks("DEFAULT"))
                        .server(willing)
                        .clientDoes(handshake(), write(5), read(7), readToTheEnd())
                        .serverDoes(handshake(), read(5), renegotiate(), write(7), readToTheEnd())
                        .fails(Role.SERVER, Reason.NO_RENEGOTIATION, AlertDescription.HANDSHAKE_FAILURE));
    }

    private static void knows(SslCtx client, Brake b) {
        client.setPskClientCallback(b.asked(PskClientCb.class, (ssl, hint) -> PskClientCb.Answer.of("me", KEY)));
    }
}
