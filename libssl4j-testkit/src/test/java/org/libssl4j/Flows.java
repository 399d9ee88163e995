// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.testkit.delays.Op.endOfStream;
import static org.libssl4j.testkit.delays.Op.handshake;
import static org.libssl4j.testkit.delays.Op.keyUpdate;
import static org.libssl4j.testkit.delays.Op.kit;
import static org.libssl4j.testkit.delays.Op.read;
import static org.libssl4j.testkit.delays.Op.readToTheEnd;
import static org.libssl4j.testkit.delays.Op.requestCertificate;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.libssl4j.fault.Reason;
import org.libssl4j.flow13.EarlyDataHello;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.Brake;
import org.libssl4j.testkit.delays.KitEngine;
import org.libssl4j.testkit.delays.Op;
import org.libssl4j.testkit.pki.TestCertificate;

/** All flows that there are: what is added to the library is added here, and so runs with every delay over every Bio. */
final class Flows {
    private static final Identity STRANGER =
            Identity.make(Identity.Kind.ED25519, "stranger", Instant.now().plus(Duration.ofDays(2)));
    private static final Identity ED448 = ed448();
    private static final VerifyCb REFUSE = (result, chain) -> VerifyCb.Answer.REJECT;
    private static final VerifyCb ACCEPT = (result, chain) -> VerifyCb.Answer.ACCEPT;

    private Flows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>();
        all.addAll(negotiations());
        all.addAll(questions());
        all.addAll(clientCertificates());
        all.addAll(authenticationsAfterTheHandshake());
        all.addAll(refusals());
        all.addAll(afterTheHandshake());
        all.addAll(ends());
        return all;
    }

    /** Handshake, a few bytes each way, shutdown both ways. */
    private static Flow greeting(String name) {
        return Flow.of(name)
                .bytes(12)
                .clientDoes(handshake(), write(5), read(7), shutdown(), shutdownBothWays())
                .serverDoes(handshake(), read(5), write(7), readToTheEnd(), shutdownBothWays());
    }

    /** A handshake that fails; the client reads on, for it may learn of it only then. */
    private static Flow refused(String name) {
        return Flow.of(name).clientDoes(handshake(), readToTheEnd()).serverDoes(handshake(), readToTheEnd());
    }

    private static Identity ed448() {
        TestCertificate root =
                TestCertificate.builder().commonName("Ed448 root").ed448().ca().build();
        TestCertificate leaf = TestCertificate.builder()
                .dns(Identity.HOST)
                .ed448()
                .issuedBy(root)
                .build();
        return new Identity(leaf.x509(), leaf.privateKey(), root.x509());
    }

    // ---- negotiation -----------------------------------------------------------------------------------------------

    private static List<Flow> negotiations() {
        return List.of(
                greeting("the usual one"),
                greeting("TLS_AES_128_GCM_SHA256").client(c -> c.setCiphersuites("TLS_AES_128_GCM_SHA256")),
                greeting("TLS_AES_256_GCM_SHA384").client(c -> c.setCiphersuites("TLS_AES_256_GCM_SHA384")),
                greeting("TLS_CHACHA20_POLY1305_SHA256").client(c -> c.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256")),
                greeting("Ed448")
                        .client(c -> c.addTrusted(List.of(ED448.issuer())))
                        .server(with(ED448)),
                greeting("P-256 at once").client(c -> c.set1GroupsList("P-256:X25519")),
                greeting("HelloRetryRequest").server(s -> s.set1GroupsList("P-256")),
                greeting("HelloRetryRequest, without signs for middleboxes")
                        .client(Flows::noMiddleboxes)
                        .server(s -> {
                            noMiddleboxes(s);
                            s.set1GroupsList("P-256");
                        }),
                greeting("two key shares, of which the server takes the second")
                        .client(c -> c.set1GroupsList("*X25519:*P-256"))
                        .server(s -> s.set1GroupsList("P-256/X25519")),
                greeting("a HelloRetryRequest for a group of an earlier tuple")
                        .client(c -> c.set1GroupsList("*X25519:P-256"))
                        .server(s -> s.set1GroupsList("P-256/X25519")),
                greeting("a cookie").server(Flows::cookies).withStatelessServer(),
                greeting("a cookie and another key share")
                        .server(s -> {
                            cookies(s);
                            s.set1GroupsList("P-256");
                        })
                        .withStatelessServer(),
                greeting("a cookie, without signs for middleboxes")
                        .client(Flows::noMiddleboxes)
                        .server(Flows::cookies)
                        .withStatelessServer(),
                greeting("a cookie and early data that is refused")
                        .server(Flows::cookies)
                        .withStatelessServer()
                        .kit(new KitEngine.Traits(
                                Role.CLIENT, false, EarlyDataHello::new, EarlyDataHello.records(2, 20))),
                greeting("without signs for middleboxes")
                        .client(Flows::noMiddleboxes)
                        .server(Flows::noMiddleboxes),
                greeting("signs for middleboxes from the server alone").client(Flows::noMiddleboxes),
                greeting("ALPN")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .server(s -> s.setAlpnSelectCb(offered -> "http/1.1")),
                greeting("ALPN that the server passes over")
                        .client(c -> c.setAlpnProtos("h2"))
                        .server(s -> s.setAlpnSelectCb(offered -> AlpnSelectCb.NO_ACK)),
                greeting("a server that makes a record of each message")
                        .server(s -> s.setVerify(VerifyMode.PEER, null))
                        .kit(recordPerMessage(Role.SERVER)),
                greeting("early data that is refused")
                        .kit(new KitEngine.Traits(
                                Role.CLIENT, false, EarlyDataHello::new, EarlyDataHello.records(2, 20))));
    }

    private static void cookies(SslCtx ctx) {
        ctx.setClock(Clock.fixed(Instant.parse("2027-01-15T12:00:00Z"), ZoneOffset.UTC));
        ctx.setStatelessCookieGenerateCb(ssl -> Op.content(20));
        ctx.setStatelessCookieVerifyCb((ssl, cookie) -> Arrays.equals(Op.content(20), cookie));
    }

    // ---- what a server asks about a ClientHello --------------------------------------------------------------------

    private static List<Flow> questions() {
        BiConsumer<SslCtx, Brake> all = (s, b) -> {
            s.setClientHelloCb(b.clientHello((ssl, hello) -> ClientHelloAnswer.SUCCESS));
            s.setTlsextServernameCallback(b.servername((ssl, name) -> ServernameAnswer.OK));
            s.setAlpnSelectCb(b.alpnSelect((ssl, offered) -> offered.get(1)));
        };
        return List.of(
                greeting("a server that asks about all")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .serverAsks(all),
                greeting("a server that asks about all, and for another share")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .server(s -> s.set1GroupsList("P-256"))
                        .serverAsks(all),
                greeting("a server that asks about all, and for a cookie")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .server(Flows::cookies)
                        .withStatelessServer()
                        .serverAsks(all),
                greeting("a server that takes another context for the ClientHello")
                        .server(with(STRANGER))
                        .serverAsks((s, b) -> s.setClientHelloCb(b.clientHello((ssl, hello) -> {
                            ssl.setSslCtx(another(ssl.getSslCtx(), s, b));
                            return ClientHelloAnswer.SUCCESS;
                        }))),
                greeting("a server that takes another context for the server name")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .server(with(STRANGER))
                        .serverAsks((s, b) -> s.setTlsextServernameCallback(b.servername((ssl, name) -> {
                            ssl.setSslCtx(another(ssl.getSslCtx(), s, b));
                            return ServernameAnswer.OK;
                        }))),
                refused("a server that refuses the ClientHello")
                        .serverAsks((s, b) -> s.setClientHelloCb(
                                b.clientHello((ssl, hello) -> ClientHelloAnswer.error(AlertDescription.ACCESS_DENIED))))
                        .fails(Role.SERVER, Reason.CALLBACK_FAILED, AlertDescription.ACCESS_DENIED),
                refused("a server that refuses the server name")
                        .serverAsks((s, b) -> s.setTlsextServernameCallback(b.servername(
                                (ssl, name) -> ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME))))
                        .fails(Role.SERVER, Reason.CALLBACK_FAILED, AlertDescription.UNRECOGNIZED_NAME));
    }

    /** A context with the certificate that clients trust, one group, and those who look on. */
    private static SslCtx another(SslCtx now, SslCtx first, Brake brake) {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER, now.crypto());
        ctx.setMsgCallback(first.config().callbacks().msg());
        ctx.setInfoCallback(first.config().callbacks().info());
        ctx.setKeylogCallback(first.config().callbacks().keylog());
        ctx.setAsyncExecutor(brake.executor());
        ctx.set1GroupsList("P-256");
        ctx.setAlpnSelectCb(brake.alpnSelect((ssl, offered) -> offered.get(0)));
        Flow.certificate(ctx, Flow.IDENTITY);
        return ctx;
    }

    private static void noMiddleboxes(SslCtx ctx) {
        ctx.clearOptions(SslOption.ENABLE_MIDDLEBOX_COMPAT);
    }

    private static KitEngine.Traits recordPerMessage(Role role) {
        return new KitEngine.Traits(role, true, null, new byte[0]);
    }

    // ---- client certificates ---------------------------------------------------------------------------------------

    private static List<Flow> clientCertificates() {
        return List.of(
                greeting("a client certificate")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)),
                greeting("a client certificate after a HelloRetryRequest")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1GroupsList("P-256"))),
                greeting("a client certificate, each message in a record of its own")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER))
                        .kit(recordPerMessage(Role.CLIENT)),
                greeting("a client certificate, with names of authorities both ways")
                        .client(with(Flow.IDENTITY).andThen(c -> c.add1ToCaList(Flow.IDENTITY.issuer())))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.addClientCa(Flow.IDENTITY.issuer()))),
                greeting("lists of signature schemes, also for certificates")
                        .client(with(Flow.IDENTITY).andThen(c -> {
                            c.set1SigalgsList("ed25519:ECDSA+SHA256");
                            c.set1ClientSigalgsList("ed25519");
                            c.set1SigalgsCertList("ed25519:RSA+SHA256");
                        }))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1ClientSigalgsList("?none:ed25519"))),
                refused("no signature scheme of a server's in common")
                        .client(c -> c.set1SigalgsList("ECDSA+SHA256"))
                        .fails(Role.SERVER, Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, AlertDescription.HANDSHAKE_FAILURE),
                greeting("no signature scheme of a client's in common")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1ClientSigalgsList("ECDSA+SHA256"))),
                refused("no signature scheme of a client's in common, where its certificate is needed")
                        .client(with(Flow.IDENTITY).andThen(c -> c.setOwnCertNeeded(true)))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1ClientSigalgsList("ECDSA+SHA256")))
                        .fails(Role.CLIENT, Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, AlertDescription.HANDSHAKE_FAILURE),
                greeting("no client certificate where one was asked for").server(asks(VerifyMode.PEER)),
                greeting("a client certificate that a callback lets pass")
                        .client(with(STRANGER))
                        .server(s -> s.setVerify(VerifyMode.PEER, ACCEPT)),
                refused("no client certificate where one is required")
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT))
                        .fails(
                                Role.SERVER,
                                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                AlertDescription.CERTIFICATE_REQUIRED),
                refused("a client certificate of a stranger")
                        .client(with(STRANGER))
                        .server(asks(VerifyMode.PEER))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA),
                refused("a client certificate that a callback refuses")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.setVerify(VerifyMode.PEER, REFUSE)))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.HANDSHAKE_FAILURE));
    }

    /** The client's answer is out before it writes, so that the bytes are in the same order with every delay. */
    private static Flow asked(String name) {
        return Flow.of(name)
                .bytes(15)
                .clientDoes(handshake(), read(3), handshake(), write(5), read(7), shutdown(), shutdownBothWays())
                .serverDoes(
                        handshake(),
                        requestCertificate(),
                        write(3),
                        read(5),
                        write(7),
                        readToTheEnd(),
                        shutdownBothWays());
    }

    private static Flow askedAndRefused(String name) {
        return Flow.of(name)
                .bytes(3)
                .clientDoes(handshake(), read(3), handshake(), readToTheEnd())
                .serverDoes(handshake(), requestCertificate(), write(3), readToTheEnd());
    }

    private static List<Flow> authenticationsAfterTheHandshake() {
        Consumer<SslCtx> mayBeAsked = c -> c.setPostHandshakeAuth(true);
        return List.of(
                asked("a client certificate after the handshake")
                        .client(mayBeAsked.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE)),
                asked("a client certificate in the handshake, and again after it")
                        .client(mayBeAsked.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER)),
                asked("no client certificate after the handshake")
                        .client(mayBeAsked)
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE)),
                Flow.of("a client certificate twice after the handshake, with data and names of authorities")
                        .bytes(20_011)
                        .client(mayBeAsked.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE)
                                .andThen(s -> s.addClientCa(Flow.IDENTITY.issuer())))
                        .clientDoes(handshake(), read(3), handshake(), write(20_000), read(4), handshake(), write(4))
                        .serverDoes(
                                handshake(),
                                requestCertificate(),
                                write(3),
                                read(20_000),
                                requestCertificate(),
                                write(4),
                                read(4)),
                askedAndRefused("no client certificate after the handshake where one is required")
                        .client(mayBeAsked)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE))
                        .fails(
                                Role.SERVER,
                                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                AlertDescription.CERTIFICATE_REQUIRED),
                askedAndRefused("a client certificate of a stranger after the handshake")
                        .client(mayBeAsked.andThen(with(STRANGER)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA));
    }

    private static Consumer<SslCtx> with(Identity identity) {
        return c -> Flow.certificate(c, identity);
    }

    private static Consumer<SslCtx> asks(VerifyMode mode) {
        return s -> {
            s.addTrusted(List.of(Flow.IDENTITY.issuer()));
            s.setVerify(mode, null);
        };
    }

    // ---- refusals --------------------------------------------------------------------------------------------------

    private static List<Flow> refusals() {
        return List.of(
                refused("a server's certificate of a stranger")
                        .server(with(STRANGER))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA),
                refused("a server's certificate that a callback refuses")
                        .client(c -> c.setVerify(VerifyMode.PEER, REFUSE))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.HANDSHAKE_FAILURE),
                greeting("a server's certificate that a callback lets pass")
                        .client(c -> c.setVerify(VerifyMode.PEER, ACCEPT))
                        .server(with(STRANGER)),
                greeting("a server's certificate that a callback judges in the library's place")
                        .client(c -> c.setCertVerifyCallback(chain -> CertVerifyCb.Verdict.ACCEPT))
                        .server(with(STRANGER)),
                greeting("a server's certificate that is not verified")
                        .client(c -> c.setVerify(VerifyMode.NONE, null))
                        .server(with(STRANGER)),
                refused("no suite in common")
                        .client(c -> c.setCiphersuites("TLS_AES_128_GCM_SHA256"))
                        .server(s -> s.setCiphersuites("TLS_AES_256_GCM_SHA384"))
                        .fails(Role.SERVER, Reason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE),
                refused("no group in common")
                        .client(c -> c.set1GroupsList("X25519"))
                        .server(s -> s.set1GroupsList("P-256"))
                        .fails(Role.SERVER, Reason.NO_SUITABLE_KEY_SHARE, AlertDescription.HANDSHAKE_FAILURE),
                refused("a cookie that the application does not take")
                        .server(s -> {
                            cookies(s);
                            s.setStatelessCookieVerifyCb((ssl, cookie) -> false);
                        })
                        .withStatelessServer()
                        .fails(Role.SERVER, Reason.COOKIE_MISMATCH, AlertDescription.ILLEGAL_PARAMETER),
                refused("no protocol in common")
                        .client(c -> c.setAlpnProtos("h2"))
                        .server(s -> s.setAlpnSelectCb(offered -> null))
                        .fails(Role.SERVER, Reason.NO_APPLICATION_PROTOCOL, AlertDescription.NO_APPLICATION_PROTOCOL));
    }

    // ---- after the handshake ---------------------------------------------------------------------------------------

    private static List<Flow> afterTheHandshake() {
        List<Flow> flows = new ArrayList<>();
        for (int n : new int[] {0, 1, 16_384, 16_385, 100_000}) {
            flows.add(Flow.of(n + " bytes each way")
                    .bytes(2 * n)
                    .clientDoes(handshake(), write(n), read(n), shutdown(), shutdownBothWays())
                    .serverDoes(handshake(), read(n), write(n), readToTheEnd(), shutdownBothWays()));
        }
        flows.add(Flow.of("data read by the spoonful")
                .bytes(5_000)
                .clientDoes(handshake(), write(5_000), shutdown())
                .serverDoes(handshake(), read(5_000, 7), readToTheEnd()));
        flows.add(Flow.of("a server that gives tickets")
                .kit(KitEngine.Traits.of(Role.SERVER))
                .bytes(6)
                .clientDoes(handshake(), write(3), read(3), shutdown(), shutdownBothWays())
                .serverDoes(
                        handshake(),
                        ticket(7200, 40),
                        ticket(604_800, 700),
                        read(3),
                        write(3),
                        readToTheEnd(),
                        shutdown()));
        flows.add(Flow.of("a ticket that lives too long")
                .kit(KitEngine.Traits.of(Role.SERVER))
                .clientDoes(handshake(), readToTheEnd())
                .serverDoes(handshake(), ticket(604_801, 40), readToTheEnd())
                .fails(Role.CLIENT, Reason.BAD_EXTENSION, AlertDescription.ILLEGAL_PARAMETER));
        for (boolean request : new boolean[] {false, true}) {
            Op update = kit("key update", e -> e.keyUpdate(request));
            String how = request ? " and asks for the other's" : "";
            flows.add(Flow.of("a client that updates its keys" + how)
                    .kit(KitEngine.Traits.of(Role.CLIENT))
                    .bytes(20_021)
                    .clientDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5))
                    .serverDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5)));
            flows.add(Flow.of("a server that updates its keys" + how)
                    .kit(KitEngine.Traits.of(Role.SERVER))
                    .bytes(20_021)
                    .clientDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5))
                    .serverDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5)));
        }
        flows.addAll(records());
        return flows;
    }

    /** Data both ways, with whatever makes records small, large or different. */
    private static List<Flow> records() {
        List<Flow> flows = new ArrayList<>(List.of(
                bulk("small fragments of both")
                        .client(c -> c.setMaxSendFragment(512))
                        .server(s -> s.setMaxSendFragment(700)),
                bulk("padding to blocks").client(c -> c.setBlockPadding(1000)).server(s -> s.setBlockPadding(0, 4096)),
                bulk("padding by a callback")
                        .client(c -> c.setRecordPaddingCallback((ssl, type, length) -> length % 7 * 100))
                        .server(s -> s.setRecordPaddingCallback((ssl, type, length) -> type == 23 ? 20_000 : 1)),
                bulk("a client that takes small records").client(c -> c.setRecordSizeLimit(300)),
                bulk("a server that takes small records").server(s -> s.setRecordSizeLimit(300)),
                bulk("both take small records, and one pads")
                        .client(c -> c.setRecordSizeLimit(200))
                        .server(s -> {
                            s.setRecordSizeLimit(900);
                            s.setBlockPadding(512);
                        }),
                bulk("a max_fragment_length of 512, after a HelloRetryRequest")
                        .client(c -> {
                            c.setRecordSizeLimit(0);
                            c.setTlsextMaxFragmentLength(FragmentLength.BYTES_512);
                        })
                        .server(s -> s.set1GroupsList("P-256")),
                bulk("keys that are used up soon, with small fragments")
                        .client(c -> {
                            c.setMaxSendFragment(512);
                            c.setRecordsPerKey(2);
                        })
                        .server(s -> {
                            s.setRecordsPerKey(4);
                            s.setMaxSendFragment(700);
                        })));
        for (boolean request : new boolean[] {false, true}) {
            Op update = keyUpdate(request);
            String how = request ? " and asks for the other's" : "";
            flows.add(Flow.of("our client updates its keys" + how)
                    .bytes(20_021)
                    .clientDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5))
                    .serverDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5)));
            flows.add(Flow.of("our server updates its keys" + how)
                    .bytes(20_021)
                    .clientDoes(handshake(), read(3), read(20_000), write(9), read(4), write(5))
                    .serverDoes(handshake(), write(3), update, write(20_000), read(9), update, write(4), read(5)));
        }
        return flows;
    }

    private static Flow bulk(String name) {
        return Flow.of(name)
                .bytes(6_000)
                .clientDoes(handshake(), write(3_000), read(3_000), shutdown(), shutdownBothWays())
                .serverDoes(handshake(), read(3_000), write(3_000), readToTheEnd(), shutdownBothWays());
    }

    private static Op ticket(int lifetime, int length) {
        NewSessionTicket13 t = new NewSessionTicket13(
                lifetime, 17, new byte[] {(byte) length}, Op.content(length), ExtensionBlock.EMPTY);
        return kit("ticket of " + length, e -> e.ticket(t));
    }

    // ---- ends ------------------------------------------------------------------------------------------------------

    private static List<Flow> ends() {
        return List.of(
                Flow.of("the client shuts down, one way")
                        .clientDoes(handshake(), shutdown())
                        .serverDoes(handshake(), readToTheEnd()),
                Flow.of("the server shuts down, one way")
                        .clientDoes(handshake(), readToTheEnd())
                        .serverDoes(handshake(), shutdown()),
                Flow.of("both shut down at once")
                        .clientDoes(handshake(), shutdownBothWays())
                        .serverDoes(handshake(), shutdownBothWays()),
                Flow.of("half closed: the server goes on writing")
                        .bytes(20_003)
                        .clientDoes(handshake(), write(3), shutdown(), read(20_000), readToTheEnd())
                        .serverDoes(handshake(), readToTheEnd(), write(20_000), shutdownBothWays()),
                Flow.of("cut off behind the data")
                        .bytes(3)
                        .clientDoes(handshake(), readToTheEnd())
                        .serverDoes(handshake(), write(3), endOfStream())
                        .fails(Role.CLIENT, Reason.UNEXPECTED_EOF_WHILE_READING, null),
                Flow.of("cut off before the handshake")
                        .clientDoes(endOfStream())
                        .serverDoes(handshake())
                        .fails(Role.SERVER, Reason.UNEXPECTED_EOF_WHILE_READING, null));
    }
}
