// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.greeting;
import static org.libssl4j.Flows.with;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.flow13.EarlyDataHello;
import org.libssl4j.handshake.Role;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.KitEngine;
import org.libssl4j.testkit.pki.TestCertificate;

/** What ClientHello and ServerHello agree on: suites, groups, signatures, extensions. */
final class NegotiationFlows {
    private static final Identity ED448 = ed448();

    private NegotiationFlows() {}

    static List<Flow> all() {
        List<Flow> all = new ArrayList<>(suitesAndExtensions());
        all.addAll(shares());
        all.addAll(groups());
        return all;
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

    private static Flow signed(String name, Identity identity) {
        return greeting(name)
                .client(c -> c.addTrusted(List.of(identity.issuer())))
                .server(with(identity));
    }

    private static void noMiddleboxes(SslCtx ctx) {
        ctx.clearOptions(SslOption.ENABLE_MIDDLEBOX_COMPAT);
    }

    private static List<Flow> suitesAndExtensions() {
        return List.of(
                greeting("the usual one"),
                greeting("TLS_AES_128_GCM_SHA256").client(c -> c.setCiphersuites("TLS_AES_128_GCM_SHA256")),
                greeting("TLS_AES_256_GCM_SHA384").client(c -> c.setCiphersuites("TLS_AES_256_GCM_SHA384")),
                greeting("TLS_CHACHA20_POLY1305_SHA256").client(c -> c.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256")),
                signed("Ed448", ED448),
                signed("ECDSA", Identity.ECDSA),
                signed("RSA", Identity.RSA),
                greeting("a cookie").serverAsks(Flows::cookies).withStatelessServer(),
                greeting("a cookie and another key share")
                        .server(s -> s.set1GroupsList("P-256"))
                        .serverAsks(Flows::cookies)
                        .withStatelessServer(),
                greeting("a cookie, without signs for middleboxes")
                        .client(NegotiationFlows::noMiddleboxes)
                        .serverAsks(Flows::cookies)
                        .withStatelessServer(),
                greeting("a cookie and early data that is refused")
                        .serverAsks(Flows::cookies)
                        .withStatelessServer()
                        .kit(new KitEngine.Traits(
                                Role.CLIENT, false, EarlyDataHello::new, EarlyDataHello.records(2, 20))),
                greeting("without signs for middleboxes")
                        .client(NegotiationFlows::noMiddleboxes)
                        .server(NegotiationFlows::noMiddleboxes),
                greeting("signs for middleboxes from the server alone").client(NegotiationFlows::noMiddleboxes),
                greeting("ALPN")
                        .client(c -> c.setAlpnProtos("h2", "http/1.1"))
                        .serverAsks((s, b) -> s.setAlpnSelectCb(b.asked(AlpnSelectCb.class, offered -> "http/1.1"))),
                greeting("ALPN that the server passes over")
                        .client(c -> c.setAlpnProtos("h2"))
                        .serverAsks((s, b) ->
                                s.setAlpnSelectCb(b.asked(AlpnSelectCb.class, offered -> AlpnSelectCb.NO_ACK))),
                greeting("a server that makes a record of each message")
                        .server(s -> s.setVerify(VerifyMode.PEER, null))
                        .kit(new KitEngine.Traits(Role.SERVER, true, null, new byte[0])),
                greeting("early data that is refused")
                        .kit(new KitEngine.Traits(
                                Role.CLIENT, false, EarlyDataHello::new, EarlyDataHello.records(2, 20))));
    }

    private static List<Flow> shares() {
        return List.of(
                greeting("P-256 at once").client(c -> c.set1GroupsList("P-256:X25519")),
                greeting("HelloRetryRequest").server(s -> s.set1GroupsList("P-256")),
                greeting("HelloRetryRequest, without signs for middleboxes")
                        .client(NegotiationFlows::noMiddleboxes)
                        .server(s -> {
                            noMiddleboxes(s);
                            s.set1GroupsList("P-256");
                        }),
                greeting("two key shares, of which the server takes the second")
                        .client(c -> c.set1GroupsList("*X25519:*P-256"))
                        .server(s -> s.set1GroupsList("P-256/X25519")),
                greeting("a HelloRetryRequest for a group of an earlier tuple")
                        .client(c -> c.set1GroupsList("*X25519:P-256"))
                        .server(s -> s.set1GroupsList("P-256/X25519")));
    }

    private static Flow groups(String name, String ofClient, String ofServer) {
        return greeting(name).client(c -> c.set1GroupsList(ofClient)).server(s -> s.set1GroupsList(ofServer));
    }

    private static List<Flow> groups() {
        List<Flow> flows = new ArrayList<>(List.of(
                groups("the groups of the default list", "DEFAULT", "DEFAULT"),
                groups("the default list of a client, of which the server takes X25519", "DEFAULT", "X25519"),
                groups("the default list of a client, and a HelloRetryRequest", "DEFAULT", "P-384"),
                groups("a HelloRetryRequest for a hybrid", "X25519:X25519MLKEM768", "X25519MLKEM768"),
                groups(
                        "a HelloRetryRequest for a hybrid of the other order",
                        "X25519MLKEM768:SecP384r1MLKEM1024",
                        "SecP384r1MLKEM1024"),
                groups("the default list, and a cookie", "DEFAULT", "DEFAULT")
                        .serverAsks(Flows::cookies)
                        .withStatelessServer(),
                groups("a HelloRetryRequest for a hybrid, and a cookie", "X25519:X25519MLKEM768", "X25519MLKEM768")
                        .serverAsks(Flows::cookies)
                        .withStatelessServer()));
        for (String group : List.of("P-384", "X448", "ffdhe2048", "MLKEM768", "SecP256r1MLKEM768")) {
            flows.add(groups(group, group, group));
        }
        return flows;
    }
}
