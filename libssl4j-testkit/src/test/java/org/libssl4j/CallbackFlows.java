// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.ACCEPT;
import static org.libssl4j.Flows.REFUSE;
import static org.libssl4j.Flows.STRANGER;
import static org.libssl4j.Flows.asks;
import static org.libssl4j.Flows.greeting;
import static org.libssl4j.Flows.refused;
import static org.libssl4j.Flows.with;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.delays.Brake;

/** What an application is asked, and may answer later: about the ClientHello, for a certificate, about the peer's. */
final class CallbackFlows {
    private CallbackFlows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>(questions());
        all.addAll(certificates());
        all.addAll(lastCertificates());
        all.addAll(judgements());
        return all;
    }

    // ---- what a server asks about a ClientHello --------------------------------------------------------------------

    private static List<Flow> questions() {
        BiConsumer<SslCtx, Brake> all = (s, b) -> {
            s.setClientHelloCb(b.asked(ClientHelloCb.class, (ssl, hello) -> ClientHelloAnswer.SUCCESS));
            s.setTlsextServernameCallback(b.asked(ServernameCb.class, (ssl, name) -> ServernameAnswer.OK));
            s.setAlpnSelectCb(b.asked(SslAlpnSelectCb.class, (ssl, offered) -> offered.get(1)));
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
                        .serverAsks(all)
                        .serverAsks(Flows::cookies)
                        .withStatelessServer(),
                greeting("a server that asks about all, and for a certificate")
                        .client(with(Flow.IDENTITY).andThen(c -> c.setAlpnProtos("h2", "http/1.1")))
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT))
                        .serverAsks(all),
                greeting("a server that takes another context for the ClientHello")
                        .server(with(STRANGER))
                        .serverAsks((s, b) -> s.setClientHelloCb(b.asked(ClientHelloCb.class, (ssl, hello) -> {
                            ssl.setSslCtx(another(ssl.getSslCtx(), s, b));
                            return ClientHelloAnswer.SUCCESS;
                        }))),
                greeting("a server that takes another context for the server name")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .server(with(STRANGER))
                        .serverAsks((s, b) -> s.setTlsextServernameCallback(b.asked(ServernameCb.class, (ssl, name) -> {
                            ssl.setSslCtx(another(ssl.getSslCtx(), s, b));
                            return ServernameAnswer.OK;
                        }))),
                refused("a server that refuses the ClientHello")
                        .serverAsks((s, b) -> s.setClientHelloCb(b.asked(
                                ClientHelloCb.class,
                                (ssl, hello) -> ClientHelloAnswer.error(AlertDescription.ACCESS_DENIED))))
                        .fails(Role.SERVER, Reason.CALLBACK_FAILED, AlertDescription.ACCESS_DENIED),
                refused("a server that refuses the server name")
                        .serverAsks((s, b) -> s.setTlsextServernameCallback(b.asked(
                                ServernameCb.class,
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
        ctx.setClock(Flow.CLOCK);
        ctx.setSessionIdContext(Flow.CONTEXT);
        ctx.setCertCb(brake.asked(CertCb.class, ssl -> CertCb.Answer.OK));
        ctx.set1GroupsList("P-256");
        ctx.setAlpnSelectCb(brake.asked(SslAlpnSelectCb.class, (ssl, offered) -> offered.get(0)));
        Flow.certificate(ctx, Flow.IDENTITY);
        return ctx;
    }

    // ---- what either asks for a certificate of its own -------------------------------------------------------------

    /** Gives the certificate that is trusted, in place of the one that is set. */
    private static void gives(SslCtx ctx, Brake b) {
        ctx.setCertCb(b.asked(CertCb.class, ssl -> {
            ssl.useCertAndKey(Flow.IDENTITY.chain(), Flow.IDENTITY.key());
            return CertCb.Answer.OK;
        }));
    }

    private static void fails(SslCtx ctx, Brake b) {
        ctx.setCertCb(b.asked(CertCb.class, ssl -> CertCb.Answer.FAIL));
    }

    private static List<Flow> certificates() {
        return List.of(
                greeting("a server that is given its certificate by a callback")
                        .server(with(STRANGER))
                        .serverAsks(CallbackFlows::gives),
                greeting("a server that is given its certificate by a callback, after a HelloRetryRequest")
                        .server(with(STRANGER).andThen(s -> s.set1GroupsList("P-256")))
                        .serverAsks(CallbackFlows::gives),
                greeting("both are given their certificates by a callback")
                        .client(with(STRANGER))
                        .clientAsks(CallbackFlows::gives)
                        .server(with(STRANGER).andThen(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)))
                        .serverAsks(CallbackFlows::gives),
                greeting("a client that is given its certificate by a callback, after a HelloRetryRequest")
                        .clientAsks(CallbackFlows::gives)
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1GroupsList("P-256"))),
                refused("a server whose callback for its certificate fails")
                        .serverAsks(CallbackFlows::fails)
                        .fails(Role.SERVER, Reason.CERT_CB_ERROR, AlertDescription.INTERNAL_ERROR),
                refused("a client whose callback for its certificate fails")
                        .clientAsks(CallbackFlows::fails)
                        .server(asks(VerifyMode.PEER))
                        .fails(Role.CLIENT, Reason.CALLBACK_FAILED, AlertDescription.INTERNAL_ERROR));
    }

    private static List<Flow> lastCertificates() {
        BiConsumer<SslCtx, Brake> gives = (c, b) -> c.setClientCertCb(
                b.asked(ClientCertCb.class, ssl -> ClientCertCb.Answer.of(Flow.IDENTITY.chain(), Flow.IDENTITY.key())));
        return List.of(
                greeting("a client that looks for a certificate when one is asked for")
                        .clientAsks(gives)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)),
                greeting("a client that looks for a certificate, after a HelloRetryRequest")
                        .clientAsks(gives)
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1GroupsList("P-256"))),
                greeting("a client that looks for a certificate because none that it has fits")
                        .client(with(Identity.ECDSA))
                        .clientAsks(gives)
                        .server(asks(VerifyMode.PEER).andThen(s -> s.set1ClientSigalgsList("ed25519"))),
                greeting("a client that looks for a certificate and finds none")
                        .clientAsks((c, b) ->
                                c.setClientCertCb(b.asked(ClientCertCb.class, ssl -> ClientCertCb.Answer.NONE)))
                        .server(asks(VerifyMode.PEER)));
    }

    // ---- what either asks about the peer's certificate -------------------------------------------------------------

    /** Judges in the library's place. */
    private static BiConsumer<SslCtx, Brake> judges(CertVerifyCb.Verdict verdict) {
        return (ctx, b) -> ctx.setCertVerifyCallback(b.asked(CertVerifyCb.class, chain -> verdict));
    }

    private static List<Flow> judgements() {
        return List.of(
                greeting("a server's certificate that a callback judges in the library's place")
                        .clientAsks(judges(CertVerifyCb.Verdict.ACCEPT))
                        .server(with(STRANGER)),
                greeting("a client's certificate that a callback judges in the library's place")
                        .client(with(STRANGER))
                        .server(s -> s.setVerify(VerifyMode.PEER, null))
                        .serverAsks(judges(CertVerifyCb.Verdict.ACCEPT)),
                greeting("both certificates judged by callbacks, after a HelloRetryRequest")
                        .client(with(STRANGER))
                        .clientAsks(judges(CertVerifyCb.Verdict.ACCEPT))
                        .server(with(STRANGER).andThen(s -> {
                            s.setVerify(VerifyMode.PEER, null);
                            s.set1GroupsList("P-256");
                        }))
                        .serverAsks(judges(CertVerifyCb.Verdict.ACCEPT)),
                greeting("a server's certificate that a callback lets pass")
                        .client(c -> c.setVerify(VerifyMode.PEER, ACCEPT))
                        .server(with(STRANGER)),
                greeting("a client certificate that a callback lets pass")
                        .client(with(STRANGER))
                        .server(s -> s.setVerify(VerifyMode.PEER, ACCEPT)),
                refused("a server's certificate that a callback refuses in the library's place")
                        .clientAsks(judges(CertVerifyCb.Verdict.refuse(VerifyResult.CERT_REVOKED)))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.CERTIFICATE_REVOKED),
                refused("a client's certificate that a callback refuses in the library's place")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER))
                        .serverAsks(judges(CertVerifyCb.Verdict.refuse(VerifyResult.CERT_REVOKED)))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.CERTIFICATE_REVOKED),
                refused("a server's certificate that a callback refuses")
                        .client(c -> c.setVerify(VerifyMode.PEER, REFUSE))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.HANDSHAKE_FAILURE),
                refused("a client certificate that a callback refuses")
                        .client(with(Flow.IDENTITY))
                        .server(asks(VerifyMode.PEER).andThen(s -> s.setVerify(VerifyMode.PEER, REFUSE)))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.HANDSHAKE_FAILURE));
    }
}
