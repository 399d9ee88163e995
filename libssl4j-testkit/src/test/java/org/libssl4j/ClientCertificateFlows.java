// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.STRANGER;
import static org.libssl4j.Flows.asks;
import static org.libssl4j.Flows.greeting;
import static org.libssl4j.Flows.refused;
import static org.libssl4j.Flows.with;

import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.testkit.delays.KitEngine;

/** Authentication of the client within the handshake. */
final class ClientCertificateFlows {
    private ClientCertificateFlows() {}

    static List<Flow> all() {
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
                        .kit(new KitEngine.Traits(Role.CLIENT, true, null, new byte[0])),
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
                refused("no client certificate where one is required")
                        .server(asks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT))
                        .fails(
                                Role.SERVER,
                                Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE,
                                AlertDescription.CERTIFICATE_REQUIRED),
                refused("a client certificate of a stranger")
                        .client(with(STRANGER))
                        .server(asks(VerifyMode.PEER))
                        .fails(Role.SERVER, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA));
    }
}
