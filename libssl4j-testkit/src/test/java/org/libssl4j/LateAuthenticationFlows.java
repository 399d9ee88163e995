// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.ACCEPT;
import static org.libssl4j.Flows.REFUSE;
import static org.libssl4j.Flows.STRANGER;
import static org.libssl4j.Flows.asks;
import static org.libssl4j.Flows.with;
import static org.libssl4j.testkit.delays.Op.askForKeyUpdate;
import static org.libssl4j.testkit.delays.Op.handshake;
import static org.libssl4j.testkit.delays.Op.keyUpdate;
import static org.libssl4j.testkit.delays.Op.lock;
import static org.libssl4j.testkit.delays.Op.read;
import static org.libssl4j.testkit.delays.Op.readToTheEnd;
import static org.libssl4j.testkit.delays.Op.requestCertificate;
import static org.libssl4j.testkit.delays.Op.shutdown;
import static org.libssl4j.testkit.delays.Op.shutdownBothWays;
import static org.libssl4j.testkit.delays.Op.unlock;
import static org.libssl4j.testkit.delays.Op.untilItWaitsFor;
import static org.libssl4j.testkit.delays.Op.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.Brake;

/** Authentication of the client after the handshake (RFC 9846 §4.7.2), and what comes in between. */
final class LateAuthenticationFlows {
    private static final Consumer<SslCtx> MAY_BE_ASKED = c -> c.setPostHandshakeAuth(true);

    private LateAuthenticationFlows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>(usual());
        all.addAll(callbacks());
        for (boolean both : new boolean[] {false, true}) {
            all.addAll(keyUpdatesOfTheServer(both));
            all.addAll(keyUpdatesOfTheClient(both));
        }
        all.addAll(keysUsedUp());
        return all;
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

    private static List<Flow> usual() {
        return List.of(
                asked("a client certificate after the handshake")
                        .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE)),
                asked("a client certificate in the handshake, and again after it")
                        .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER)),
                asked("no client certificate after the handshake")
                        .client(MAY_BE_ASKED)
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE)),
                Flow.of("a client certificate twice after the handshake, with data and names of authorities")
                        .bytes(20_011)
                        .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)))
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
                        .client(MAY_BE_ASKED)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE))
                        .fails(
                                Role.SERVER,
                                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                AlertDescription.CERTIFICATE_REQUIRED),
                askedAndRefused("a client certificate of a stranger after the handshake")
                        .client(MAY_BE_ASKED.andThen(with(STRANGER)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA));
    }

    private static List<Flow> callbacks() {
        BiConsumer<SslCtx, Brake> gives = (c, b) -> c.setCertCb(b.asked(CertCb.class, ssl -> {
            ssl.useCertAndKey(Flow.IDENTITY.chain(), Flow.IDENTITY.key());
            return CertCb.Answer.OK;
        }));
        BiConsumer<SslCtx, Brake> finds = (c, b) -> c.setClientCertCb(
                b.asked(ClientCertCb.class, ssl -> ClientCertCb.Answer.of(Flow.IDENTITY.chain(), Flow.IDENTITY.key())));
        return List.of(
                asked("a client that is given its certificate by a callback after the handshake")
                        .client(MAY_BE_ASKED)
                        .clientAsks(gives)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE)),
                asked("a client that looks for a certificate when one is asked for after the handshake")
                        .client(MAY_BE_ASKED)
                        .clientAsks(finds)
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE)),
                asked("a client that looks for a certificate in vain, after a HelloRetryRequest and a handshake")
                        .client(MAY_BE_ASKED)
                        .clientAsks((c, b) ->
                                c.setClientCertCb(b.asked(ClientCertCb.class, ssl -> ClientCertCb.Answer.NONE)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE).andThen(s -> s.set1GroupsList("P-256"))),
                asked("a client certificate after the handshake that a callback judges in the library's place")
                        .client(MAY_BE_ASKED.andThen(with(STRANGER)))
                        .server(s -> s.setVerify(VerifyMode.PEER_POST_HANDSHAKE, null))
                        .serverAsks((s, b) -> s.setCertVerifyCallback(
                                b.asked(CertVerifyCb.class, chain -> CertVerifyCb.Verdict.ACCEPT))),
                asked("a client certificate after the handshake that a callback lets pass")
                        .client(MAY_BE_ASKED.andThen(with(STRANGER)))
                        .server(s -> s.setVerify(VerifyMode.PEER_POST_HANDSHAKE, ACCEPT)),
                askedAndRefused("a client whose callback for its certificate fails after the handshake")
                        .client(MAY_BE_ASKED)
                        .clientAsks((c, b) -> c.setCertCb(b.asked(CertCb.class, ssl -> CertCb.Answer.FAIL)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE))
                        .fails(Role.CLIENT, Reason.CALLBACK_FAILED, AlertDescription.INTERNAL_ERROR),
                askedAndRefused("a client certificate after the handshake that a callback refuses")
                        .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)))
                        .server(asks(VerifyMode.PEER_POST_HANDSHAKE)
                                .andThen(s -> s.setVerify(VerifyMode.PEER_POST_HANDSHAKE, REFUSE)))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.HANDSHAKE_FAILURE));
    }

    // ---- new keys while it is under way ----------------------------------------------------------------------------

    /** Both can be held up by a lock: a certificate is looked for by a callback, and work is lent. */
    private static Flow heldUp(String name) {
        return Flow.of(name)
                .bytes(30)
                .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)))
                .clientAsks((c, b) -> {
                    c.setCertCb(b.asked(CertCb.class, ssl -> CertCb.Answer.OK));
                    c.setAsyncExecutor(b.executorAlways());
                })
                .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE)
                        .andThen(s -> s.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT_POST_HANDSHAKE, ACCEPT)));
    }

    private static String how(boolean both) {
        return both ? " and asks for the other's" : "";
    }

    private static String by(Brake.Lock what) {
        return what == Brake.Lock.WORK ? "its signature" : "its certificate";
    }

    private static final List<Brake.Lock> LOCKS = List.of(Brake.Lock.CALLBACKS, Brake.Lock.WORK);

    private static List<Flow> keyUpdatesOfTheServer(boolean both) {
        List<Flow> flows = new ArrayList<>();
        for (Brake.Lock what : LOCKS) {
            // What the client writes while it waits is under the old keys: the update stands behind the request.
            flows.add(heldUp("a server updates its keys" + how(both) + " while the client waits for " + by(what))
                    .clientDoes(
                            handshake(),
                            lock(what),
                            untilItWaitsFor(what),
                            write(5),
                            unlock(),
                            handshake(),
                            read(4),
                            write(6))
                    .serverDoes(handshake(), requestCertificate(), keyUpdate(both), read(5), write(4), read(6)));
            // Here it stands before the request, and is answered before the data.
            flows.add(heldUp("a server updates its keys" + how(both) + ", then the client waits for " + by(what))
                    .clientDoes(
                            handshake(),
                            lock(what),
                            untilItWaitsFor(what),
                            write(5),
                            unlock(),
                            handshake(),
                            read(4),
                            write(6))
                    .serverDoes(
                            handshake(),
                            keyUpdate(both),
                            requestCertificate(),
                            handshake(),
                            read(5),
                            write(4),
                            read(6)));
        }
        flows.add(heldUp("a server updates its keys" + how(both) + " before the client answers")
                .clientDoes(handshake(), read(3), handshake(), read(4), write(5), read(6))
                .serverDoes(handshake(), requestCertificate(), write(3), keyUpdate(both), write(4), read(5), write(6)));
        flows.add(heldUp("a server updates its keys" + how(both) + " while it waits for its verification")
                .clientDoes(handshake(), read(3), handshake(), read(4), write(5), read(6))
                .serverDoes(
                        handshake(),
                        requestCertificate(),
                        write(3),
                        lock(Brake.Lock.CALLBACKS),
                        untilItWaitsFor(Brake.Lock.CALLBACKS),
                        askForKeyUpdate(both),
                        write(4),
                        unlock(),
                        read(5),
                        write(6)));
        return flows;
    }

    private static List<Flow> keyUpdatesOfTheClient(boolean both) {
        List<Flow> flows = new ArrayList<>();
        for (Brake.Lock what : LOCKS) {
            flows.add(heldUp("a client updates its keys" + how(both) + " while it waits for " + by(what))
                    .clientDoes(
                            handshake(),
                            lock(what),
                            untilItWaitsFor(what),
                            askForKeyUpdate(both),
                            write(5),
                            unlock(),
                            handshake(),
                            read(4),
                            write(6))
                    .serverDoes(handshake(), requestCertificate(), handshake(), read(5), write(4), read(6)));
        }
        flows.add(heldUp("a client updates its keys" + how(both) + " before it knows of the request")
                .clientDoes(handshake(), keyUpdate(both), write(5), read(3), handshake(), write(6), read(4))
                .serverDoes(handshake(), requestCertificate(), write(3), read(5), read(6), write(4)));
        flows.add(heldUp("a client updates its keys" + how(both) + " while the server waits for its verification")
                .clientDoes(handshake(), read(3), handshake(), keyUpdate(both), write(5), read(4), write(6), read(6))
                .serverDoes(
                        handshake(),
                        requestCertificate(),
                        write(3),
                        lock(Brake.Lock.CALLBACKS),
                        untilItWaitsFor(Brake.Lock.CALLBACKS),
                        write(4),
                        unlock(),
                        read(5),
                        write(6),
                        read(6)));
        return flows;
    }

    private static List<Flow> keysUsedUp() {
        List<Flow> flows = new ArrayList<>();
        for (Brake.Lock what : LOCKS) {
            flows.add(heldUp("a client's keys are used up while it waits for " + by(what))
                    .client(MAY_BE_ASKED.andThen(with(Flow.IDENTITY)).andThen(c -> c.setRecordsPerKey(4)))
                    .clientDoes(
                            handshake(),
                            lock(what),
                            untilItWaitsFor(what),
                            write(5),
                            write(6),
                            write(7),
                            write(8),
                            unlock(),
                            handshake(),
                            write(9))
                    .serverDoes(handshake(), requestCertificate(), handshake(), read(26), read(9)));
        }
        return flows;
    }
}
